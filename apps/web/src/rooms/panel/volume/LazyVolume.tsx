/** The 3D pane as the page knows it before it is there: fetched when it is first shown, with a sentence, and another try, where that fails. */
import type { Scene } from '@consilium/viewer/scene'
import { type JSX, Show } from 'solid-js'
import { Button } from '../../../parts/Button.tsx'
import { Late } from '../../../parts/Late.tsx'
import { lateFile } from '../../../parts/lateFile.ts'

const VOLUME = lateFile(() => import('./VolumePane.tsx'))

interface LazyVolumeProps {
  readonly sceneOf: (series: string) => Scene
  readonly class?: string | undefined
}

export function LazyVolume(props: LazyVolumeProps): JSX.Element {
  return (
    <div class={`relative min-h-0 min-w-0 bg-void ${props.class ?? ''}`}>
      <Late
        of={VOLUME}
        waiting={
          <Show when={VOLUME.hasFailed()} fallback={<Sentence>3D is on the way.</Sentence>}>
            <Sentence>
              3D could not be fetched.
              <Button size="bar" onClick={() => void VOLUME.fetch()}>
                Try again
              </Button>
            </Sentence>
          </Show>
        }
      >
        {({ default: VolumePane }) => <VolumePane sceneOf={props.sceneOf} />}
      </Late>
    </div>
  )
}

const Sentence = (props: { readonly children: JSX.Element }): JSX.Element => (
  <div
    class="absolute inset-0 flex flex-col items-center justify-center gap-3 p-6 text-center text-13 text-t2"
    role="status"
  >
    {props.children}
  </div>
)

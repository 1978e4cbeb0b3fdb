/** The 3D pane as the page knows it before it is there: fetched when it is first shown, with a sentence where that fails. */
import type { Scene } from '@consilium/viewer/scene'
import { ErrorBoundary, type JSX, lazy, Suspense } from 'solid-js'

const VolumePane = lazy(() => import('./VolumePane.tsx'))

interface LazyVolumeProps {
  readonly sceneOf: (series: string) => Scene
  readonly class?: string | undefined
}

export function LazyVolume(props: LazyVolumeProps): JSX.Element {
  return (
    <div class={`relative min-h-0 min-w-0 bg-void ${props.class ?? ''}`}>
      <ErrorBoundary
        fallback={<Sentence>3D could not be fetched. Load the page again when the server is there.</Sentence>}
      >
        <Suspense fallback={<Sentence>3D is being fetched.</Sentence>}>
          <VolumePane sceneOf={props.sceneOf} />
        </Suspense>
      </ErrorBoundary>
    </div>
  )
}

const Sentence = (props: { readonly children: JSX.Element }): JSX.Element => (
  <p class="absolute inset-0 flex items-center justify-center p-6 text-center text-13 text-t2" role="status">
    {props.children}
  </p>
)

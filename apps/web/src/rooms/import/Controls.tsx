/** Pause, resume, cancel: where there is something to be paused, resumed or cancelled. */
import Pause from 'lucide-solid/icons/pause'
import Play from 'lucide-solid/icons/play'
import { type JSX, Match, Show, Switch } from 'solid-js'
import { Button } from '../../parts/Button.tsx'
import type { Upload } from './upload.ts'

export function Controls(props: { readonly upload: Upload; readonly onCancel: () => void }): JSX.Element {
  const stage = () => props.upload.progress.stage
  return (
    <>
      <Switch>
        <Match when={stage() === 'sending'}>
          <Button size="bar" icon={Pause} onClick={() => props.upload.pause()}>
            Pause
          </Button>
        </Match>
        <Match when={stage() === 'paused'}>
          <Button size="bar" icon={Play} onClick={() => props.upload.resume()}>
            Resume
          </Button>
        </Match>
      </Switch>
      <Show when={['sending', 'paused', 'failed'].includes(stage())}>
        <Button size="bar" onClick={() => props.onCancel()}>
          Cancel
        </Button>
      </Show>
    </>
  )
}

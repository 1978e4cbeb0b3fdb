/** Asks before an import is given up: what came is deleted, and that cannot be taken back. */
import { type JSX, Show } from 'solid-js'
import { count } from '../../format.ts'
import { Button } from '../../parts/Button.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import type { Upload } from './upload.ts'

interface CancelDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly upload: Upload
}

export function CancelDialog(props: CancelDialogProps): JSX.Element {
  const came = () => {
    const { tally, interrupted } = props.upload.progress
    return Math.max(tally.outcomes.stored + tally.outcomes.held, interrupted?.received ?? 0)
  }
  const cancel = () => {
    props.onClose()
    void props.upload.cancel()
  }
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title="Cancel this import?"
      actions={
        <>
          <Button onClick={() => props.onClose()}>Go on importing</Button>
          <Button tone="bad" onClick={cancel}>
            Cancel and delete
          </Button>
        </>
      }
    >
      <p class="text-13 text-t2">
        <Show when={came() > 0} fallback="Nothing has come yet. ">
          {count(came(), 'file')} that came will be deleted from the server.{' '}
        </Show>
        No case is made, what was here before stays, and the files on your computer are not touched.
      </p>
    </Dialog>
  )
}

/** Asks before words are taken out of the record for good: what goes, what stays, and why it is done. */
import { useMutation } from '@tanstack/solid-query'
import { createSignal, type JSX } from 'solid-js'
import { api } from '../../../api.ts'
import { FaultBanner } from '../../../parts/Banner.tsx'
import { Button } from '../../../parts/Button.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { TextArea } from '../../../parts/Field.tsx'
import { useDesk } from '../state/desk.ts'
import type { Place } from './takenOut.ts'

/** As the contract has it. */
const LONGEST_REASON = 500

interface TakeOutDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly place: Place
  readonly text: string
}

export function TakeOutDialog(props: TakeOutDialogProps): JSX.Element {
  const { kase, announce } = useDesk()
  const [reason, setReason] = createSignal('')
  const taking = useMutation(() => ({
    mutationFn: () => api.takeOut(kase.document, { ...props.place, reason: reason().trim() }),
    onSuccess: ({ seq }) => {
      close()
      announce(`Taken out in revision ${seq}`)
    },
  }))
  const close = (): void => {
    setReason('')
    taking.reset()
    props.onClose()
  }
  const isReady = () => reason().trim() !== ''
  return (
    <Dialog
      open={props.open}
      onClose={close}
      title="Take these words out for good?"
      description="They go from the case and from all of its history. That it was done, when, by whom and why stays, and the record still verifies. It cannot be taken back."
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button tone="bad" busy={taking.isPending} disabled={!isReady()} onClick={() => taking.mutate()}>
            Take the words out
          </Button>
        </>
      }
    >
      <blockquote class="max-h-40 overflow-y-auto border-l-2 border-line2 pl-3 text-13 break-words whitespace-pre-wrap text-t2">
        {props.text}
      </blockquote>
      <TextArea
        label="Why"
        value={reason()}
        onInput={setReason}
        maxLength={LONGEST_REASON}
        placeholder="The name of a patient"
        hint="Everybody can read this. Do not repeat the words."
      />
      <FaultBanner error={taking.error} />
    </Dialog>
  )
}

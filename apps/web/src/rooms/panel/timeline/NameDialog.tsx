/** A name for the moment shown. It becomes a row of the record itself, by who gave it. */
import { useMutation } from '@tanstack/solid-query'
import { createSignal, type JSX } from 'solid-js'
import { api } from '../../../api.ts'
import { number } from '../../../format.ts'
import { FaultBanner } from '../../../parts/Banner.tsx'
import { Button } from '../../../parts/Button.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { Field } from '../../../parts/Field.tsx'
import { useDesk } from '../state/desk.ts'

const LONGEST = 80

export function NameDialog(props: { readonly open: boolean; readonly onClose: () => void }): JSX.Element {
  const { kase, timeline, announce } = useDesk()
  const [title, setTitle] = createSignal('')
  const naming = useMutation(() => ({
    mutationFn: (words: string) => api.nameMoment(kase.document, { seq: timeline.moment(), title: words }),
    onSuccess: (named) => {
      announce(`Revision ${named.seq} is named ${named.title}`)
      void timeline.loadNames()
      close()
    },
  }))
  const close = (): void => {
    naming.reset()
    setTitle('')
    props.onClose()
  }
  const words = () => title().trim()
  const save = (): void => {
    if (words() !== '') naming.mutate(words())
  }
  return (
    <Dialog
      open={props.open}
      onClose={close}
      title={`Name revision ${number(timeline.moment())}`}
      description="Everybody sees the name on the timeline. It cannot be taken back, only joined by another one."
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" busy={naming.isPending} disabled={words() === ''} onClick={save}>
            Name it
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Field
          label="Name"
          value={title()}
          onInput={setTitle}
          maxLength={LONGEST}
          placeholder="Before the panel"
          autofocus
        />
      </form>
      <FaultBanner error={naming.error} />
    </Dialog>
  )
}

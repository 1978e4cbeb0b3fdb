/** Asks before what was is made what is, and says what that does: one new revision by this person, and nothing is lost. */
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { kindOf, nounOf } from '@consilium/crdt-schema/kinds'
import { useMutation } from '@tanstack/solid-query'
import { type JSX, Show } from 'solid-js'
import { api } from '../../../api.ts'
import { number } from '../../../format.ts'
import { FaultBanner } from '../../../parts/Banner.tsx'
import { Button } from '../../../parts/Button.tsx'
import { Dialog } from '../../../parts/Dialog.tsx'
import { useDesk } from '../state/desk.ts'

interface RestoreDialogProps {
  /** What is to be as it was: one annotation, or all of the case. Null: nothing is asked. */
  readonly what: { readonly annotation: EntryKey } | 'all' | null
  readonly onClose: () => void
}

export function RestoreDialog(props: RestoreDialogProps): JSX.Element {
  const desk = useDesk()
  const { kase, timeline } = desk
  const restoring = useMutation(() => ({
    mutationFn: (entry: EntryKey | null) =>
      api.restore(kase.document, {
        to: timeline.moment(),
        ...(entry === null ? {} : { entry: { root: 'annotations', id: entry } }),
      }),
    onSuccess: ({ seq }) => {
      close()
      timeline.toNow()
      if (seq === null) desk.setNote('Nothing differs from that moment: nothing was changed.')
      else desk.announce(`Restored in revision ${seq}`)
    },
  }))
  const close = (): void => {
    restoring.reset()
    props.onClose()
  }
  const annotation = () => {
    const { what } = props
    return what === null || what === 'all' ? undefined : desk.shelves().annotations.get(what.annotation)
  }
  const name = () => {
    const found = annotation()
    return found
      ? `this ${nounOf(kindOf(found.kind))} (${desk.labelTitle(found.label)}, ${desk.frameWords(found.source.series, found.source.frame)})`
      : 'the whole case'
  }
  return (
    <Dialog
      open={props.what !== null}
      onClose={close}
      title={`Restore ${name()} to revision ${number(timeline.moment())}?`}
      description="This adds one new revision in your name, and nothing is lost: everything since then stays in the history, and this can be undone by restoring again."
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            kind="primary"
            busy={restoring.isPending}
            onClick={() => restoring.mutate(annotation()?.id ?? null)}
          >
            Restore as new revision
          </Button>
        </>
      }
    >
      <Show when={props.what === 'all'}>
        <p class="text-13 text-t2">
          Annotations made since then are marked as deleted, with this as the reason. What you may not change
          stays as it is now, and you are told so.
        </p>
      </Show>
      <FaultBanner error={restoring.error} />
    </Dialog>
  )
}

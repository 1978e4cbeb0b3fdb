/** Puts an annotation in dispute: with a reason, which everybody and the adjudicator will read. */
import { openThread } from '@consilium/crdt-schema/acts'
import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { JSX } from 'solid-js'
import { useDesk } from '../state/desk.ts'
import { besideOf } from '../state/measures.ts'
import { ReasonForm } from './ReasonForm.tsx'

export function DisputeForm(props: {
  readonly annotation: Annotation
  readonly onClose: () => void
}): JSX.Element {
  const desk = useDesk()
  const open = (reason: string): void => {
    const { source, id } = props.annotation
    const thread = desk.act(openThread, {
      about: 'dispute',
      anchor: {
        series: source.series,
        frame: source.frame,
        point: besideOf(desk, props.annotation),
        annotation: id,
      },
      reason,
      text: '',
    })
    props.onClose()
    if (thread !== undefined) desk.choices.openThread(thread)
  }
  return (
    <ReasonForm
      label="Why do you dispute it?"
      action="Open the dispute"
      placeholder="What should be looked at again"
      required
      keep={`dispute ${props.annotation.id}`}
      onDone={open}
      onCancel={() => props.onClose()}
    />
  )
}

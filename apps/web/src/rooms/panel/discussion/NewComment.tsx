/** The first words of a new thread, at a place or about an annotation. */
import { openThread } from '@consilium/crdt-schema/acts'
import { kindOf } from '@consilium/crdt-schema/kinds'
import type { JSX } from 'solid-js'
import type { Pin } from '../state/choices.ts'
import { useDesk } from '../state/desk.ts'
import { Composer } from './Composer.tsx'

export function NewComment(props: { readonly pin: Pin }): JSX.Element {
  const desk = useDesk()
  const { choices } = desk
  const about = () => {
    const annotation =
      props.pin.annotation === null ? undefined : desk.shelves().annotations.get(props.pin.annotation)
    const slice = desk.frameWords(props.pin.series, props.pin.frame)
    return annotation
      ? `${kindOf(annotation.kind).title}, ${desk.labelTitle(annotation.label)}, ${slice}`
      : `A place on ${slice}`
  }
  const send = (text: string): boolean => {
    const { series, frame, point, annotation } = props.pin
    const thread = desk.act(openThread, {
      about: 'comment',
      anchor: { series, frame, point, annotation },
      reason: '',
      text,
    })
    if (thread === undefined) return false
    choices.setPin(null)
    choices.openThread(thread)
    return true
  }
  return (
    <section aria-label="New comment" class="border-b border-line bg-s2 px-4 py-3">
      <h2 class="mb-2 text-12 font-medium text-t2">New comment · {about()}</h2>
      <Composer
        label="Comment"
        placeholder="What should the others look at?"
        action="Comment"
        focus
        keep="new comment"
        onSend={send}
        onCancel={() => choices.setPin(null)}
      />
    </section>
  )
}

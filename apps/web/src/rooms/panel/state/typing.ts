/** A field's text that outlives the page until it is sent (session/typed.ts). */
import { createSignal, untrack } from 'solid-js'
import { useDesk } from './desk.ts'

export interface Typing {
  readonly text: () => string
  readonly setText: (text: string) => void
  /** Sent, or given up: nothing is kept any more. */
  readonly done: () => void
}

/** `field` names it within the document. */
export function createTyping(field: string): Typing {
  const { typed } = useDesk()
  const [text, setText] = createSignal(untrack(() => typed.get(field)))
  return {
    text,
    setText: (next) => {
      setText(next)
      typed.set(field, next)
    },
    done: () => {
      setText('')
      typed.set(field, '')
    },
  }
}

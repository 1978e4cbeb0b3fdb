/**
 * One sentence in the status bar about what could not be done, or has just come to pass; it is read out when it comes. It goes by itself
 * once there was time to read it, so that the hints stand there again and nobody takes it for what they do now.
 */
import { type Accessor, createSignal, onCleanup } from 'solid-js'

/** ms: to notice it, and to read each character of it slowly. */
const NOTICED_MS = 6_000
const PER_CHARACTER_MS = 80

export interface Note {
  readonly note: Accessor<string | null>
  /** Null: nothing is to be said any more. */
  readonly setNote: (sentence: string | null) => void
}

export function createNote(): Note {
  const [note, set] = createSignal<string | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  return {
    note,
    setNote: (sentence) => {
      clearTimeout(timer)
      set(sentence)
      if (sentence !== null)
        timer = setTimeout(() => set(null), NOTICED_MS + PER_CHARACTER_MS * sentence.length)
    },
  }
}

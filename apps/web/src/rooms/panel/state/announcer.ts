/**
 * What the live region says. The first sentence is said at once; what comes soon after it is gathered and said together, so that a screen
 * reader is never talked over: of several changes by one person their number.
 */
import { type Accessor, createSignal, onCleanup } from 'solid-js'
import { count } from '../../../format.ts'

export interface Announcer {
  readonly said: Accessor<string>
  /** `by`: of several sentences about what one person changed only how many is said. */
  readonly say: (sentence: string, by?: string) => void
  /** An answer to somebody who asked: said now, whatever else waits. */
  readonly answer: (sentence: string) => void
}

/** ms between two sayings. */
export const QUIET_MS = 3_000
/** Sentences said together; of more only their number. */
const TOGETHER = 3

interface Waiting {
  readonly sentence: string
  readonly by: string | null
}

export function createAnnouncer(): Announcer {
  const [said, setSaid] = createSignal('')
  let waiting: Waiting[] = []
  let timer: ReturnType<typeof setTimeout> | null = null

  // The same words a second time are news too: a space at the end makes them another text.
  const put = (text: string): void => void setSaid((known) => (known === text ? `${text}\u00a0` : text))
  const rest = (): void => {
    timer = setTimeout(() => {
      timer = null
      if (waiting.length === 0) return
      put(together(waiting))
      waiting = []
      rest()
    }, QUIET_MS)
  }
  onCleanup(() => timer !== null && clearTimeout(timer))

  return {
    said,
    say: (sentence, by) => {
      if (timer !== null) return void waiting.push({ sentence, by: by ?? null })
      put(sentence)
      rest()
    },
    answer: put,
  }
}

/** In the order in which they came. */
export function together(waiting: readonly Waiting[]): string {
  const bySomebody = Map.groupBy(waiting, ({ by, sentence }) => by ?? `\u0000${sentence}`)
  const sentences = [...bySomebody.values()].map((group) => {
    const [first] = group
    return group.length > 1 && first?.by
      ? `${first.by}: ${count(group.length, 'change')}`
      : (first?.sentence ?? '')
  })
  const rest = sentences.length - TOGETHER
  const told = rest > 1 ? [...sentences.slice(0, TOGETHER), `and ${rest} more`] : sentences
  return `${told.join('. ')}`
}

/**
 * A page and the server agree on what is missing, and the page's count of what is not yet saved stays right meanwhile.
 *
 * The provider counts: it sets its count to 1 when it begins (SyncStep1), adds 1 for every update it sends, takes 1 away for every
 * acknowledgement, and says "saved" at 0. The server answers SyncStep1 with its own question (SyncStep1); the page's answer to that
 * (SyncStep2) holds everything the server lacks. So:
 *   - what came before the page began is not counted by it any more: it is let fall, for the answer holds it too
 *   - an update that leaves a hole (its elder brothers are still on their way) is owed an acknowledgement; the answer holds it, and when
 *     the answer is saved all that is owed is paid
 *   - only where no answer is on its way the server asks again; the answer to such a question is acknowledged although the page does not
 *     count it, so one less is paid
 * A page that answers again and again with holes, or never answers, is let go.
 */
import { MAX_OWED, MAX_RESYNCS } from './limits.ts'

export type Verdict = 'ask' | 'wait' | 'let go'

export class CatchUp {
  /** The page sent its SyncStep1. */
  begun = false
  #answerExpected = false
  /** The expected answer is to a question of ours that the page does not count. */
  #extra = false
  #owed = 0
  #rounds = 0

  begin(): void {
    this.begun = true
    this.#answerExpected = true
    this.#extra = false
    this.#owed = 0
  }

  /** A frame was taken. Returns how many acknowledgements to pay beside its own. */
  taken(isAnswer: boolean): number {
    this.#rounds = 0
    if (!isAnswer) return 0
    const due = Math.max(0, this.#owed - (this.#extra ? 1 : 0))
    this.#owed = 0
    this.#answerExpected = false
    this.#extra = false
    return due
  }

  /** A frame left a hole and was not taken. */
  missed(isAnswer: boolean): Verdict {
    if (!isAnswer || !this.#extra) this.#owed++
    if (isAnswer) this.#answerExpected = false
    if (this.#owed > MAX_OWED) return 'let go'
    if (this.#answerExpected) return 'wait'
    if (++this.#rounds > MAX_RESYNCS) return 'let go'
    this.#answerExpected = true
    this.#extra = true
    return 'ask'
  }
}

/** How often a graphics card let go of a picture: it is made again after a moment, until it happens so often that a person has to ask for it. */

const LOST = 'The graphics card let go of the 3D picture. It is being made again.'
const LOST_OFTEN = 'The graphics card keeps letting go of the 3D picture. All planes go on working.'
/** A card that lets go so often within so long is left alone until somebody asks. */
const MOST = { times: 3, withinMs: 60_000 } as const
/** Long enough for the sentence to be read. */
const AGAIN_MS = 1500

export class Losses {
  readonly #makeAgain: () => void
  #at: readonly number[] = []
  #again: ReturnType<typeof setTimeout> | undefined

  constructor(makeAgain: () => void) {
    this.#makeAgain = makeAgain
  }

  /** `now`: ms. `isOver`: it is not made again of itself. */
  note(now: number): { readonly sentence: string; readonly isOver: boolean } {
    this.#at = [...this.#at.filter((at) => now - at < MOST.withinMs), now]
    const isOver = this.#at.length >= MOST.times
    if (!isOver) this.#again = setTimeout(this.#makeAgain, AGAIN_MS)
    return { sentence: isOver ? LOST_OFTEN : LOST, isOver }
  }

  /** Somebody asks for it: what was before does not count. */
  forgive(): void {
    this.#at = []
  }

  /** Nothing is made again that was to be. */
  wait(): void {
    clearTimeout(this.#again)
  }
}

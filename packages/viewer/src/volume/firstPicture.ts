/** What the pane says while nothing of a volume is to be seen; without a graphics card its first picture takes many seconds. Pure. */

const COMING = 'The 3D picture comes with the first slices.'
const MAKING = 'The 3D picture is being computed.'

export class FirstPicture {
  /** Null: there is a picture. */
  readonly #say: (sentence: string | null) => void
  #isBegun = false
  #isFilled = false

  constructor(say: (sentence: string | null) => void) {
    this.#say = say
  }

  /** An empty volume is not drawn: nothing would be seen, and no ray would end in it. */
  get isWorthIt(): boolean {
    return this.#isFilled
  }

  /** On a new canvas, of the values there are. */
  begin(): void {
    this.#isBegun = true
    this.#say(this.#isFilled ? MAKING : COMING)
  }

  /** Values are here, or more of them. */
  fill(): void {
    if (this.#isBegun && !this.#isFilled) this.#say(MAKING)
    this.#isFilled = true
  }

  /** The card is done with one. */
  drawn(): void {
    if (this.#isBegun) this.#say(null)
    this.#isBegun = false
  }

  /** Its canvas is gone: something else is to be said. */
  end(): void {
    this.#isBegun = false
  }

  /** The volume is gone, and its values. */
  empty(): void {
    this.#isBegun = false
    this.#isFilled = false
  }
}

/**
 * What of a pane is to be painted in the next frame: all of it, or what lies above a picture that stands (others' cursors, lines of the other
 * panes). Asked for as often as one likes, it is painted once.
 */
import { inNextFrame, notInNextFrame } from './frames.ts'

export type Part = 'above' | 'all'

export class Due {
  readonly #paint: (part: Part, now: number) => void
  #part: Part | null = null
  #isOver = false
  readonly #onFrame = (now: number): void => this.#now(now)

  constructor(paint: (part: Part, now: number) => void) {
    this.#paint = paint
  }

  ask(part: Part = 'all'): void {
    if (this.#isOver) return
    if (this.#part !== 'all') this.#part = part
    inNextFrame(this.#onFrame)
  }

  /** At once what would come with the next frame. */
  settle(): void {
    if (this.#part !== null) this.#now(performance.now())
  }

  /** Nothing is painted any more, whoever still asks. */
  end(): void {
    this.#isOver = true
    notInNextFrame(this.#onFrame)
  }

  #now(now: number): void {
    notInNextFrame(this.#onFrame)
    const part = this.#part
    this.#part = null
    if (part !== null && !this.#isOver) this.#paint(part, now)
  }
}

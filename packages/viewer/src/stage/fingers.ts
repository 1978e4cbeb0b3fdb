/**
 * Several fingers on one picture: two carry and magnify it, three go through its slices. Pure bookkeeping of where they are; CSS pixels. What
 * the first one began before the others came is no drag, and one that is left over afterwards begins none.
 */
import type { Pinch, ScreenPoint } from './camera.ts'

/** What fingers mean: two a pinch, three a way through the slices, px. */
type Meant = { readonly pinch: Pinch } | { readonly scroll: ScreenPoint; readonly by: number }

/** Fingers so near to each other say nothing of a magnification. */
const LEAST_APART_PX = 16

export class Fingers {
  readonly #at = new Map<number, ScreenPoint>()
  #areSeveral = false

  /** From the second finger on until the last is gone. */
  get areSeveral(): boolean {
    return this.#areSeveral
  }

  /** True where it is the second one: now there are several. */
  come(id: number, at: ScreenPoint): boolean {
    this.#at.set(id, at)
    if (this.#areSeveral || this.#at.size < 2) return false
    this.#areSeveral = true
    return true
  }

  go(id: number): void {
    this.#at.delete(id)
    if (this.#at.size === 0) this.#areSeveral = false
  }

  /** What it means that one of them moves; null of one finger, and of one that came down elsewhere. */
  move(id: number, at: ScreenPoint): Meant | null {
    const before = [...this.#at.values()]
    if (!this.#at.has(id)) return null
    this.#at.set(id, at)
    const now = [...this.#at.values()]
    const [from, to] = [middle(before), middle(now)]
    if (now.length === 2) {
      const [was, is] = [apart(before), apart(now)]
      return { pinch: { from, to, factor: Math.min(was, is) < LEAST_APART_PX ? 1 : is / was } }
    }
    return now.length === 3 ? { scroll: to, by: to.y - from.y } : null
  }
}

const middle = (points: readonly ScreenPoint[]): ScreenPoint => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
})

const apart = ([a, b]: readonly ScreenPoint[]): number => (a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0)

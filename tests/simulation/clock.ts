/**
 * The platform's clock, with a hand on it. To be imported before anything that might remember `Date.now` by itself, as lib0 does: by its
 * clock a page finds out that nobody is there any more.
 */
const { now: platform } = Date
let hand: (() => number) | null = null

Date.now = () => (hand ? hand() : platform())

/** Null: the platform's own again. */
export const setClock = (to: (() => number) | null): void => {
  hand = to
}

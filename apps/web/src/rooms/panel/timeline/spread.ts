/**
 * Marks along a line, moved apart so far that each can be hit (WCAG 2.2, 2.5.8: 24 px): their order stays, and none moves further than
 * its neighbours make it. Where the line is too short for all, they share it evenly.
 */

/** `places` from 0 to `width`, px, in any order; the answer in the same order, at least `gap` apart and within the line. */
export function spread(places: readonly number[], width: number, gap: number): number[] {
  const order = places.map((_, i) => i).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0) || a - b)
  const room = order.length > 1 ? Math.min(gap, width / (order.length - 1)) : gap
  const moved = order.map((i) => Math.min(width, Math.max(0, places[i] ?? 0)))
  for (let n = 1; n < moved.length; n++) moved[n] = Math.max(moved[n] ?? 0, (moved[n - 1] ?? 0) + room)
  // What was pushed over the end comes back, and pushes those before it.
  let most = width
  for (let n = moved.length - 1; n >= 0; n--) {
    moved[n] = Math.min(moved[n] ?? 0, most)
    most = (moved[n] ?? 0) - room
  }
  const answer = Array.from(places, () => 0)
  order.forEach((i, n) => (answer[i] = moved[n] ?? 0))
  return answer
}

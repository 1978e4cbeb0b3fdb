/** Which pack of frames to ask for next, and how long to wait after a fault. Pure. */

/** Frames `first` to `first + count - 1` of a series, sent in one answer. */
export interface Pack {
  readonly first: number
  readonly count: number
}

/** `waiting` is free to be asked for; `later` failed and waits for its next try. */
export type PackState = 'waiting' | 'coming' | 'later' | 'here'

/**
 * Index of the next pack, or null where none waits. Packs stand in the order they should come; once somebody looks at a frame
 * (`around`), the nearest to it comes first.
 */
export function nextPack(
  packs: readonly Pack[],
  states: readonly PackState[],
  around: Around,
): number | null {
  let best: number | null = null
  let least = Number.POSITIVE_INFINITY
  packs.forEach((pack, index) => {
    if (states[index] !== 'waiting') return
    const away = awayOf(pack, index, around)
    if (away < least) {
      least = away
      best = index
    }
  })
  return best
}

/** Where somebody looks; several panes may look at several frames. */
export type Around = number | readonly number[] | null

export interface Waiting {
  readonly packs: readonly Pack[]
  readonly states: readonly PackState[]
}

/**
 * The next pack of a series that is also there in less detail. Where one looks, less detail comes first and the whole frame right after it;
 * then the rest in less detail, because it is a small part of all bytes and lets one go anywhere; then the rest.
 */
export function nextOfTwo(
  lower: Waiting,
  whole: Waiting,
  around: Around,
): { readonly of: 'lower' | 'whole'; readonly index: number } | null {
  const small = nextPack(lower.packs, lower.states, around)
  const large = nextPack(whole.packs, whole.states, around)
  const isHere = ({ packs }: Waiting, index: number) => awayOf(packs[index] as Pack, index, around) === 0
  if (small !== null && (large === null || isHere(lower, small) || !isHere(whole, large)))
    return { of: 'lower', index: small }
  return large === null ? null : { of: 'whole', index: large }
}

/** While nobody looks anywhere the order given counts. */
function awayOf(pack: Pack, index: number, around: Around): number {
  if (around === null) return index
  if (typeof around === 'number') return framesAway(pack, around)
  return around.length === 0 ? index : Math.min(...around.map((frame) => framesAway(pack, frame)))
}

/**
 * Packs to let go for another one to fit into `room` bytes: the farthest from where one looks first, and none that is as near as the new
 * one. Null where it would not fit; what is looked at comes whatever the room.
 */
export function packsToDrop(
  { packs, states }: Waiting,
  bytesOf: (pack: Pack) => number,
  next: number,
  room: number,
  around: Around,
): readonly number[] | null {
  const away = packs.map((pack, index) => awayOf(pack, index, around))
  const own = away[next] as number
  const farthest = packs
    .map((_, index) => index)
    .filter((index) => states[index] === 'here' && (away[index] as number) > own)
    .toSorted((a, b) => (away[b] as number) - (away[a] as number))
  let over = packs.reduce(
    (sum, pack, index) =>
      states[index] === 'here' || states[index] === 'coming' || index === next ? sum + bytesOf(pack) : sum,
    -room,
  )
  const dropped: number[] = []
  for (const index of farthest) {
    if (over <= 0) break
    over -= bytesOf(packs[index] as Pack)
    dropped.push(index)
  }
  return over <= 0 || (around !== null && own === 0) ? dropped : null
}

/** 0 where the pack holds the frame. */
export function framesAway(pack: Pack, frame: number): number {
  if (frame < pack.first) return pack.first - frame
  return Math.max(0, frame - (pack.first + pack.count - 1))
}

/** 0.5 s, 1, 2, … 30 s; up to a quarter more, so that many pages do not come back at the same moment. */
export const retryAfterMs = (fault: number, random: () => number = Math.random): number =>
  Math.min(30_000, 500 * 2 ** Math.max(0, fault - 1)) * (1 + random() / 4)

/** The first byte of an element: what it is (four bits), and what belongs to that (value or hand, square, axis). */
import { MalformedAct } from './malformed.ts'

/** Numbers are never given to anything else. */
export const KINDS = {
  lane: 0,
  segment: 1,
  stroke: 2,
  ball: 3,
  slab: 4,
  polygon: 5,
  runs: 6,
  maskedStroke: 7,
  maskedBall: 8,
  maskedSlab: 9,
  withdraw: 10,
  restore: 11,
  /** Something stands before the act: how many belong together, or that it is deflated (envelope.ts). */
  wrapped: 15,
} as const
export type KindOfElement = keyof typeof KINDS

const NAMES = new Map<number, KindOfElement>(
  Object.entries(KINDS).map(([name, number]) => [number, name as KindOfElement]),
)

export interface Head {
  readonly kind: KindOfElement
  /** The value painted; of a switch 1 for the adjudicator's hand. */
  readonly value: 0 | 1
  readonly square: boolean
  readonly axis: number
}

export const headByte = ({ kind, value, square, axis }: Head): number =>
  KINDS[kind] * 16 + value * 8 + (square ? 4 : 0) + axis

export function readHead(byte: number): Head {
  const kind = NAMES.get(byte >>> 4)
  if (kind === undefined) throw new MalformedAct('It is no act that is known.')
  return { kind, value: byte & 8 ? 1 : 0, square: (byte & 4) !== 0, axis: byte & 3 }
}

export const plainHead = (kind: KindOfElement): Head => ({ kind, value: 0, square: false, axis: 0 })

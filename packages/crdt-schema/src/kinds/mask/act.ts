/**
 * One act of painting. It decides its voxels from its own bytes and the grid, never from what is there: so acts may arrive in any order,
 * and a voxel is the value of the highest act that covers it and is in effect (order.ts).
 * Acts lie in lanes (lanes.ts); how they are written is in bytes/. Nothing is ever removed: an undo is an act (`Switch`).
 */
import type { Shape } from '@consilium/geometry/raster/shape'
import type { EntryKey } from '../../entry.ts'

/** Names an act for ever: also after archiving, reloading and encoding it anew. */
export interface ActId {
  readonly client: number
  /** The Lamport number written in the act; it grows strictly within a client. */
  readonly lamport: number
}

/** Two switches of each act, so that an author cannot bring back what the adjudicator took out, nor the other way round. */
export const HANDS = ['author', 'adjudicator'] as const
export type Hand = (typeof HANDS)[number]

export interface Paint {
  readonly act: 'paint'
  readonly segment: EntryKey
  /** 1 paints, 0 erases. */
  readonly value: 0 | 1
  readonly shape: Shape
}

/** Takes acts out of effect, or puts them back: those of the target's client from the target's number on, `count` of them. */
export interface Switch {
  readonly act: 'withdraw' | 'restore'
  readonly hand: Hand
  readonly target: ActId
  readonly count: number
}

export interface MaskAct {
  readonly id: ActId
  /** When its author's machine says it was made, ms since 1970, to a tenth of a second. Nothing is decided by it. */
  readonly at: number
  /**
   * How many acts belong together, this one first (an exclusive stroke, smoothing, a large import). Members follow with the next numbers;
   * 1 for an act alone and for every later member.
   */
  readonly group: number
  readonly body: Paint | Switch
}

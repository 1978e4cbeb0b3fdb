/**
 * Does a document fit? V8 ends the whole process where it does not, and with it everybody's work on every other document; so it is asked
 * before. What counts is the number of structs: an encoded state may be a few bytes and become a million of them.
 */
import { getHeapStatistics } from 'node:v8'
import { Refusal } from '@consilium/contract/refusals'
import type { Extent } from '../journal/replay.ts'
import type { StateSize } from '../journal/snapshots.ts'

/** Measured: 150 (overwritten values) to 600 (a nested type each), annotations 570. */
const HEAP_PER_STRUCT = 600
/** Values themselves: strings are kept with two bytes a character. */
const HEAP_PER_BYTE = 2
/** Of rows whose structs nobody has counted yet; small updates are mostly ids and headers. */
const HEAP_PER_TAIL_BYTE = 6
/** V8 counts three semi-spaces (of 64 MiB at most) into its limit, in which nothing stays; what stays has the rest. */
const YOUNG_BYTES = 3 * 64 * 2 ** 20
/** Of what is free now: the rest is for those who work meanwhile. */
const SHARE = 0.8

export const heapOf = ({ structs, bytes }: StateSize): number =>
  structs * HEAP_PER_STRUCT + bytes * HEAP_PER_BYTE

export const oldGenerationLimit = (heap = getHeapStatistics()): number => heap.heap_size_limit - YOUNG_BYTES

/** Refuses with `too-large-to-open`. */
export function requireMemory(needed: number, heap = getHeapStatistics()): void {
  const free = oldGenerationLimit(heap) - heap.used_heap_size
  if (needed > free * SHARE) throw new Refusal('too-large-to-open')
}

/** Before anything is read: what cannot possibly fit. */
export const requireRoomFor = ({ state, tailBytes }: Extent): void =>
  requireMemory(heapOf(state) + tailBytes * HEAP_PER_TAIL_BYTE)

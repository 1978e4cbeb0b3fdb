/**
 * Six people who paint four lesions together, in simulated time: everybody makes a stroke every two to four seconds; it reaches the others
 * after a delay. One of them may be without a network for a while: what they did and what others did then arrives when they are back.
 * The strokes are the same whatever way they are kept.
 */
import type { Grid } from '@consilium/geometry/raster/grid'
import * as Y from 'yjs'
import { Random } from '../../../faults/fault.ts'
import { walk } from '../sets.ts'
import type { Copy, Stroke, Way } from './copy.ts'

export const VOLUME: Grid = { size: [128, 128, 40], spacingUm: [700, 700, 1250] }
const PAINTERS = 6
const STROKES = 1_010
const LESIONS = [
  [34, 36, 11],
  [90, 40, 20],
  [40, 92, 28],
  [94, 94, 15],
] as const

export interface Network {
  readonly name: string
  readonly delayMs: number
  /** Of the first painter, ms from the beginning. */
  readonly away: readonly [number, number] | null
}

interface Made {
  readonly at: number
  readonly by: number
  readonly stroke: Stroke
}

export function strokesOf(seed: number): Made[] {
  const random = new Random(seed)
  const next = Array.from({ length: PAINTERS }, () => random.whole(0, 3_000))
  return Array.from({ length: STROKES }, () => {
    const at = Math.min(...next)
    const by = next.indexOf(at)
    next[by] = at + random.whole(2_000, 4_000)
    return { at, by, stroke: strokeOf(random) }
  })
}

function strokeOf(random: Random): Stroke {
  const [x, y, z] = random.pick(LESIONS)
  const isErasing = random.whole(1, 8) === 1
  return {
    value: isErasing ? 0 : 1,
    shape: {
      shape: 'stroke',
      axis: 2,
      slice: z + random.whole(-8, 8),
      square: false,
      radiusUm: isErasing ? 1_000 : 2_000,
      points: walk(random, random.whole(12, 60), [4 * x, 4 * y], 40),
    },
  }
}

export interface End {
  readonly raster: Uint8Array
  readonly wireBytes: number
  readonly documentBytes: number
}

export function play(way: Way, made: readonly Made[], { delayMs, away }: Network): End {
  const first = way.open(VOLUME, null)
  const begun = Y.encodeStateAsUpdate(first.doc)
  const copies: Copy[] = [first]
  while (copies.length < PAINTERS) copies.push(way.open(VOLUME, begun))
  for (const [n, copy] of copies.entries()) copy.doc.clientID = 100 + n
  const arrivals: { at: number; to: Copy; bytes: Uint8Array }[] = []
  let wireBytes = 0
  const later = (painter: number, at: number): number =>
    away && painter === 0 && at >= away[0] && at < away[1] ? away[1] : at
  const deliver = (until: number): void => {
    arrivals.sort((a, b) => a.at - b.at)
    let arrived = 0
    for (const { at, to, bytes } of arrivals) {
      if (at > until) break
      Y.applyUpdate(to.doc, bytes, 'network')
      arrived++
    }
    arrivals.splice(0, arrived)
  }
  for (const { at, by, stroke } of made) {
    deliver(at)
    const own = copies[by] as Copy
    const sent: Uint8Array[] = []
    const send = (bytes: Uint8Array): void => void sent.push(bytes)
    own.doc.on('update', send)
    own.paint(stroke)
    own.doc.off('update', send)
    for (const bytes of sent) {
      wireBytes += bytes.length
      for (const [n, to] of copies.entries())
        if (to !== own) arrivals.push({ at: later(n, later(by, at) + delayMs), to, bytes })
    }
  }
  deliver(Infinity)
  const states = copies.map((copy) => copy.raster())
  if (states.some((state) => Buffer.compare(state, states[0] as Uint8Array) !== 0))
    throw new Error(`${way.name}: two painters do not have the same`)
  return {
    raster: states[0] as Uint8Array,
    wireBytes,
    documentBytes: Y.encodeStateAsUpdate(first.doc).length,
  }
}

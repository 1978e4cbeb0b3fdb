/**
 * Random histories of painting: a few people on a small grid, some of whom have not seen the others' last acts, so that numbers are equal
 * and orders cross; acts of all kinds, close together, so that they cover each other; withdrawn and put back by both hands.
 */
import type { Grid } from '@consilium/geometry/raster/grid'
import type { Axis, Ball, Shape, Stroke } from '@consilium/geometry/raster/shape'
import { HANDS, type MaskAct, type Switch } from '../../act.ts'
import type { Random } from './random.ts'

export interface History {
  readonly grid: Grid
  readonly segments: readonly string[]
  readonly acts: readonly MaskAct[]
}

const CLIENTS = [3, 70, 71, 4_000_000_000]
const SEGMENTS = ['3-aaaaaaaa', '70-bbbbbbbb']

export function historyOf(random: Random): History {
  const grid: Grid = {
    size: [random.whole(3, 45), random.whole(2, 20), random.whole(1, 6)],
    spacingUm: random.pick([
      [700, 700, 1250],
      [1000, 1000, 1000],
      [488, 976, 5000],
    ]),
  }
  const segments = SEGMENTS.slice(0, random.whole(1, 2))
  const clients = CLIENTS.slice(0, random.whole(1, 4))
  const last = new Map(clients.map((client) => [client, 0]))
  const acts: MaskAct[] = []
  const odds = random.pick([2, 4, 10])
  for (let n = random.whole(2, 30); n > 0; n--) {
    const client = random.pick(clients)
    const seen = random.once(3) ? 0 : Math.max(...last.values())
    const lamport = 1 + Math.max(last.get(client) as number, seen)
    last.set(client, lamport)
    const body =
      acts.length > 0 && random.once(odds)
        ? switchOf(random, acts)
        : ({
            act: 'paint',
            segment: random.pick(segments),
            value: random.once(3) ? 0 : 1,
            shape: shapeOf(random, grid),
          } as const)
    acts.push({ id: { client, lamport }, at: 0, group: 1, body })
  }
  return { grid, segments, acts }
}

/** Also of acts that never come, and of several at once. */
function switchOf(random: Random, acts: readonly MaskAct[]): Switch {
  const { client, lamport } = (random.once(2) ? (acts.at(-1) as MaskAct) : random.pick(acts)).id
  return {
    act: random.once(2) ? 'restore' : 'withdraw',
    hand: random.pick(HANDS),
    target: { client, lamport },
    count: random.once(3) ? random.whole(2, 100) : 1,
  }
}

export function shapeOf(random: Random, grid: Grid): Shape {
  switch (random.whole(0, 5)) {
    case 0:
    case 1:
      return strokeOf(random, grid)
    case 2:
      return ballOf(random, grid)
    case 3:
      return polygonOf(random, grid)
    case 4:
      return { shape: 'runs', rows: rowsOf(random, grid) }
    default:
      return {
        shape: 'masked',
        base: random.once(2) ? strokeOf(random, grid) : ballOf(random, grid),
        keep: Int32Array.from({ length: random.whole(0, 12) }, () => random.whole(1, 40)),
      }
  }
}

const radiusOf = (random: Random): number => 100 * random.whole(0, random.pick([10, 40, 120]))

/** Somewhere in the grid or a little outside, in quarters of a voxel. */
const placeAlong = (random: Random, size: number): number => random.whole(-6, 4 * size + 6)

/** A walk of small steps within the rectangle. */
function walk(random: Random, most: number, width: number, height: number): Int32Array {
  const points = [placeAlong(random, width), placeAlong(random, height)]
  for (let n = random.whole(0, most); n > 0; n--) {
    const [u, v] = points.slice(-2) as [number, number]
    points.push(u + random.whole(-30, 30), v + random.whole(-20, 20))
  }
  return Int32Array.from(points)
}

const flat = (axis: Axis, { size }: Grid): [number, number] =>
  size.filter((_, along) => along !== axis) as [number, number]

function strokeOf(random: Random, grid: Grid): Stroke {
  const axis = random.pick([0, 1, 2, 2, 2] as const)
  return {
    shape: 'stroke',
    axis,
    slice: random.whole(0, grid.size[axis] - 1),
    square: random.once(4),
    radiusUm: radiusOf(random),
    points: walk(random, 5, ...flat(axis, grid)),
  }
}

function ballOf(random: Random, grid: Grid): Ball {
  const isOblique = random.once(2)
  return {
    shape: 'ball',
    slab: random.once(2),
    radiusUm: radiusOf(random),
    origin: grid.size.map((n) => placeAlong(random, n)) as [number, number, number],
    u: isOblique ? [724, 724, 0] : [1000, 0, 0],
    v: isOblique ? [0, 300, 900] : [0, 1000, 0],
    normal: isOblique ? [900, -900, 300] : [0, 0, 1],
    points: walk(random, 4, 4, 4),
  }
}

function polygonOf(random: Random, grid: Grid): Shape {
  const axis = random.pick([0, 1, 2] as const)
  const [width, height] = flat(axis, grid)
  const points = Array.from({ length: random.whole(3, 7) }, () => [
    placeAlong(random, width),
    placeAlong(random, height),
  ])
  return {
    shape: 'polygon',
    axis,
    slice: random.whole(0, grid.size[axis] - 1),
    points: Int32Array.from(points.flat()),
  }
}

/** In order and without overlap, as rows must be. */
function rowsOf(random: Random, { size: [nx, ny, nz] }: Grid): Int32Array {
  const rows: number[] = []
  const chance = random.whole(1, 4)
  for (let z = 0; z < nz; z++)
    for (let y = 0; y < ny; y++) {
      if (!random.once(chance)) continue
      const x0 = random.whole(0, nx - 1)
      const x1 = random.whole(x0 + 1, nx)
      rows.push(z, y, x0, x1)
      if (x1 + 1 < nx && random.once(3)) rows.push(z, y, x1 + 1, nx)
    }
  return Int32Array.from(rows)
}

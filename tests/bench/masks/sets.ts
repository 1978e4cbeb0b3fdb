/**
 * Histories of painting to measure with, made by chance out of a seed and whole numbers alone, so that any engine makes the same ones.
 * The volume has 512 × 512 × 300 voxels of 0.7 × 0.7 × 1.25 mm; twenty people paint.
 */
import type { MaskAct, Paint } from '@consilium/crdt-schema/painting'
import type { Grid } from '@consilium/geometry/raster/grid'
import type { Axis, Shape } from '@consilium/geometry/raster/shape'
import { Random } from '../../faults/fault.ts'

export const GRID: Grid = { size: [512, 512, 300], spacingUm: [700, 700, 1250] }
export const RAW_LABELMAP_BYTES = 512 * 512 * 300
export const SEGMENTS = Array.from({ length: 20 }, (_, n) => `${n + 1}-segment0`)
const AUTHORS = Array.from({ length: 20 }, (_, n) => 1_000 + n)

export interface Painting {
  readonly name: string
  make(random: Random): Paint
}

/** Numbers and authors as they come about when most see what the others do, and one in five is an act or two behind. */
export function historyOf({ make }: Painting, count: number, seed = 1): MaskAct[] {
  const random = new Random(seed)
  const last = new Map<number, number>()
  let highest = 0
  return Array.from({ length: count }, () => {
    const client = random.pick(AUTHORS)
    const seen = highest - (random.whole(1, 5) === 1 ? random.whole(1, 2) : 0)
    const lamport = Math.max(last.get(client) ?? 0, seen, 0) + 1
    last.set(client, lamport)
    highest = Math.max(highest, lamport)
    return { id: { client, lamport }, at: 0, group: 1, body: make(random) }
  })
}

/** A walk whose steps change little from one to the next, within `reach` of its middle; all in quarters of a voxel. */
export function walk(
  random: Random,
  count: number,
  [u, v]: readonly [number, number],
  reach: number,
): Int32Array {
  const points = new Int32Array(2 * count)
  let [x, y] = [u + random.whole(-reach, reach), v + random.whole(-reach, reach)]
  let [dx, dy] = [random.whole(-6, 6), random.whole(-6, 6)]
  for (let i = 0; i < count; i++) {
    points[2 * i] = x
    points[2 * i + 1] = y
    dx = turned(dx + random.whole(-2, 2), x - u, reach)
    dy = turned(dy + random.whole(-2, 2), y - v, reach)
    x += dx
    y += dy
  }
  return points
}

const turned = (step: number, from: number, reach: number): number =>
  from > reach ? -Math.abs(step) : from < -reach ? Math.abs(step) : Math.max(-12, Math.min(12, step))

const stroke = (axis: Axis, slice: number, radiusUm: number, points: Int32Array): Shape => ({
  shape: 'stroke',
  axis,
  slice,
  square: false,
  radiusUm,
  points,
})

interface Lesion {
  readonly segment: string
  /** Voxels. */
  readonly middle: readonly [number, number, number]
  readonly radius: number
}

/** Forty-odd acts each, while others work on theirs. */
const ACTS_PER_LESION = 44
const AT_ONCE = 12

/** Lesions of 4 to 22 mm, painted slice by slice, corrected, some with a ball or a lasso, some filled. */
export function realistic(): Painting {
  const open: { lesion: Lesion; left: number }[] = []
  return {
    name: 'realistic',
    make(random) {
      while (open.length < AT_ONCE) open.push({ lesion: lesionOf(random), left: ACTS_PER_LESION })
      const index = random.whole(0, open.length - 1)
      const at = open[index] as { lesion: Lesion; left: number }
      if (--at.left === 0) open.splice(index, 1)
      return paintLesion(random, at.lesion)
    },
  }
}

const lesionOf = (random: Random): Lesion => ({
  segment: random.pick(SEGMENTS),
  middle: [random.whole(60, 450), random.whole(60, 450), random.whole(20, 280)],
  radius: random.whole(3, 16),
})

function paintLesion(random: Random, { segment, middle: [x, y, z], radius }: Lesion): Paint {
  const slices = Math.max(1, Math.floor((radius * 700) / 1250))
  const slice = z + random.whole(-slices, slices)
  const what = random.whole(1, 100)
  const reach = 4 * Math.max(1, radius - 2)
  const paint = (value: 0 | 1, shape: Shape): Paint => ({ act: 'paint', segment, value, shape })
  if (what <= 12)
    return paint(0, stroke(2, slice, 1000, walk(random, random.whole(8, 20), [4 * x, 4 * y], 4 * radius)))
  if (what <= 17) return paint(1, ball(random, [x, y, z], radius))
  if (what <= 22)
    return paint(1, { shape: 'polygon', axis: 2, slice, points: ring(random, 4 * x, 4 * y, 4 * radius) })
  if (what <= 26) return paint(1, { shape: 'runs', rows: disc(x, y, slice, radius) })
  const radiusUm = 100 * random.whole(10, 30)
  return paint(1, stroke(2, slice, radiusUm, walk(random, random.whole(12, 90), [4 * x, 4 * y], reach)))
}

const ball = (random: Random, [x, y, z]: Lesion['middle'], radius: number): Shape => ({
  shape: 'ball',
  slab: false,
  radiusUm: 100 * random.whole(20, 40),
  origin: [4 * x, 4 * y, 4 * z],
  u: [724, 724, 0],
  v: [0, 300, 900],
  normal: [900, -900, 300],
  points: walk(random, random.whole(2, 12), [0, 0], 2 * radius),
})

/** A closed line of 40 vertices around a middle: an octagon with its sides cut up, and a little chance. */
function ring(random: Random, u: number, v: number, reach: number): Int32Array {
  const corners = [
    [5, 2],
    [2, 5],
    [-2, 5],
    [-5, 2],
    [-5, -2],
    [-2, -5],
    [2, -5],
    [5, -2],
  ] as const
  return Int32Array.from(
    corners.flatMap(([cu, cv], i) => {
      const [nu, nv] = corners[(i + 1) % 8] as (typeof corners)[number]
      return [0, 1, 2, 3, 4].flatMap((k) => [
        u + Math.floor((reach * ((5 - k) * cu + k * nu)) / 25) + random.whole(-2, 2),
        v + Math.floor((reach * ((5 - k) * cv + k * nv)) / 25) + random.whole(-2, 2),
      ])
    }),
  )
}

/** What a flood fill would find in a round lesion. */
function disc(x: number, y: number, z: number, radius: number): Int32Array {
  const rows: number[] = []
  for (let dy = -radius; dy <= radius; dy++) {
    let width = 0
    while ((width + 1) ** 2 + dy * dy <= radius * radius) width++
    rows.push(z, y + dy, x - width, x + width + 1)
  }
  return Int32Array.from(rows)
}

/** Strokes of sixty points anywhere, in all three planes. */
export const SCATTER: Painting = {
  name: 'scatter',
  make(random) {
    const axis = random.pick([0, 1, 2] as const)
    const [u, v] = GRID.size.filter((_, along) => along !== axis) as [number, number]
    const middle = [random.whole(0, 4 * u), random.whole(0, 4 * v)] as const
    const points = walk(random, 60, middle, 300)
    return {
      act: 'paint',
      segment: random.pick(SEGMENTS),
      value: random.whole(1, 8) === 1 ? 0 : 1,
      shape: stroke(axis, random.whole(0, GRID.size[axis] - 1), 100 * random.whole(15, 50), points),
    }
  },
}

/** Everybody on one spot of 60 × 60 voxels. */
export const SAME_TILE: Painting = {
  name: 'same tile',
  make: (random) => ({
    act: 'paint',
    segment: SEGMENTS[0] as string,
    value: random.whole(1, 4) === 1 ? 0 : 1,
    shape: stroke(2, 150, 100 * random.whole(15, 30), walk(random, 60, [4 * 256, 4 * 256], 120)),
  }),
}

/** An organ that came in as a whole, in three acts: an ellipsoid of seven million voxels, as rows. */
export function organ(segment: string): Paint[] {
  const [a, b, c] = [140, 125, 96]
  return [-1, 0, 1].map((third) => {
    const rows: number[] = []
    for (let dz = 64 * third - 32; dz < 64 * third + 32; dz++)
      for (let dy = -b; dy <= b; dy++) {
        const square = (a * a * (b * b * c * c - dy * dy * c * c - dz * dz * b * b)) / (b * b * c * c)
        if (square < 0) continue
        const width = Math.floor(Math.sqrt(square))
        rows.push(150 + dz, 256 + dy, 256 - width, 256 + width + 1)
      }
    return { act: 'paint', segment, value: 1, shape: { shape: 'runs', rows: Int32Array.from(rows) } }
  })
}

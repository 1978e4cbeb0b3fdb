/** Shapes by chance, of every kind and in every plane: also such as leave the grid, stand still, jump, cross themselves or cover nothing. */
import { GRID_LIMITS, type Grid, Q } from '../grid.ts'
import { AXES_IN } from '../planes.ts'
import type { Axis, Ball, Masked, Polygon, Runs, Shape, Stroke } from '../shape.ts'
import { type Chance, pick } from './chance.ts'

export const SHAPE_KINDS = ['stroke', 'ball', 'slab', 'polygon', 'runs', 'masked'] as const
export type ShapeKind = (typeof SHAPE_KINDS)[number]

/** A few pairs of vectors that span a plane, and what lies across it: made once, by hand, for no engine's cosine is to be trusted. */
const PLANES = [
  { u: [1000, 0, 0], v: [0, 1000, 0], normal: [0, 0, 1] },
  { u: [0, 1000, 0], v: [0, 0, 1000], normal: [1, 0, 0] },
  { u: [724, 724, 0], v: [0, 0, 1000], normal: [1, -1, 0] },
  { u: [591, 591, -591], v: [-724, 724, 0], normal: [1, 1, 2] },
  { u: [1000, 137, -20], v: [-135, 930, 360], normal: [68, -357, 948] },
  { u: [-640, 768, 0], v: [384, 320, 866], normal: [-665, -554, 500] },
  { u: [3, 0, 0], v: [0, 999, 1], normal: [-1000, 1000, -1000] },
] as const

const coarsest = ({ spacingUm }: Grid): number => Math.max(...spacingUm)

/** Often a few voxels, sometimes none, seldom many. */
function radius(by: Chance, grid: Grid): number {
  const step = GRID_LIMITS.radiusStepUm
  const voxels = pick(by, [0, 1, 2, 4, 4, 8, 8, 16])
  return Math.min(GRID_LIMITS.radiusUm, step * by(0, Math.ceil((voxels * coarsest(grid)) / 4 / step)))
}

/** A hand's way in a plane of this size: it begins somewhere near, keeps its direction for a while, seldom stands or jumps. */
function wander(by: Chance, width: number, height: number, count: number): Int32Array {
  const points = new Int32Array(2 * count)
  let [u, v] = [by(-Q, Q * width), by(-Q, Q * height)]
  let [du, dv] = [by(-6, 6), by(-6, 6)]
  for (let i = 0; i < count; i++) {
    points[2 * i] = u
    points[2 * i + 1] = v
    if (by(1, 12) === 1) [du, dv] = [0, 0]
    du += by(-2, 2)
    dv += by(-2, 2)
    if (by(1, 25) === 1) {
      u = by(-Q * 4, Q * (width + 4))
      v = by(-Q * 4, Q * (height + 4))
    } else {
      u += du
      v += dv
    }
  }
  return points
}

function stroke(by: Chance, grid: Grid): Stroke {
  const axis = by(0, 2) as Axis
  const [u, v] = AXES_IN[axis]
  return {
    shape: 'stroke',
    axis,
    slice: by(0, grid.size[axis] - 1),
    square: by(0, 2) === 0,
    radiusUm: radius(by, grid),
    points: wander(by, grid.size[u], grid.size[v], by(1, 30)),
  }
}

function ball(by: Chance, grid: Grid, slab: boolean): Ball {
  const origin = grid.size.map((n) => by(0, Q * n)) as unknown as readonly [number, number, number]
  const [width, height] = [grid.size[0] >>> 1, grid.size[1] >>> 1]
  const radiusUm = radius(by, grid)
  return {
    shape: 'ball',
    slab,
    radiusUm,
    origin,
    ...pick(by, PLANES),
    points: wander(by, width, height, by(1, 8)),
  }
}

function polygon(by: Chance, grid: Grid): Polygon {
  const axis = by(0, 2) as Axis
  const [u, v] = AXES_IN[axis]
  const [width, height] = [grid.size[u], grid.size[v]]
  const points = by(0, 1)
    ? wander(by, width, height, by(3, 40))
    : Int32Array.from({ length: 2 * by(3, 9) }, (_, i) => by(-Q, Q * (i % 2 === 0 ? width : height)))
  return { shape: 'polygon', axis, slice: by(0, grid.size[axis] - 1), points }
}

function runs(by: Chance, { size: [width, height, depth] }: Grid): Runs {
  const rows: number[] = []
  let z = by(0, depth - 1)
  let y = by(0, height - 1)
  let x = 0
  const count = by(1, 60)
  while (rows.length < 4 * count && z < depth) {
    const x0 = x + by(0, 5)
    const x1 = x0 + by(1, 9)
    if (y < height && x1 <= width) rows.push(z, y, x0, x1)
    if (y < height && by(0, 2) === 0) x = x1 + 1
    else {
      x = by(0, width >>> 1)
      y += by(1, 2)
      if (y >= height) [z, y] = [z + 1, by(0, 3)]
    }
  }
  return { shape: 'runs', rows: Int32Array.from(rows.length > 0 ? rows : [0, 0, 0, 1]) }
}

function masked(by: Chance, grid: Grid): Masked {
  const base = by(0, 1) ? stroke(by, grid) : ball(by, grid, by(0, 1) === 1)
  const keep = Int32Array.from({ length: by(1, 30) }, (_, i) => by(i === 0 ? 0 : 1, 9))
  return { shape: 'masked', base, keep }
}

export function randomShape(by: Chance, grid: Grid, kind: ShapeKind = pick(by, SHAPE_KINDS)): Shape {
  switch (kind) {
    case 'stroke':
      return stroke(by, grid)
    case 'ball':
    case 'slab':
      return ball(by, grid, kind === 'slab')
    case 'polygon':
      return polygon(by, grid)
    case 'runs':
      return runs(by, grid)
    case 'masked':
      return masked(by, grid)
  }
}

/** Small enough to look at every voxel; with spacings alike, unlike, and far apart. */
export const SMALL_GRIDS: readonly Grid[] = [
  { size: [40, 24, 9], spacingUm: [1000, 1000, 1000] },
  { size: [37, 41, 11], spacingUm: [703, 703, 1250] },
  { size: [33, 12, 20], spacingUm: [312, 977, 5000] },
  { size: [18, 30, 14], spacingUm: [4000, 400, 700] },
]

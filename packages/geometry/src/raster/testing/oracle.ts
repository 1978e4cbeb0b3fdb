/**
 * What a shape covers, by asking each voxel for itself: the definition, as plainly as it can be said, for the tests of what is fast.
 * tests/vectors/rasteriser.py says the same once more, in another language.
 */
import { type Grid, Q } from '../grid.ts'
import { BASIS_SCALE } from '../path.ts'
import { AXES_IN } from '../planes.ts'
import type { Ball, Polygon, Shape, Stroke } from '../shape.ts'

type Triple = [number, number, number]

const root = (n: number): number => {
  let r = 0
  while ((r + 1) ** 2 <= n) r += 1
  return r
}

function corners(shape: Stroke | Ball): Triple[] {
  return Array.from({ length: shape.points.length / 2 }, (_, i) => {
    const [u, v] = shape.points.subarray(2 * i, 2 * i + 2) as unknown as [number, number]
    if (shape.shape === 'stroke') {
      const at: Triple = [Q * shape.slice, Q * shape.slice, Q * shape.slice]
      const [a, b] = AXES_IN[shape.axis]
      at[a] = u
      at[b] = v
      return at
    }
    const half = BASIS_SCALE / 2
    return shape.origin.map(
      (o, k) =>
        o + Math.floor((u * (shape.u[k] as number) + v * (shape.v[k] as number) + half) / BASIS_SCALE),
    ) as Triple
  })
}

/** In µm · q: the lesser of 4√(r·s) and what is left of the brush beside the farthest row, but half a voxel, and a voxel, at least. */
function farthestStep(shape: Stroke | Ball, spacingUm: readonly [number, number, number]): number {
  const along = shape.shape === 'ball' ? ([0, 1, 2] as const) : AXES_IN[shape.axis]
  const [finest, ...coarser] = along.map((axis) => spacingUm[axis]).sort((a, b) => a - b) as [
    number,
    ...number[],
  ]
  const smooth = root(16 * shape.radiusUm * finest)
  const beside = 16 * shape.radiusUm ** 2 - coarser.reduce((sum, s) => sum + 4 * s * s, 0)
  const whole = beside > 0 ? root(beside) : 0
  return Math.max(2 * finest, Math.min(smooth, Math.max(4 * finest, whole)))
}

export function placesOf(shape: Stroke | Ball, { spacingUm }: Grid): Triple[] {
  const step = farthestStep(shape, spacingUm)
  const [first, ...others] = corners(shape) as [Triple, ...Triple[]]
  const places = [first]
  let from = first
  for (const to of others) {
    const way = to.map((n, axis) => n - (from[axis] as number))
    const far = Math.max(...way.map((d, axis) => Math.abs(d) * (spacingUm[axis] as number)))
    const k = Math.max(1, Math.ceil(far / step))
    for (let j = 1; j <= k; j++)
      places.push(
        from.map((n, axis) => n + Math.floor((2 * (way[axis] as number) * j + k) / (2 * k))) as Triple,
      )
    from = to
  }
  return places
}

function isUnderBrush(shape: Stroke | Ball, { spacingUm }: Grid, place: Triple, voxel: Triple): boolean {
  const away = voxel.map((v, axis) => Math.abs(Q * v - (place[axis] as number)) * (spacingUm[axis] as number))
  const radius = Q * shape.radiusUm
  if (shape.shape === 'stroke' && shape.square) return Math.max(...away) <= radius
  if (away.reduce((sum, d) => sum + d * d, 0) > radius * radius) return false
  if (shape.shape === 'stroke' || !shape.slab) return true
  const across = shape.normal.map((n, axis) => n * (spacingUm[axis] as number))
  const height = voxel.reduce(
    (sum, v, axis) => sum + (across[axis] as number) * (Q * v - (shape.origin[axis] as number)),
    0,
  )
  return Math.abs(height) <= 2 * across.reduce((sum, n) => sum + Math.abs(n), 0)
}

function isInside({ points }: Polygon, u: number, v: number): boolean {
  let isOdd = false
  for (let i = 0; i < points.length; i += 2) {
    const [ua, va] = points.subarray(i, i + 2) as unknown as [number, number]
    const next = (i + 2) % points.length
    const [ub, vb] = points.subarray(next, next + 2) as unknown as [number, number]
    if (va <= Q * v === vb <= Q * v) continue
    // The edge crosses at ua + (4v − va)(ub − ua)/(vb − va), which is to be at or below 4u.
    const side = ((Q * v - va) * (ub - ua) - (Q * u - ua) * (vb - va)) * Math.sign(vb - va)
    if (side <= 0) isOdd = !isOdd
  }
  return isOdd
}

/** The covered voxels, as "z y x", in order. */
export function coveredBy(shape: Shape, grid: Grid): string[] {
  const [width, height, depth] = grid.size
  const all: Triple[] = []
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) all.push([x, y, z])
  return all.filter(covers(shape, grid)).map(([x, y, z]) => `${z} ${y} ${x}`)
}

function covers(shape: Shape, grid: Grid): (voxel: Triple) => boolean {
  switch (shape.shape) {
    case 'runs':
      return ([x, y, z]) => {
        for (let i = 0; i < shape.rows.length; i += 4) {
          const [rz, ry, x0, x1] = shape.rows.subarray(i, i + 4) as unknown as [
            number,
            number,
            number,
            number,
          ]
          if (rz === z && ry === y && x0 <= x && x < x1) return true
        }
        return false
      }
    case 'polygon': {
      const [a, b] = AXES_IN[shape.axis]
      return (voxel) => voxel[shape.axis] === shape.slice && isInside(shape, voxel[a], voxel[b])
    }
    case 'masked': {
      const kept = [...shape.keep].flatMap((n, i) => Array.from({ length: n }, () => i % 2 === 0))
      const isKept = new Set(coveredBy(shape.base, grid).filter((_, i) => kept[i] === true))
      return ([x, y, z]) => isKept.has(`${z} ${y} ${x}`)
    }
    default:
      return isCoveredBySweep(shape, grid)
  }
}

function isCoveredBySweep(shape: Stroke | Ball, grid: Grid): (voxel: Triple) => boolean {
  const places = placesOf(shape, grid)
  const isInPlane = (voxel: Triple): boolean => shape.shape === 'ball' || voxel[shape.axis] === shape.slice
  const alone = new Set(
    places.filter((place) => !reachesAny(shape, grid, place)).map((place) => nearest(place).join(' ')),
  )
  return (voxel) =>
    isInPlane(voxel) &&
    (alone.has(voxel.join(' ')) || places.some((place) => isUnderBrush(shape, grid, place, voxel)))
}

const nearest = (place: Triple): Triple => place.map((q) => Math.floor((q + 2) / 4)) as Triple

/** Whether it covers any voxel at all, were the grid endless. */
function reachesAny(shape: Stroke | Ball, grid: Grid, place: Triple): boolean {
  const middle = nearest(place)
  // Most do; to look here first spares looking everywhere.
  if (isUnderBrush(shape, grid, place, middle)) return true
  const reach = grid.spacingUm.map((spacing, axis) =>
    shape.shape === 'stroke' && shape.axis === axis ? 0 : Math.ceil(shape.radiusUm / spacing) + 1,
  ) as Triple
  const first = middle.map((n, axis) => n - (reach[axis] as number)) as Triple
  const last = middle.map((n, axis) => n + (reach[axis] as number)) as Triple
  for (let z = first[2]; z <= last[2]; z++)
    for (let y = first[1]; y <= last[1]; y++)
      for (let x = first[0]; x <= last[0]; x++) if (isUnderBrush(shape, grid, place, [x, y, z])) return true
  return false
}

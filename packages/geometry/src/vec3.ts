/** Vectors of three numbers: points in patient space (LPS, mm) or voxel indices, as the name at the use says. */

export type Vec3 = readonly [number, number, number]

export const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
export const subtract = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
export const scale = (a: Vec3, k: number): Vec3 => [a[0] * k, a[1] * k, a[2] * k]
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]
export const length = (a: Vec3): number => Math.hypot(a[0], a[1], a[2])
export const distance = (a: Vec3, b: Vec3): number => length(subtract(a, b))
export const isFinite3 = (a: readonly number[]): a is Vec3 => a.length === 3 && a.every(Number.isFinite)

/** Mean of the points; of none the origin. */
export const middleOf = (points: readonly Vec3[]): Vec3 =>
  scale(points.reduce(add, [0, 0, 0]), 1 / Math.max(1, points.length))

/** Throws on the zero vector: a direction without a direction is a mistake of ours. */
export function normalize(a: Vec3): Vec3 {
  const n = length(a)
  if (!(n > 0)) throw new Error('normalize: the vector has no length')
  return scale(a, 1 / n)
}

/**
 * Where a series lies as a volume of square corners, and how fine it is. Voxels are put together until the volume keeps within a bound, those
 * first that lie nearest to each other, so that what comes out is as even as can be. Slices that are shifted against each other (a tilted
 * gantry) are moved to where they lie, to the nearest pixel. Pure.
 */
import { add, cross, dot, scale, type Vec3 } from '@consilium/geometry/vec3'
import type { Lattice } from '../panes/reformat/lattice.ts'

/** 64 MiB as the 32-bit numbers a graphics card filters, and as much again on this side. */
export const MOST_VOXELS = 2 ** 24
/** Longest edge of a volume that graphics cards take as one. */
const MOST_ALONG = 2048

export interface VolumeBox {
  /** Middle of the first voxel. */
  readonly origin: Vec3
  /** Unit vectors square to each other, right-handed: along a row, down a column, from slice to slice. */
  readonly axes: readonly [Vec3, Vec3, Vec3]
  /** mm between voxels, and how many there are, along each. */
  readonly spacing: Vec3
  readonly size: Vec3
  /** So many pixels either way, of so many slices, become one voxel. */
  readonly pixels: number
  readonly slices: number
  /** Slices stand in this order along the third axis, or against it. */
  readonly isBack: boolean
  /** By how many pixels a slice lies to the right and down of the first pixel of the box. */
  readonly shiftOf: (slice: number) => readonly [number, number]
}

/** In all, a shift of less of a pixel is none: it comes from how files round their places. */
const LEAST_SHIFT = 0.05

export function boxOf(lattice: Lattice, most = MOST_VOXELS): VolumeBox {
  const { row, column, step, columnSpacing, rowSpacing, slices } = lattice
  const normal = cross(row, column)
  const forwards = dot(step, normal)
  const isBack = forwards < 0
  const across = shiftAlong(dot(step, row) / columnSpacing, slices)
  const down = shiftAlong(dot(step, column) / rowSpacing, slices)
  const full: Vec3 = [lattice.columns + across.wider, lattice.rows + down.wider, slices]
  const gap = Math.abs(forwards)
  const factors = factorsFor(full, [columnSpacing, rowSpacing, gap], most)
  // Of a voxel the middle lies between those that became one.
  const [inSlice, through] = [(factors.pixels - 1) / 2, (factors.slices - 1) / 2]
  const first = add(
    scale(row, columnSpacing * (across.least + inSlice)),
    scale(column, rowSpacing * (down.least + inSlice)),
  )
  const lowest = scale(normal, (isBack ? forwards * (slices - 1) : 0) + gap * through)
  return {
    origin: add(lattice.origin, add(first, lowest)),
    axes: [row, column, normal],
    spacing: [columnSpacing * factors.pixels, rowSpacing * factors.pixels, gap * factors.slices],
    size: [
      Math.ceil(full[0] / factors.pixels),
      Math.ceil(full[1] / factors.pixels),
      Math.ceil(full[2] / factors.slices),
    ],
    ...factors,
    isBack,
    shiftOf: (slice) => [across.of(slice), down.of(slice)],
  }
}

/** Middles of the eight voxels at the corners, widened to their outer edges. */
export function cornersOf({ origin, axes, spacing, size }: VolumeBox): Vec3[] {
  const at = (axis: 0 | 1 | 2, isFar: number): Vec3 =>
    scale(axes[axis], spacing[axis] * (isFar ? size[axis] - 0.5 : -0.5))
  return Array.from({ length: 8 }, (_, n) => add(origin, add(at(0, n & 1), add(at(1, n & 2), at(2, n & 4)))))
}

function factorsFor(size: Vec3, spacing: Vec3, most: number): Pick<VolumeBox, 'pixels' | 'slices'> {
  let pixels = Math.ceil(Math.max(size[0], size[1]) / MOST_ALONG)
  let slices = Math.ceil(size[2] / MOST_ALONG)
  const count = (): number =>
    Math.ceil(size[0] / pixels) * Math.ceil(size[1] / pixels) * Math.ceil(size[2] / slices)
  while (count() > most) {
    if (Math.min(spacing[0], spacing[1]) * pixels <= spacing[2] * slices) pixels++
    else slices++
  }
  return { pixels, slices }
}

function shiftAlong(perSlice: number, slices: number) {
  const whole = perSlice * (slices - 1)
  if (Math.abs(whole) < LEAST_SHIFT) return { least: 0, wider: 0, of: () => 0 }
  const least = Math.floor(Math.min(0, whole))
  return {
    least,
    wider: Math.ceil(Math.max(0, whole)) - least,
    of: (slice: number): number => Math.round(perSlice * slice) - least,
  }
}

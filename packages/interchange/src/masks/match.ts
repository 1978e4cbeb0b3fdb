/**
 * Whether a file's voxels are those of a series, one for one: then the file's axes are the series' axes, perhaps in another order or
 * direction, for most programs that write such files turn them. Nothing is ever resampled; where it would have to be, what differs is said.
 */
import { AXIS_ORDERS } from '@consilium/geometry/axisOrders'
import type { Axis } from '@consilium/geometry/raster/shape'
import { add, cross, distance, dot, length, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { ExchangeFault } from '../fault.ts'
import { type Lattice, stepLengths } from '../lattice.ts'

/** How far a voxel may lie beside its place, in voxels: what the rounding of a header comes to. */
const TOLERANCE = 1e-3

const AXES = [0, 1, 2] as const

/** Along which of the series' axes each axis of the file runs, and whether it runs backwards there. */
export interface Match {
  readonly axes: readonly [Axis, Axis, Axis]
  readonly isBackwards: readonly [boolean, boolean, boolean]
}

/** @throws ExchangeFault where they are not the same voxels */
export function matched(ours: Lattice, theirs: Lattice): Match {
  const match = theirs.isPlaced ? nearestMatch(ours, theirs) : asItStands(ours)
  const size = alongOurs(theirs.size, match)
  if (size.some((voxels, axis) => voxels !== ours.size[axis]))
    throw refusal(`The mask has ${size.join(' × ')} voxels, the series ${ours.size.join(' × ')}.`)
  if (theirs.isPlaced && farthest(ours, theirs, match) > TOLERANCE) throw different(ours, theirs, match)
  return match
}

const refusal = (what: string): ExchangeFault =>
  new ExchangeFault(`${what} Masks are not resampled: each voxel of the file has to be one of the series.`)

/** A picture without a place can only be laid over another without one. */
function asItStands({ isPlaced }: Lattice): Match {
  if (isPlaced)
    throw new ExchangeFault(
      'The file does not say where its voxels lie, so nobody can tell whether they are those of the series.',
    )
  return { axes: [0, 1, 2], isBackwards: [false, false, false] }
}

/** Each axis of the file beside that of the series to which it is nearest to parallel. */
function nearestMatch(ours: Lattice, theirs: Lattice): Match {
  const along = (axis: Axis, other: Axis): number => cosine(theirs.steps[axis], ours.steps[other])
  const [first, ...rest] = AXIS_ORDERS.map((axes) => ({
    axes,
    parallel: AXES.reduce<number>((sum, axis) => sum + Math.abs(along(axis, axes[axis])), 0),
  }))
  const { axes } = rest.reduce((best, one) => (one.parallel > best.parallel ? one : best), first!)
  return { axes, isBackwards: [along(0, axes[0]) < 0, along(1, axes[1]) < 0, along(2, axes[2]) < 0] }
}

/** How far the corner of the file's block that lies farthest off is from where it should be, in voxels along any axis. */
function farthest(ours: Lattice, theirs: Lattice, match: Match): number {
  const toIndex = indexIn(ours)
  let most = 0
  for (let corner = 0; corner < 8; corner++) {
    const at = theirs.size.map((size, axis) => ((corner >> axis) & 1) * (size - 1)) as unknown as Vec3
    const found = toIndex(placeOf(theirs, at))
    const meant = indexOf(ours, match, at)
    most = Math.max(most, ...found.map((value, axis) => Math.abs(value - (meant[axis] as number))))
  }
  return most
}

/** Which of size, turn and place contributes most to what differs. */
function different(ours: Lattice, theirs: Lattice, match: Match): ExchangeFault {
  const { axes, isBackwards } = match
  const [ourLengths, theirLengths] = [stepLengths(ours), stepLengths(theirs)]
  const sizes = alongOurs(theirLengths, match)
  const reach = (axis: Axis): number => ours.size[axis] - 1
  const stretched = Math.max(
    ...AXES.map(
      (axis) => (Math.abs((sizes[axis] as number) - ourLengths[axis]) / ourLengths[axis]) * reach(axis),
    ),
  )
  const angles = AXES.map((axis) => {
    const step = scale(theirs.steps[axis], isBackwards[axis] ? -1 : 1)
    return Math.acos(Math.min(1, cosine(step, ours.steps[axes[axis]])))
  })
  const smallest = Math.min(...ourLengths)
  const turned = Math.max(
    ...AXES.map((axis) => ((angles[axis] as number) * reach(axes[axis]) * theirLengths[axis]) / smallest),
  )
  const beside = distance(theirs.origin, placeOf(ours, indexOf(ours, match, [0, 0, 0])))
  if (stretched >= Math.max(turned, beside / smallest))
    return refusal(`Voxels of the mask measure ${inMm(sizes)}, those of the series ${inMm(ourLengths)}.`)
  if (turned >= beside / smallest)
    return refusal(
      `The mask is turned by ${short((Math.max(...angles) * 180) / Math.PI, 2)}° against the series.`,
    )
  return refusal(`The mask lies ${short(beside, 3)} mm beside the series.`)
}

/* Arithmetic */

/** What the file says of its axes, in the order of the series' axes. */
const alongOurs = (ofTheirs: readonly number[], { axes }: Match): number[] =>
  AXES.map((axis) => ofTheirs[axes.indexOf(axis)] as number)

const cosine = (a: Vec3, b: Vec3): number => dot(a, b) / (length(a) * length(b))

const placeOf = ({ origin, steps }: Lattice, at: Vec3): Vec3 =>
  AXES.reduce<Vec3>((sum, axis) => add(sum, scale(steps[axis], at[axis])), origin)

/** Where a voxel of the file is in the series. */
function indexOf(ours: Lattice, { axes, isBackwards }: Match, at: Vec3): Vec3 {
  const index: [number, number, number] = [0, 0, 0]
  for (const axis of AXES)
    index[axes[axis]] = isBackwards[axis] ? ours.size[axes[axis]] - 1 - at[axis] : at[axis]
  return index
}

/** From a place to (fractional) voxels: the inverse of the three steps. */
function indexIn({ origin, steps: [x, y, z] }: Lattice): (place: Vec3) => Vec3 {
  const volume = dot(x, cross(y, z))
  const rows = [cross(y, z), cross(z, x), cross(x, y)].map((row) => scale(row, 1 / volume)) as [
    Vec3,
    Vec3,
    Vec3,
  ]
  return (place) => {
    const from = subtract(place, origin)
    return [dot(rows[0], from), dot(rows[1], from), dot(rows[2], from)]
  }
}

const short = (value: number, digits: number): string => String(Number(value.toPrecision(digits)))
const inMm = (lengths: readonly number[]): string => `${lengths.map((mm) => short(mm, 7)).join(' × ')} mm`

/**
 * From an operation to the voxels that it paints and erases. Runs in a worker, in pieces; knows no page and no document. What would change
 * nothing, or leave nothing, is refused in a sentence: an act that does nothing would be a riddle in the history.
 */
import { inParts } from '@consilium/crdt-schema/painting/parts'
import { type VoxelBox, wholeGrid } from '@consilium/geometry/raster/grid'
import { joined } from '@consilium/geometry/voxels/box'
import { changeBetween, combined } from '@consilium/geometry/voxels/combine'
import { growIn, growOver, rangeAround } from '@consilium/geometry/voxels/grow'
import { filledBetween } from '@consilium/geometry/voxels/interpolate'
import { largestIsland, withoutIslandsBelow } from '@consilium/geometry/voxels/islands'
import { grouped } from '@consilium/geometry/voxels/limit'
import { withMargin } from '@consilium/geometry/voxels/margin'
import { type Picture, type Range, type Values, valueAt } from '@consilium/geometry/voxels/picture'
import {
  boxOfRows,
  holds,
  type Region,
  regionOfRuns,
  runsOf,
  tightBox,
} from '@consilium/geometry/voxels/region'
import { voxelsOf } from '@consilium/geometry/voxels/rows'
import { sliceCopied, sliceOf } from '@consilium/geometry/voxels/slices'
import { smoothed } from '@consilium/geometry/voxels/smooth'
import type { Work } from '@consilium/geometry/voxels/work'
import {
  type Change,
  type ChangeJob,
  type Operation,
  OperationFault,
  type SentPicture,
  type Slice,
} from './job.ts'

type Of<What extends Operation['what']> = Extract<Operation, { readonly what: What }>

export function* changeOf({ grid, rows, operation }: ChangeJob): Work<Change> {
  const before = regionOfRuns({ shape: 'runs', rows })
  const after = yield* result(before, operation, grid)
  const { paint, erase } = changeBetween(before, after)
  const [painted, erased] = [voxelsOf(paint), voxelsOf(erase)]
  if (painted + erased === 0) throw new OperationFault(NO_CHANGE[operation.what])
  const nothingLeft = tightBox(after).x1 === 0 ? sentenceOfNothing(operation) : null
  if (nothingLeft !== null) throw new OperationFault(nothingLeft)
  yield 1
  return {
    paint: painted > 0 ? inParts(paint, grid) : [],
    erase: erased > 0 ? inParts(erase, grid) : [],
    painted,
    erased,
    box: joined(boxOfRows(paint.rows), boxOfRows(erase.rows)),
  }
}

/** What is painted afterwards. */
function* result(before: Region, operation: Operation, grid: ChangeJob['grid']): Work<Region> {
  if (before.bits.length === 0 && operation.what !== 'fill' && operation.what !== 'grow')
    if (operation.what !== 'combine' || operation.how !== 'union')
      throw new OperationFault('Nothing is painted in it yet.')
  switch (operation.what) {
    case 'fill':
      return yield* filled(before, operation, grid)
    case 'grow':
      return yield* grown(before, operation, grid)
    case 'between':
      return combined(before, yield* filledBetween(before, operation, grid), 'union')
    case 'margin':
      return yield* withMargin(before, operation.mm, grid)
    case 'smooth':
      return yield* smoothed(before, operation.mm, grid)
    case 'largest':
      return regionOfRuns(largestIsland(runsOf(before)), before.box)
    case 'islands':
      return regionOfRuns(withoutIslandsBelow(runsOf(before), operation.mm3, grid), before.box)
    case 'copy':
      return copied(before, operation)
    case 'combine':
      return combined(before, regionOfRuns({ shape: 'runs', rows: operation.other }), operation.how)
  }
}

/** The hole around a place, or with 0 the part that hangs together with it. */
function* filled(before: Region, { at, value, within }: Of<'fill'>, grid: ChangeJob['grid']): Work<Region> {
  const isPainted = holds(before, at.x, at.y, at.z)
  if (value === 1 && isPainted) throw new OperationFault('This place is painted already.')
  if (value === 0 && !isPainted) throw new OperationFault('Nothing is painted at this place.')
  const box = boxWithin(within, grid)
  const part = yield* growOver(before, at, box)
  if (value === 0) return combined(before, part, 'difference')
  if (reachesEdge(tightBox(part), box, within))
    throw new OperationFault(
      'Nothing encloses this place: it would be filled up to the edge of the picture. Close the outline first.',
    )
  return combined(before, part, 'union')
}

function* grown(before: Region, operation: Of<'grow'>, grid: ChangeJob['grid']): Work<Region> {
  const { at, value, within, tolerance, range } = operation
  const { picture, first } = pictureOf(operation.picture, grid, boxWithin(within, grid))
  const seed = { ...at, z: at.z - first }
  const here = valueAt(picture, seed)
  if (range && (here < range.min || here > range.max))
    throw new OperationFault(
      `The value at this place, ${round(here)}, does not lie between ${round(range.min)} and ${round(range.max)}.`,
    )
  if (Number.isNaN(here)) throw new OperationFault('There is no value at this place.')
  const around = rangeAround(picture, seed, tolerance)
  const { z0, z1, ...box } = boxWithin(within, grid)
  const found = yield* growIn(picture, seed, {
    range: range ? common(around, range) : around,
    box: { ...box, z0: z0 - first, z1: z1 - first },
  })
  const part = { ...found, box: { ...found.box, z0: found.box.z0 + first, z1: found.box.z1 + first } }
  return combined(before, part, value === 1 ? 'union' : 'difference')
}

function copied(before: Region, { axis, from, to }: Of<'copy'>): Region {
  if (!sliceOf(before, axis, from).bits.includes(1))
    throw new OperationFault('Nothing is painted in this slice.')
  return combined(before, sliceCopied(before, axis, from, to), 'union')
}

/* Sentences */

const NO_CHANGE: Readonly<Record<Operation['what'], string>> = {
  fill: 'There is nothing to fill at this place.',
  grow: 'What grows from this place is as it should be already.',
  between: 'No slice lies bare between painted ones.',
  margin: 'So little changes nothing: it is less than the distance of two voxels.',
  smooth: 'It is as smooth as that already.',
  largest: 'It hangs together: there is but one part.',
  islands: 'No part of it is as small as that.',
  copy: 'All of it is painted there already.',
  combine: 'It is so already: there is nothing to change.',
}

/** Null where one may well mean that: who takes a part away takes the last one too. */
function sentenceOfNothing(operation: Operation): string | null {
  switch (operation.what) {
    case 'margin':
    case 'smooth':
      return 'Nothing would be left: it is too thin for that.'
    case 'islands':
      return `Nothing would be left: every part of it is smaller than ${grouped(operation.mm3)} mm³.`
    case 'combine':
      return operation.how === 'intersection'
        ? 'Nothing would be left: the two share no voxel.'
        : 'Nothing would be left: the other covers all of it.'
    default:
      return null
  }
}

const round = (value: number): string => String(Math.round(value * 100) / 100)

/* Arithmetic */

const common = (a: Range, b: Range): Range => ({ min: Math.max(a.min, b.min), max: Math.min(a.max, b.max) })

const ENDS = [
  ['x0', 'x1'],
  ['y0', 'y1'],
  ['z0', 'z1'],
] as const

function boxWithin(within: Slice | null, grid: ChangeJob['grid']): VoxelBox {
  if (!within) return wholeGrid(grid)
  const [low, high] = ENDS[within.axis]
  return { ...wholeGrid(grid), [low]: within.index, [high]: within.index + 1 }
}

/** Along the axes of the slice, or of the volume where it has any depth. */
const reachesEdge = (part: VoxelBox, box: VoxelBox, within: Slice | null): boolean =>
  ENDS.some(
    ([low, high], axis) =>
      axis !== within?.axis &&
      box[high] - box[low] > 1 &&
      (part[low] === box[low] || part[high] === box[high]),
  )

/** Of the slices that are looked at: the picture begins with slice `first`. */
function pictureOf(
  { slices, slopes, intercepts }: SentPicture,
  { size }: ChangeJob['grid'],
  { z0, z1 }: VoxelBox,
) {
  const [columns, rows] = size
  const one = slices[z0]
  if (!one) throw new OperationFault('The values of this slice are not here.')
  const Kind = one.constructor as new (length: number) => Values
  const values = z1 - z0 === 1 ? one : new Kind(columns * rows * (z1 - z0))
  if (values !== one) for (let z = z0; z < z1; z++) values.set(slices[z] ?? [], (z - z0) * columns * rows)
  const picture: Picture = {
    size: [columns, rows, z1 - z0],
    values,
    rescale: (z) => ({ slope: slopes[z0 + z] ?? 1, intercept: intercepts[z0 + z] ?? 0 }),
  }
  return { picture, first: z0 }
}

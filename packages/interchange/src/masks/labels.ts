/** The labels of a volume of whole numbers, each as rows of voxels of the series: every number but the background is one. */

import type { Runs } from '@consilium/geometry/raster/shape'
import { grouped } from '@consilium/geometry/voxels/limit'
import { RowList, voxelsOf } from '@consilium/geometry/voxels/rows'
import type { Work } from '@consilium/geometry/voxels/work'
import type { Instance } from '@consilium/imaging/read'
import { ExchangeFault } from '../fault.ts'
import type { Lattice } from '../lattice.ts'
import type { Match } from './match.ts'

export interface Label {
  readonly value: number
  readonly voxels: number
  readonly runs: Runs
}

/** What has more is a picture, or noise, and no mask; atlases of the brain have some two hundred labels. */
const MOST_LABELS = 512
const MOST_ROWS = 4_000_000

/** @param background the number that stands for nothing */
export function* labelsOf(
  { technical, frames }: Instance,
  { size: [width, height, depth] }: Lattice,
  { axes, isBackwards }: Match,
  background: number,
): Work<Label[]> {
  // From voxel to voxel of the series along each of its axes: so many on in the file's frame, or so many frames on.
  const steps = [1, technical.columns, 0].map((stride, axis) => ({
    at: isBackwards[axis] ? -stride : stride,
    frame: axis === 2 ? (isBackwards[2] ? -1 : 1) : 0,
  }))
  const alongAxis = (ours: number) => steps[axes.indexOf(ours as 0 | 1 | 2)] as (typeof steps)[number]
  const [x, y, z] = [alongAxis(0), alongAxis(1), alongAxis(2)]
  const first = {
    at:
      (isBackwards[0] ? technical.columns - 1 : 0) +
      (isBackwards[1] ? (technical.rows - 1) * technical.columns : 0),
    frame: isBackwards[2] ? frames.length - 1 : 0,
  }
  const found = new Gathered()
  for (let k = 0; k < depth; k++) {
    yield k / depth
    for (let j = 0; j < height; j++) {
      let at = first.at + k * z.at + j * y.at
      let frame = first.frame + k * z.frame + j * y.frame
      let from = 0
      let before = Number.NaN
      for (let i = 0; i <= width; i++, at += x.at, frame += x.frame) {
        const value = i < width ? labelIn(frames[frame], at) : Number.NaN
        if (value === before) continue
        if (i > from && before !== background) found.push(before, k, j, from, i)
        from = i
        before = value
      }
    }
  }
  return found.labels()
}

type Frame = Instance['frames'][number]

function labelIn(frame: Frame | undefined, at: number): number {
  const { pixels, rescale } = frame as Frame
  const value = (pixels[at] as number) * rescale.slope + rescale.intercept
  // Whole, from 0, and no -0.
  if (Number.isInteger(value) && value >= 0) return value + 0
  throw new ExchangeFault(
    Number.isInteger(value)
      ? 'The file holds numbers below 0: it is a picture and no mask.'
      : 'The file holds numbers that are not whole: it is a picture and no mask.',
  )
}

class Gathered {
  readonly #byValue = new Map<number, RowList>()
  #rows = 0

  push(value: number, z: number, y: number, x0: number, x1: number): void {
    let list = this.#byValue.get(value)
    if (list === undefined) {
      if (this.#byValue.size === MOST_LABELS)
        throw new ExchangeFault(
          `The file holds more than ${MOST_LABELS} labels: it is a picture and no mask.`,
        )
      list = new RowList()
      this.#byValue.set(value, list)
    }
    if (++this.#rows > MOST_ROWS)
      throw new ExchangeFault(
        `The labels of the file change at more than ${grouped(MOST_ROWS)} places: it is a picture and no mask.`,
      )
    list.push(z, y, x0, x1)
  }

  labels(): Label[] {
    return [...this.#byValue]
      .map(([value, list]) => ({ value, runs: list.runs() }))
      .map(({ value, runs }) => ({ value, runs, voxels: voxelsOf(runs) }))
      .toSorted((a, b) => a.value - b.value)
  }
}

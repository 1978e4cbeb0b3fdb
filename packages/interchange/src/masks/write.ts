/**
 * Segments -> NIfTI files on the grid of their series. Segments that share no voxel are one file of labels, numbered in their order; a label
 * map cannot say that two overlap, so then each has a file of its own, in which 1 is the segment. Beside them lies the table that says which
 * number is which. Slice by slice: the volume is never in memory as a whole.
 */

import type { Runs } from '@consilium/geometry/raster/shape'
import { voxelsOf } from '@consilium/geometry/voxels/rows'
import { ExchangeFault } from '../fault.ts'
import { type Lattice, latticeOf, type SeriesGeometry } from '../lattice.ts'
import { gzipped } from '../nifti/gzip.ts'
import { headerOf, type LabelType } from '../nifti/header.ts'
import { look, type Watch } from '../watch.ts'
import { fileWord } from './names.ts'
import { labelTable } from './table.ts'

export interface Segment {
  readonly name: string
  /** #rrggbb */
  readonly colour: string
  readonly runs: Runs
}

export interface WrittenLabel {
  /** In the file. */
  readonly value: number
  readonly name: string
  readonly colour: string
  readonly voxels: number
}

export interface MaskFile {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
  /** None in a table. */
  readonly labels: readonly WrittenLabel[]
}

export interface WrittenMasks {
  readonly files: readonly MaskFile[]
  /** Whole sentences: what the format could not say. */
  readonly notes: readonly string[]
}

/** Sizes are 16 bits in the format, labels too. */
const MOST_SIZE = 32_767
const MOST_LABELS = 65_535

/** @param name of the files, without an ending */
export async function writeMasks(
  series: SeriesGeometry,
  segments: readonly Segment[],
  name: string,
  watch: Watch = {},
): Promise<WrittenMasks> {
  const lattice = latticeOf(series)
  if (segments.length === 0) throw new ExchangeFault('There is no segment to write.')
  if (segments.length > MOST_LABELS)
    throw new ExchangeFault(`A file of labels holds at most ${MOST_LABELS} segments.`)
  if (Math.max(...lattice.size) > MOST_SIZE)
    throw new ExchangeFault(`NIfTI-1 holds at most ${MOST_SIZE} voxels along an axis.`)
  const base = fileWord(name, 'mask')
  const overlap = segments.length > 1 && doOverlap(lattice, segments)
  const groups = overlap ? segments.map((segment) => [segment]) : [segments]
  const files: MaskFile[] = []
  for (const [k, group] of groups.entries()) {
    const part: Watch = { ...watch, progress: (share) => watch.progress?.((k + share) / groups.length) }
    const word = overlap ? `_${k + 1}-${fileWord((group[0] as Segment).name, 'segment')}` : ''
    files.push(await fileOf(lattice, group, `${base}${word}`, part))
  }
  const table: WrittenLabel[] = overlap
    ? files.map(({ labels: [label] }, k) => ({ ...(label as WrittenLabel), value: k + 1 }))
    : [...(files[0] as MaskFile).labels]
  const text = new TextEncoder().encode(labelTable(table)) as Uint8Array<ArrayBuffer>
  return {
    files: [...files, { name: `${base}.tsv`, bytes: text, labels: [] }],
    notes: overlap ? [OVERLAP] : [],
  }
}

const OVERLAP = 'Segments overlap, which one file of labels cannot say, so each has a file of its own.'

async function fileOf(
  lattice: Lattice,
  segments: readonly Segment[],
  name: string,
  watch: Watch,
): Promise<MaskFile> {
  const type: LabelType = segments.length > 255 ? 'uint16' : 'uint8'
  return {
    name: `${name}.nii.gz`,
    bytes: await gzipped(piecesOf(lattice, segments, type, watch)),
    labels: segments.map(({ name, colour, runs }, k) => ({
      value: k + 1,
      name,
      colour,
      voxels: voxelsOf(runs),
    })),
  }
}

function* piecesOf(
  lattice: Lattice,
  segments: readonly Segment[],
  type: LabelType,
  watch: Watch,
): Generator<Uint8Array<ArrayBuffer>> {
  yield headerOf(lattice, type, segments.length)
  const [columns, rows, slices] = lattice.size
  const rowsIn = rowsBySlice(segments)
  for (let z = 0; z < slices; z++) {
    look(watch, z / slices)
    const plane = type === 'uint8' ? new Uint8Array(columns * rows) : new Uint16Array(columns * rows)
    rowsIn(z, (segment, y, x0, x1) => void plane.fill(segment + 1, y * columns + x0, y * columns + x1))
    yield new Uint8Array(plane.buffer)
  }
}

function doOverlap({ size: [columns, rows, slices] }: Lattice, segments: readonly Segment[]): boolean {
  const rowsIn = rowsBySlice(segments)
  const taken = new Uint8Array(columns * rows)
  let found = false
  for (let z = 0; z < slices && !found; z++) {
    taken.fill(0)
    rowsIn(z, (_, y, x0, x1) => {
      const row = taken.subarray(y * columns + x0, y * columns + x1)
      found ||= row.includes(1)
      row.fill(1)
    })
  }
  return found
}

/** Of one slice after the other, going up. */
function rowsBySlice(segments: readonly Segment[]) {
  const at = segments.map(() => 0)
  return (z: number, emit: (segment: number, y: number, x0: number, x1: number) => void): void => {
    for (const [k, { runs }] of segments.entries()) {
      const { rows } = runs
      let next = at[k] as number
      for (; rows[next] === z; next += 4)
        emit(k, rows[next + 1] as number, rows[next + 2] as number, rows[next + 3] as number)
      at[k] = next
    }
  }
}

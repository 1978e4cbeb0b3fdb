/** Masks as files and back, beside the page: a volume of labels is read and written slice by slice, and packed. */
import { inParts } from '@consilium/crdt-schema/painting/parts'
import type { Grid } from '@consilium/geometry/raster/grid'
import type { Shape } from '@consilium/geometry/raster/shape'
import type { SeriesGeometry } from '@consilium/interchange/lattice'
import { readMask } from '@consilium/interchange/readMask'
import { type MaskFile, type Segment, writeMasks } from '@consilium/interchange/writeMasks'

export interface WriteJob {
  readonly job: 'write'
  readonly series: SeriesGeometry
  readonly segments: readonly Segment[]
  /** Of the files, without an ending. */
  readonly name: string
  /** One file of labels as far as that can be, or a file for each. */
  readonly apart: boolean
}

export interface Written {
  readonly files: readonly Pick<MaskFile, 'name' | 'bytes'>[]
  /** Whole sentences: what the format could not say. */
  readonly notes: readonly string[]
}

export interface ReadJob {
  readonly job: 'read'
  readonly bytes: Uint8Array
  readonly series: SeriesGeometry
  readonly grid: Grid
}

/** Of each number in the file; each part fits one act of painting. */
export interface ReadLabel {
  readonly value: number
  readonly voxels: number
  readonly parts: readonly Shape[]
}

type Progress = (share: number) => void

export async function written(
  { series, segments, name, apart }: WriteJob,
  progress: Progress,
): Promise<Written> {
  if (!apart) return writeMasks(series, segments, name, { progress })
  const files: MaskFile[] = []
  for (const [k, segment] of segments.entries()) {
    const one = await writeMasks(series, [segment], `${name} ${segment.name}`, {
      progress: (share) => progress((k + share) / segments.length),
    })
    files.push(...one.files)
  }
  return { files: distinct(files), notes: [] }
}

export async function read({ bytes, series, grid }: ReadJob, progress: Progress): Promise<ReadLabel[]> {
  const labels = await readMask(bytes, series, { progress })
  return labels.map(({ value, voxels, runs }) => ({ value, voxels, parts: inParts(runs, grid) }))
}

/** Two segments may have the same name, two files may not. */
const distinct = (files: readonly MaskFile[]): MaskFile[] =>
  files.map((file, k) => {
    const before = files.slice(0, k).filter(({ name }) => name === file.name).length
    return before === 0 ? file : { ...file, name: file.name.replace('.', `-${before + 1}.`) }
  })

/** What one's own hand paints: one stroke, and in exclusive painting what it takes from the other segments, as one act. */
import type { PaintDraft } from '@consilium/crdt-schema/acts'
import type { MaskEngine } from '@consilium/crdt-schema/painting/engine'
import type { Grid } from '@consilium/geometry/raster/grid'
import { boundsOf } from '@consilium/geometry/raster/limits'
import { createRasteriser } from '@consilium/geometry/raster/rasteriser'
import type { Shape } from '@consilium/geometry/raster/shape'
import type { Painted } from '@consilium/viewer/scene'
import { capital } from '../../../../format.ts'
import type { SegmentRow } from './segments.ts'

/** `others`: the segments that are to give way; empty where none is. */
export function draftsOf(
  { segment, value, shape, more = [] }: Painted,
  others: readonly SegmentRow[],
  engine: MaskEngine,
): PaintDraft[] {
  return [shape, ...more].flatMap((part): PaintDraft[] => {
    const own: PaintDraft = { segment, value, shape: part }
    if (value === 0) return [own]
    const under = others.filter(({ id, isLocked }) => id !== segment && !isLocked && meets(engine, id, part))
    return [own, ...under.map(({ id }): PaintDraft => ({ segment: id, value: 0, shape: part }))]
  })
}

/** Whether any voxel of the shape is set in the segment. */
function meets(engine: MaskEngine, segment: string, shape: Shape): boolean {
  const { grid } = engine
  const box = boundsOf(shape, grid)
  const rasterise = createRasteriser(grid)
  const width = box.x1 - box.x0
  // Slice by slice: what an operation makes may reach through all of the volume.
  const set = new Uint8Array(width * (box.y1 - box.y0))
  let isMet = false
  for (let z = box.z0; z < box.z1 && !isMet; z++) {
    const slice = { ...box, z0: z, z1: z + 1 }
    engine.copyBox(segment, slice, set.fill(0))
    rasterise(shape, slice, (_, y, x0, x1) => {
      const line = (y - box.y0) * width - box.x0
      isMet ||= set.subarray(line + x0, line + x1).includes(1)
    })
  }
  return isMet
}

/** As on the button, after "Undo": "painting in Nodule 3, slice 141". */
export function titleOf(value: 0 | 1, shape: Shape, segment: string, grid: Grid): string {
  return `${value === 1 ? 'painting in' : 'erasing from'} ${segment}, ${sliceWords(shape, grid)}`
}

export function sliceWords(shape: Shape, grid: Grid): string {
  const { z0, z1 } = boundsOf(shape, grid)
  if (z1 <= z0) return 'outside of the picture'
  return z1 - z0 === 1 ? `slice ${z1}` : `slices ${z0 + 1}–${z1}`
}

/** "Painted with a brush, slice 141". */
export function strokeWords(value: 0 | 1, shape: Shape, grid: Grid): string {
  return `${capital(value === 1 ? 'painted' : 'erased')} ${MEANS[shape.shape]}, ${sliceWords(shape, grid)}`
}

const MEANS: Readonly<Record<Shape['shape'], string>> = {
  stroke: 'with the brush',
  ball: 'with the brush in 3D',
  polygon: 'with the lasso',
  masked: 'with the threshold brush',
  runs: 'by an operation',
}

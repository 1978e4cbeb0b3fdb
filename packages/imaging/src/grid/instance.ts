/** A grid and its slices -> the same form that a DICOM file has: a frame for every slice of every moment. */
import { length, scale, type Vec3 } from '@consilium/geometry/vec3'
import type { Frame, Instance, Pixels } from '../dicom/instance.ts'
import type { Grid } from './grid.ts'
import { voxelBits } from './voxels.ts'

export function instanceOf(grid: Grid, pixels: readonly Pixels[]): Instance {
  const [columns, rows, slices] = grid.shape
  const first = pixels[0] as Pixels
  const unsigned = first instanceof Uint8Array || first instanceof Uint16Array || first instanceof Uint32Array
  return {
    technical: {
      sopClass: '',
      transferSyntax: '',
      rows,
      columns,
      photometric: grid.type === 'rgb8' ? 'RGB' : 'MONOCHROME2',
      bits: { allocated: voxelBits(grid.type), stored: first.BYTES_PER_ELEMENT * 8, signed: !unsigned },
      padding: null,
      instanceNumber: null,
      acquisitionNumber: null,
      sliceThickness: null,
      lossy: false,
    },
    words: { modality: grid.modality, bodyPart: '', rescaleType: '', windowNames: [], burnedIn: '' },
    identity: { study: null, series: null, instance: null, frameOfReference: null },
    present: [],
    frames: pixels.map((values, k) => ({
      ...placeOf(grid, k % slices),
      ...momentOf(grid, Math.floor(k / slices)),
      pixels: values,
    })),
  }
}

function placeOf(grid: Grid, k: number): Omit<Frame, 'pixels'> {
  const { slope, intercept, shown, affine } = grid
  const width = shown === null ? 0 : shown.max - shown.min
  const values = {
    rescale: { slope, intercept },
    windows:
      shown !== null && width > 0 && Number.isFinite(width)
        ? [{ center: (shown.max + shown.min) / 2, width }]
        : [],
  }
  if (affine === null) {
    const spacing = grid.spacing && { ...grid.spacing, at: 'patient' as const }
    return { ...values, position: null, orientation: null, spacing }
  }
  const { column, row, slice, origin } = affine
  const spacing = { row: length(row), column: length(column), at: 'patient' as const }
  const at = [0, 1, 2].map((axis) => (origin[axis] as number) + k * (slice[axis] as number))
  return {
    ...values,
    position: at as unknown as Vec3,
    // Growing column index is the first axis of the file, growing row index the second.
    orientation: { row: scale(column, 1 / spacing.column), column: scale(row, 1 / spacing.row) },
    spacing,
  }
}

function momentOf({ shape, stepMs }: Grid, moment: number): Pick<Frame, 'temporal' | 'timeMs'> {
  if (shape[3] === 1) return {}
  return stepMs > 0 ? { temporal: moment + 1, timeMs: moment * stepMs } : { temporal: moment + 1 }
}

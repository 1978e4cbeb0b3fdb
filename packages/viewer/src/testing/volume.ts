/** For tests: a series whose values are all here and say where they lie, without a server or a worker. */
import { add, scale, type Vec3 } from '@consilium/geometry/vec3'
import { bytesPerPixel, type Samples, samplesOver } from '@consilium/imaging/samples'
import { placeOf } from '../panes/moments.ts'
import { planesOf, type SeriesFrames, type SeriesMeta } from '../panes/series.ts'
import { madeMeta } from './meta.ts'

export interface MadeVolume {
  readonly row: Vec3
  readonly column: Vec3
  /** From slice to slice, mm. */
  readonly step: Vec3
  readonly origin: Vec3
  readonly columns: number
  readonly rows: number
  readonly slices: number
  readonly columnSpacing: number
  readonly rowSpacing: number
  /** The stored value of a voxel; `at`: where its middle lies. */
  readonly storedAt: (voxel: Vec3, at: Vec3, frame: number) => number
  readonly meta?: Partial<SeriesMeta>
  /** Not here yet: whoever asks gets nothing. */
  readonly missing?: ReadonlySet<number>
}

export const voxelAt = (made: MadeVolume, [i, j, k]: Vec3): Vec3 =>
  add(
    add(made.origin, scale(made.step, k)),
    add(scale(made.row, i * made.columnSpacing), scale(made.column, j * made.rowSpacing)),
  )

export function madeVolume(made: MadeVolume): SeriesFrames {
  const { row, column, columns, rows, slices } = made
  const meta = madeMeta({
    columns,
    rows,
    slices,
    spacing: { row: made.rowSpacing, column: made.columnSpacing },
    direction: [...row, ...column, 0, 0, 0],
    positions: Array.from({ length: slices }, (_, k) => voxelAt(made, [0, 0, k])),
    ...made.meta,
  })
  const frames = Array.from({ length: meta.frames }, (_, frame): Samples => {
    const values = samplesOver(meta.samples, new ArrayBuffer(columns * rows * bytesPerPixel(meta.samples)))
    for (let p = 0; p < values.length; p++) {
      const voxel: Vec3 = [p % columns, Math.floor(p / columns), placeOf(frame, meta)]
      values[p] = made.storedAt(voxel, voxelAt(made, voxel), frame)
    }
    return values
  })
  const here = (frame: number): boolean => !made.missing?.has(frame)
  return {
    meta,
    planes: planesOf(meta),
    onlyLower: false,
    have: here,
    stored: (frame) => (here(frame) ? (frames[frame] ?? null) : null),
    drawable: (frame) => {
      const values = frames[frame]
      return values && here(frame) ? { values, rows, columns, factor: 1 } : null
    },
    progress: () => ({
      here: meta.frames - (made.missing?.size ?? 0),
      total: meta.frames,
      fault: null,
    }),
    lookAt: () => {},
    onFrame: () => () => {},
    onProgress: () => () => {},
    retry: () => {},
    close: () => {},
  }
}

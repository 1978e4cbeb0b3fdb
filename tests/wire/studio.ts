/** A case with pictures to paint on, and two readers and an adjudicator who do. */
import { randomBytes } from 'node:crypto'
import type { Grid } from '@consilium/geometry/raster/grid'
import type { Shape } from '@consilium/geometry/raster/shape'
import { frames, series } from '../../apps/collab-server/src/db/studies.ts'
import type { Ward } from './ward.ts'

export const GRID: Grid = { size: [64, 48, 8], spacingUm: [700, 700, 1_250] }

export interface Studio {
  readonly name: string
  readonly caseId: string
  readonly source: {
    readonly series: string
    readonly frame: number
    readonly normal: readonly [number, number, number]
  }
}

const handle = (): string => randomBytes(8).toString('hex')

/** A new case whose only series lies on GRID. */
export async function openStudio(ward: Ward): Promise<Studio> {
  const { name, caseId } = await ward.newDocument()
  const series = await addSeries(ward, caseId)
  return { name, caseId, source: { series, frame: 1, normal: [0, 0, 1] } }
}

/** On GRID. Its frames have no pixels: nobody looks at them. */
export async function addSeries({ server }: Ward, caseId: string): Promise<string> {
  const { orm } = server.running.services.db
  const id = handle()
  const [columns, rows, slices] = GRID.size
  await orm.insert(series).values({
    id,
    case: caseId,
    fingerprint: id,
    modality: 'CT',
    bodyPart: 'CHEST',
    slices,
    sliceSpacing: 1.25,
    about: {
      modality: 'CT',
      bodyPart: 'CHEST',
      rows,
      columns,
      spacing: { row: 0.7, column: 0.7, slice: 1.25 },
      direction: [1, 0, 0, 0, 1, 0],
      frameOfReference: null,
      photometric: 'MONOCHROME2',
      bits: { stored: 16, signed: true },
      rescale: { slope: 1, intercept: 0, unit: 'HU' },
      stored: { min: 0, max: 1 },
      rescaled: { min: 0, max: 1 },
      windows: [],
      warnings: [],
      kept: [],
      dropped: [],
    },
    createdAt: 1,
  })
  const slice = (n: number) =>
    ({ position: [0, 0, 1.25 * n] }) as unknown as (typeof frames.$inferInsert)['slice']
  await orm.insert(frames).values(
    Array.from({ length: slices }, (_, n) => ({
      series: id,
      number: n,
      key: `${id}${n}`,
      sha256: id,
      bytes: 9,
      slice: slice(n),
    })),
  )
  return id
}

/** A dab of radius 3 mm around a voxel of slice 1. */
export const dab = (x: number, y = 10): Shape => ({
  shape: 'stroke',
  axis: 2,
  slice: 1,
  square: false,
  radiusUm: 3_000,
  points: Int32Array.of(4 * x, 4 * y),
})

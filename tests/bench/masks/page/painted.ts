/** A case with a volume of 512 × 512 × 300 voxels in which twenty segments are painted, all of them in its middle slice. */
import { join } from 'node:path'
import { annotate, paint } from '@consilium/crdt-schema/acts'
import type { Grid } from '@consilium/geometry/raster/grid'
import { Client } from '../../../support/server.ts'
import { openPage } from '../../../wire/page.ts'
import { type Ours, PASSWORD, serveOurs } from '../../viewer/ours.ts'
import { writeAll } from '../../viewer/series.ts'
import { historyOf, realistic, SEGMENTS } from '../sets.ts'

export const SLICES = 300
export const MIDDLE = SLICES / 2
/** Of 0.703125 and 1 mm. */
const GRID: Grid = { size: [512, 512, SLICES], spacingUm: [703, 703, 1_000] }
const COLOURS = ['#e4572e', '#29335c', '#f3a712', '#a8c686', '#669bbc']
/** Written at once. */
const BATCH = 200

export interface PaintedCase {
  readonly ours: Ours
  /** Of the segment that is painted in. */
  readonly segment: string
}

/** `acts`: how many there are before anybody is measured. */
export async function paintedCase(folder: string, acts: number): Promise<PaintedCase> {
  await writeAll(join(folder, 'pictures'), [SLICES])
  const ours = await serveOurs(join(folder, 'pictures'), [SLICES])
  const study = ours.studies.get(SLICES)
  const person = new Client(ours.url)
  await person.signIn('lindqvist', PASSWORD)
  const page = await openPage(person, `panel:${study?.case}`)
  const source = { series: study?.series ?? '', frame: MIDDLE, normal: [0, 0, 1] as [number, number, number] }
  const keys = SEGMENTS.map((_, n) =>
    annotate(page.doc, {
      kind: 'segment',
      label: '',
      name: nameOf(n),
      colour: COLOURS[n % COLOURS.length] as string,
      source,
      points: [],
    }),
  )
  const inMiddle = keys.map((segment, n) => ({ segment, value: 1 as const, shape: spot(n) }))
  const others = historyOf(realistic(), acts).flatMap(({ body }) =>
    body.act === 'paint' ? [{ ...body, segment: keys[SEGMENTS.indexOf(body.segment)] as string }] : [],
  )
  const drafts = [...inMiddle, ...others]
  for (let n = 0; n < drafts.length; n += BATCH) {
    paint(page.doc, GRID, drafts.slice(n, n + BATCH))
    await page.saved()
  }
  page.close()
  return { ours, segment: nameOf(SEGMENTS.length - 1) }
}

const nameOf = (n: number): string => `Lesion ${n + 1}`

/** In five columns and four rows, each over its neighbours. */
const spot = (n: number) =>
  ({
    shape: 'stroke',
    axis: 2,
    slice: MIDDLE,
    square: false,
    radiusUm: 35_000,
    points: Int32Array.of(4 * (96 + 80 * (n % 5)), 4 * (116 + 93 * Math.floor(n / 5))),
  }) as const

/** A chest of which one reader painted the right lung long ago, in so many strokes that the server has moved them to an archive. */
import { setImmediate } from 'node:timers/promises'
import type { CaseDetail } from '@consilium/contract/projects'
import type { Series } from '@consilium/contract/studies'
import { annotate, paint } from '@consilium/crdt-schema/acts'
import { archivesOf } from '@consilium/crdt-schema/painting/archives'
import { MaskEngine } from '@consilium/crdt-schema/painting/engine'
import { gridOfSeries } from '@consilium/crdt-schema/painting/grid'
import { recordOf } from '@consilium/crdt-schema/painting/record'
import type { Shape } from '@consilium/geometry/raster/shape'
import { chestFiles, chestPhantom } from '@consilium/imaging/phantom'
import { importFiles, type SentFile } from '../import/door.ts'
import { Client } from '../support/server.ts'
import { openPage, until } from '../wire/page.ts'
import type { Account } from './administrator.ts'

export const SIZE = 256
export const SLICES = 60
const CHEST = { seed: 61, size: SIZE, slices: SLICES }

/** The server empties lanes that have more elements than this. */
const ENOUGH = 30_000
const AT_ONCE = 3_000
/** Slices below and above the lesion's. */
const REACH = 5

export interface PaintedChest {
  readonly address: string
  /** The slice, from 0, and the voxel in the middle of the lesion that is to be painted. */
  readonly lesion: readonly [column: number, row: number, slice: number]
  readonly lung: {
    readonly name: string
    readonly voxels: number
    /** In the slice of the lesion, where a single stroke lies that no other touches. */
    readonly alone: readonly [column: number, row: number]
  }
}

/** `keeper` takes the chest in, `painter` (a login of the demo) has painted in it. */
export async function makePaintedChest(
  keeper: Account,
  project: string,
  painter: string,
): Promise<PaintedChest> {
  const files: SentFile[] = []
  for await (const file of chestFiles(CHEST)) {
    files.push(file)
    // Meanwhile the server lets go of connections that say nothing, which has to be heard before one is used again.
    await setImmediate()
  }
  const client = new Client(process.env.CONSILIUM_E2E_URL ?? '')
  await client.signIn(keeper.login, keeper.password)
  const [made] = (await importFiles(client, files, project)).series
  if (!made) throw new Error('the chest was not taken in')
  const { nodules, spacing } = chestPhantom(CHEST)
  const centre = nodules.find(({ kind }) => kind === 'part-solid')?.centre ?? [0, 0, 0]
  const heights = made.positions.map((position) => Math.abs((position[2] ?? 0) - centre[2]))
  const slice = heights.indexOf(Math.min(...heights))
  const [x = 0, y = 0] = made.positions[slice] ?? []
  const column = Math.round((centre[0] - x) / spacing.column)
  const row = Math.round((centre[1] - y) / spacing.row)
  const middle = [Math.round(0.3 * SIZE), Math.round(0.56 * SIZE)] as const
  await client.signIn(painter)
  const lung = await paintLong(client, made, middle, slice)
  return { address: `/cases/${made.case}`, lesion: [column, row, slice], lung }
}

async function paintLong(
  person: Client,
  series: Series,
  middle: readonly [number, number],
  slice: number,
): Promise<PaintedChest['lung']> {
  const grid = gridOfSeries({ ...series, slices: series.positions.length })
  if (!grid) throw new Error('nothing can be painted in this series')
  const { document } = await person.get<CaseDetail>(`/cases/${series.case}`)
  const page = await openPage(person, document)
  const name = 'Right lung'
  const source = { series: series.id, frame: slice, normal: [0, 0, 1] } as const
  const segment = annotate(page.doc, {
    kind: 'segment',
    label: '',
    name,
    colour: '#56b4e9',
    source,
    points: [],
  })
  const strokes = strokesAround(middle, slice)
  for (let n = 0; n < ENOUGH; n += AT_ONCE) {
    page.doc.transact(() => {
      for (let k = 0; k < AT_ONCE; k++)
        paint(page.doc, grid, [{ segment, value: 1, shape: strokes.next().value as Shape }])
    })
    await page.saved()
  }
  await until('the strokes to be moved to an archive', () => archivesOf(page.doc).size > 0)
  const engine = new MaskEngine({ grid })
  engine.feed(recordOf(page.doc).acts.map(({ act }) => act))
  engine.step()
  const voxels = engine.statistics(segment)?.voxels ?? 0
  page.close()
  return { name, voxels, alone: aloneFrom(middle) }
}

const aloneFrom = ([column, row]: readonly [number, number]) => [column + 32, row + 20] as const

/** Short ones, one alone and the others anywhere in an ellipse; always the same. */
function* strokesAround([column, row]: readonly [number, number], slice: number): Generator<Shape> {
  let seed = 7
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647
  }
  const stroke = (at: number, points: readonly number[]): Shape => ({
    shape: 'stroke',
    axis: 2,
    slice: at,
    square: false,
    radiusUm: 2_000,
    points: Int32Array.from(points),
  })
  const [u, v] = aloneFrom([column, row])
  // Long enough to be hit by whoever takes the middle of the pane for that of the picture.
  yield stroke(slice, [4 * u - 12, 4 * v, 4 * u + 40, 4 * v])
  for (;;) {
    const [angle, out] = [2 * Math.PI * random(), Math.sqrt(random())]
    const x = Math.round(4 * (column + 20 * out * Math.cos(angle)))
    const y = Math.round(4 * (row + 34 * out * Math.sin(angle)))
    const [dx, dy] = [Math.round(12 * random() - 6), Math.round(12 * random() - 6)]
    const at = slice + Math.floor((2 * REACH + 1) * random()) - REACH
    yield stroke(at, [x, y, x + dx, y + dy, x + 2 * dx, y + dy])
  }
}

/**
 * A real mask on its whole way: read from a file, painted into a case through the gate as one act for each label, seen on another page,
 * written again, and read by nibabel where it is installed. Skipped where the test files are not there.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { annotate, paint, turn } from '@consilium/crdt-schema/acts'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { MaskEngine } from '@consilium/crdt-schema/painting/engine'
import { gridOfSeries } from '@consilium/crdt-schema/painting/grid'
import { recordOf } from '@consilium/crdt-schema/painting/record'
import { type Grid, wholeGrid } from '@consilium/geometry/raster/grid'
import type { Runs } from '@consilium/geometry/raster/shape'
import { blank, runsOf } from '@consilium/geometry/voxels/region'
import { readMask } from '@consilium/interchange/readMask'
import { writeMasks } from '@consilium/interchange/writeMasks'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as Y from 'yjs'
import { inParts } from '../../packages/crdt-schema/src/kinds/mask/bytes/inParts.ts'
import {
  expectedOf,
  HAVE_DATA,
  NIBABEL,
  python,
  readData,
  seriesIn,
} from '../../packages/interchange/src/testing/data.ts'
import { copyOf, House, SERIES } from './house.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'exchange-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const ANN = { person: 1, role: 'reader' } as const
const BEN = { person: 2, role: 'reader' } as const

/** The voxels of each label, and where its middle lies in the world. */
const COUNT = `
import json, sys
import nibabel, numpy
image = nibabel.load(sys.argv[1])
data = numpy.asarray(image.dataobj)
painted, values = numpy.argwhere(data), data[data != 0]
middle = lambda at: nibabel.affines.apply_affine(image.affine, at.mean(axis=0)).round(2).tolist()
print(json.dumps([[int((values == v).sum()), middle(painted[values == v])] for v in numpy.unique(values)]))
`

function shown(doc: Y.Doc, grid: Grid, segments: readonly EntryKey[]): Runs[] {
  const engine = new MaskEngine({ grid })
  engine.feed(recordOf(doc).acts.map(({ act }) => act))
  engine.step()
  return segments.map((segment) => {
    const region = blank(wholeGrid(grid))
    engine.copyBox(segment, region.box, region.bits)
    return runsOf(region)
  })
}

it.skipIf(!HAVE_DATA).each([
  ['nifti/FLAIR.nii.gz', 'nifti/lesion.nii.gz'],
  ['nifti/example_ct.nii.gz', 'nifti/example_seg_fast_force_split.nii.gz'],
])(
  '[M88] %s: the mask %s comes in, is shown to others, is taken back, and goes out as it came',
  async (picture, mask) => {
    const series = await seriesIn([readData(picture)])
    const grid = gridOfSeries({ ...series, slices: series.positions.length }) as Grid
    const labels = await readMask(readData(mask), series)
    expect(labels.length).toBeGreaterThan(2)

    const house = new House(grid)
    const ann = copyOf(house.doc, house.lease(ANN.person))
    const send = (): void => {
      const news = Y.encodeStateAsUpdate(ann, Y.encodeStateVector(house.doc))
      expect(house.offer(news, ann.clientID, ANN)).toBe(true)
    }
    const segments = labels.map(({ value }) =>
      annotate(ann, {
        kind: 'segment',
        label: '',
        source: { series: SERIES, frame: 1, normal: [0, 0, 1] },
        points: [],
        name: `Label ${value}`,
      }),
    )
    const acts = labels.map(({ runs }, k) => {
      const segment = segments[k] as EntryKey
      const drafts = inParts(runs, grid).map((shape) => ({ segment, value: 1 as const, shape }))
      return { target: paint(ann, grid, drafts), count: drafts.length }
    })
    send()

    const ben = copyOf(house.doc, house.lease(BEN.person))
    const seen = shown(ben, grid, segments)
    expect(seen).toEqual(labels.map(({ runs }) => runs))

    const drawn = seen.map((runs, k) => ({ name: `Label ${labels[k]?.value}`, colour: '#888888', runs }))
    const [file] = (await writeMasks(series, drawn, 'case')).files
    const back = await readMask(file?.bytes ?? new Uint8Array(), series)
    expect(back.map(({ runs }) => runs)).toEqual(labels.map(({ runs }) => runs))
    if (NIBABEL !== null) {
      writeFileSync(join(folder, 'out.nii.gz'), file?.bytes ?? new Uint8Array())
      writeFileSync(join(folder, 'in.nii.gz'), readData(mask))
      const counted = (name: string) => python<[number, number[]][]>(COUNT, join(folder, `${name}.nii.gz`))
      expect(counted('out')).toEqual(counted('in'))
    }

    turn(ann, 'withdraw', 'author', [acts[1] as (typeof acts)[number]])
    send()
    const after = shown(copyOf(house.doc, house.lease(BEN.person)), grid, segments)
    expect(after[1]?.rows).toHaveLength(0)
    expect(after.filter((_, k) => k !== 1)).toEqual(seen.filter((_, k) => k !== 1))
  },
)

it.skipIf(!HAVE_DATA)(
  '[M88] outlines of one cell by several people are painted over its photograph, are shown to others, and go out as the cells they drew',
  async () => {
    const cell = 'multi-reader/BU-BIL_Dataset1/B01'
    const photo = await seriesIn([readData(`${cell}/image.png`)])
    const grid = gridOfSeries({ ...photo, slices: photo.positions.length }) as Grid
    const { B01: said } = expectedOf<Record<'B01', { object_pixels: Record<string, number> }>>(
      'multi-reader/BU-BIL_Dataset1/',
    )
    const people = Object.keys(said.object_pixels).slice(0, 3)
    const house = new House(grid)
    const ann = copyOf(house.doc, house.lease(ANN.person))
    const segments: EntryKey[] = []
    for (const name of people) {
      // Black, 0, is the cell.
      const labels = await readMask(readData(`${cell}/${name}.png`), photo, { background: Number.NaN })
      const outline = labels.find(({ value }) => value === 0)
      const source = { series: SERIES, frame: 0, normal: [0, 0, 1] } as const
      const segment = annotate(ann, { kind: 'segment', label: '', source, points: [], name })
      const shapes = outline ? inParts(outline.runs, grid) : []
      paint(
        ann,
        grid,
        shapes.map((shape) => ({ segment, value: 1, shape })),
      )
      segments.push(segment)
    }
    const news = Y.encodeStateAsUpdate(ann, Y.encodeStateVector(house.doc))
    expect(house.offer(news, ann.clientID, ANN)).toBe(true)

    const seen = shown(copyOf(house.doc, house.lease(BEN.person)), grid, segments)
    const drawn = seen.map((runs, k) => ({ name: people[k] ?? '', colour: '#888888', runs }))
    // They overlap, so each has a file, before the table of their names.
    const { files } = await writeMasks(photo, drawn, 'cell')
    expect(files).toHaveLength(people.length + 1)
    for (const [k, { bytes }] of files.slice(0, people.length).entries()) {
      const pixels = said.object_pixels[people[k] ?? '']
      expect(await readMask(bytes, photo)).toEqual([{ value: 1, voxels: pixels, runs: seen[k] }])
      if (NIBABEL === null) continue
      const path = join(folder, `cell-${k}.nii.gz`)
      writeFileSync(path, bytes)
      expect(python<[number, number[]][]>(COUNT, path).map(([voxels]) => voxels)).toEqual([pixels])
    }
  },
)

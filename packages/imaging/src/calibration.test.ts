/** Regions of ultrasound pictures with a scale of their own: which are believed, and what is said of the others. */
import { describe, expect, it } from 'vitest'
import { readInstance } from './dicom/read.ts'
import { type Element, writePart10 } from './dicom/write.ts'
import { arrange, slicesOf, type Volume } from './series.ts'
import { clean } from './testing/clean.ts'
import { HAVE_DATA, readData } from './testing/manifest.ts'
import { slice } from './testing/slice.ts'

/** What a region says; by itself the whole picture of 8 columns and 6 rows, at 0.05 cm across and 0.025 cm down. */
interface Said {
  readonly format?: number
  readonly units?: readonly [x: number, y: number]
  readonly delta?: readonly [x: number, y: number]
  /** Left, top, right, bottom. */
  readonly sides?: readonly number[]
}

const item = ({
  format = 1,
  units = [3, 3],
  delta = [0.05, 0.025],
  sides = [0, 0, 7, 5],
}: Said): Element[] => [
  { tag: 0x00186012, vr: 'US', value: [format] },
  ...sides.map((side, k): Element => ({ tag: 0x00186018 + 2 * k, vr: 'UL', value: [side] })),
  { tag: 0x00186024, vr: 'US', value: [units[0]] },
  { tag: 0x00186026, vr: 'US', value: [units[1]] },
  { tag: 0x0018602c, vr: 'FD', value: [delta[0]] },
  { tag: 0x0018602e, vr: 'FD', value: [delta[1]] },
]

async function volumeWith(regions: readonly Said[], more: readonly Element[] = []): Promise<Volume> {
  const file = await writePart10([
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.6.1' },
    { tag: 0x00080018, vr: 'UI', value: '1.2.3' },
    { tag: 0x00080060, vr: 'CS', value: 'US' },
    { tag: 0x00186011, vr: 'SQ', value: regions.map(item) },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280010, vr: 'US', value: [6] },
    { tag: 0x00280011, vr: 'US', value: [8] },
    { tag: 0x00280100, vr: 'US', value: [8] },
    { tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(48) },
    ...more,
  ])
  const [volume] = await arrange(await slicesOf(clean(await readInstance(file))))
  return volume ?? expect.fail('no series')
}

const BEYOND = /reaches beyond the picture/

describe('[V146] a region with a scale', () => {
  const whole = { left: 0, top: 0, right: 7, bottom: 5, spacing: { column: 0.5, row: 0.25 } }

  it('is known by its first and last pixels and its mm per pixel, each way its own', async () => {
    const { regions, spacingAt, warnings } = await volumeWith([{}])
    expect(regions).toEqual([whole])
    expect(spacingAt).toBeNull()
    expect(warnings.join(' ')).toMatch(/in mm inside of one, and in pixels elsewhere/)
  })

  it.each<[string, Said]>([
    ['of a spectrum', { format: 3 }],
    ['of a graph', { format: 4, units: [4, 0], delta: [0.01, 0] }],
    ['in seconds across', { units: [4, 3] }],
    ['in percent down', { units: [3, 1] }],
    ['without a size', { delta: [0.05, 0] }],
    ['of a negative size', { delta: [-0.05, 0.025] }],
    ['turned over', { sides: [7, 0, 0, 5] }],
  ])('is left out %s', async (_, said) => {
    expect((await volumeWith([said])).regions).toBeUndefined()
    const { regions, warnings } = await volumeWith([said, {}])
    expect(regions).toEqual([whole])
    expect(warnings.join(' ')).not.toMatch(BEYOND)
  })

  it('that reaches beyond the picture is not believed, and a sentence says so', async () => {
    for (const sides of [
      [0, 0, 8, 5],
      [0, 0, 7, 6],
    ]) {
      const { regions, warnings } = await volumeWith([{ sides }])
      expect(regions).toBeUndefined()
      expect(warnings.join(' ')).toMatch(/distances are in pixels, not in mm/)
      expect(warnings.join(' ')).toMatch(BEYOND)
    }
    const both = await volumeWith([{ sides: [0, 0, 3, 5] }, { sides: [4, 0, 8, 5] }])
    expect(both.regions).toHaveLength(1)
    expect(both.warnings.join(' ')).toMatch(BEYOND)
  })

  it('gives way to the size of a pixel where the file states it', async () => {
    const { regions, spacingAt, warnings } = await volumeWith(
      [{}],
      [{ tag: 0x00280030, vr: 'DS', value: [0.3, 0.3] }],
    )
    expect([regions, spacingAt]).toEqual([undefined, 'patient'])
    expect(warnings.join(' ')).not.toMatch(/region/)
  })

  it('counts where all pictures of the series state the same', async () => {
    const at = (k: number, regions: readonly (typeof whole)[]) =>
      slice({ number: k, spacing: null, position: null, technical: { rows: 6, columns: 8, regions } })
    const [same] = await arrange([at(1, [whole]), at(2, [{ ...whole }])])
    expect(same?.regions).toEqual([whole])
    const deeper = { ...whole, spacing: { row: 0.5, column: 0.5 } }
    const [unlike] = await arrange([at(1, [whole]), at(2, [deeper])])
    expect(unlike?.slices).toHaveLength(2)
    expect(unlike?.regions).toBeUndefined()
    expect(unlike?.warnings.join(' ')).toMatch(/do not state the same ultrasound regions/)
  })
})

it.skipIf(!HAVE_DATA).each([
  // (0018,602C) 0.05104970559477806 cm, 320 columns and 240 rows.
  ['examples_ybr_color', { left: 84, top: 31, right: 595, bottom: 414 }, 0.5104970559477806],
  // (0018,602C) 0.02622878766196998 cm, 800 columns and 350 rows; the second region is a graph.
  ['examples_palette', { left: 120, top: 60, right: 800, bottom: 518 }, 0.2622878766196998],
] as const)('[V146] real file %s: its region was meant for a larger picture', async (name, sides, mm) => {
  const instance = await readInstance(readData(`colour/${name}.dcm`))
  const [region, ...more] = instance.technical.regions ?? []
  expect(more).toEqual([])
  expect(region).toMatchObject(sides)
  expect(region?.spacing.row).toBeCloseTo(mm, 12)
  expect(region?.spacing.column).toBeCloseTo(mm, 12)
  const [volume] = await arrange(await slicesOf(clean(instance)))
  expect(volume?.regions).toBeUndefined()
  expect(volume?.warnings.join(' ')).toMatch(BEYOND)
})

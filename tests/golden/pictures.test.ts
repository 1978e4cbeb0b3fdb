/**
 * From the bytes of public files to what stands on the screen, held against what independent tools say of them (manifest): never against
 * what this code drew before. Skipped without the files.
 */
import { readInstance } from '@consilium/imaging/dicom'
import { arrange, keptOf, slicesOf } from '@consilium/imaging/series'
import { writePart10 } from '@consilium/imaging/write'
import { defaultWindow } from '@consilium/viewer/window'
import { describe, expect, it } from 'vitest'
import { clean } from '../../packages/imaging/src/testing/clean.ts'
import { imageElements } from '../../packages/imaging/src/testing/images.ts'
import { type Entry, filesOf, HAVE_DATA, readData } from '../../packages/imaging/src/testing/manifest.ts'
import { Pixels } from '../../packages/viewer/src/panes/pixels.ts'
import type { Windowed } from '../../packages/viewer/src/panes/window.ts'

const drawn = ({ file }: Entry) => drawnFrom(readData(file))

/** Of the first frame, as red, green and blue. */
async function drawnFrom(bytes: Uint8Array) {
  const instance = clean(await readInstance(bytes))
  const [volume] = await arrange(await slicesOf(instance))
  const [frame] = keptOf(instance).frames
  if (!volume || !frame) throw new Error('there is nothing in it')
  const series: Windowed = volume
  const { pixels: stored } = frame
  const into = new Uint32Array(volume.rows * volume.columns)
  const window = defaultWindow(series, { stored, frame: 0 })
  new Pixels().fill(stored, { greys: series, frame: 0, window, invert: false }, into)
  const rgbOf = (rgba: number) => [rgba & 0xff, (rgba >> 8) & 0xff, (rgba >> 16) & 0xff] as const
  return { at: (row: number, column: number) => rgbOf(into[row * volume.columns + column] ?? 0), into, rgbOf }
}

const named = (entries: readonly Entry[]) => entries.map((entry) => [entry.file, entry] as const)

describe.skipIf(!HAVE_DATA)(
  '[V56] colour on the screen is what other tools see, a level apart at most',
  () => {
    const coloured = filesOf('colour').filter(({ expected }) => expected.display_rgb)
    it('is there for palettes, YBR and RGB', () => {
      const models = new Set(coloured.map(({ expected }) => expected.photometric))
      expect(models).toEqual(new Set(['RGB', 'YBR_FULL', 'YBR_FULL_422', 'PALETTE COLOR']))
    })
    it.each(named(coloured))('%s', async (_file, { expected }) => {
      const { at } = await drawn({ file: _file, expected } as Entry)
      const points = expected.display_rgb?.points_row_col_rgb ?? []
      expect(points.length).toBeGreaterThan(0)
      for (const [row = 0, column = 0, ...rgb] of points)
        at(row, column).forEach((level, channel) =>
          expect(Math.abs(level - (rgb[channel] ?? -1)), `${row}, ${column}`).toBeLessThanOrEqual(1),
        )
    })
  },
)

describe.skipIf(!HAVE_DATA)('[V56] MONOCHROME1: least is white', () => {
  const greyscale = filesOf('xray', 'dicomdir').filter(
    ({ expected }) => expected.photometric === 'MONOCHROME1' && typeof expected.window_center === 'number',
  )
  /** PS3.3 C.11.2.1.2.1 and C.7.6.3.1.2, written out once more. */
  const display = (value: number, center: number, width: number): number => {
    const share = (value - (center - 0.5)) / (width - 1) + 0.5
    return 255 - Math.max(0, Math.min(1, share)) * 255
  }
  it.each(named(greyscale))('%s', async (file, { expected }) => {
    const { into, rgbOf } = await drawn({ file, expected } as Entry)
    const { rescaled_min: min = 0, rescaled_max: max = 0 } = expected.pixels ?? {}
    const [center, width] = [expected.window_center, expected.window_width].map(Number) as [number, number]
    const levels = Array.from(into, (rgba) => rgbOf(rgba)[0])
    expect(levels.reduce((a, b) => Math.max(a, b))).toBe(Math.round(display(min, center, width)))
    expect(levels.reduce((a, b) => Math.min(a, b))).toBe(Math.round(display(max, center, width)))
    expect(new Set(Array.from(into, (rgba) => new Set(rgbOf(rgba)).size))).toEqual(new Set([1]))
  })
  it('of eight bits shown whole every pixel is 255 less what the file holds: so is their mean', async () => {
    const entry = greyscale.find(({ file }) => file === 'xray/dx_image.dcm') as Entry
    const { into, rgbOf } = await drawn(entry)
    const mean = Array.from(into, (rgba) => rgbOf(rgba)[0]).reduce((a, b) => a + b, 0) / into.length
    expect(mean).toBeCloseTo(255 - (entry.expected.pixels?.stored_mean ?? 0), 5)
  })
})

describe('[W23] [V56] the shape of a presentation table says which end is white', () => {
  /** A ramp, shown whole: without a shape each level is what the file holds. */
  const RAMP = Uint8Array.from({ length: 256 }, (_, i) => i)
  const levels = async (model: string, ...shape: string[]) => {
    const elements = imageElements({
      rows: 16,
      columns: 16,
      allocated: 8,
      signed: false,
      pixels: RAMP,
      also: [
        { tag: 0x00280004, vr: 'CS', value: model },
        { tag: 0x00281050, vr: 'DS', value: [128] },
        { tag: 0x00281051, vr: 'DS', value: [256] },
        { tag: 0x00281052, vr: 'DS', value: [0] },
        ...shape.map((value) => ({ tag: 0x20500020, vr: 'CS', value }) as const),
      ],
    })
    const { into, rgbOf } = await drawnFrom(await writePart10(elements))
    return Array.from(into, (rgba) => rgbOf(rgba)[0])
  }
  const [upright, inverse] = [[...RAMP], Array.from(RAMP, (value) => 255 - value)]
  it.each([
    { model: 'MONOCHROME2', shape: [], expected: upright },
    { model: 'MONOCHROME2', shape: ['IDENTITY'], expected: upright },
    { model: 'MONOCHROME2', shape: ['INVERSE'], expected: inverse },
    { model: 'MONOCHROME1', shape: [], expected: inverse },
    // Said twice, done once.
    { model: 'MONOCHROME1', shape: ['INVERSE'], expected: inverse },
  ])('$model, $shape', async ({ model, shape, expected }) => {
    expect(await levels(model, ...shape)).toEqual(expected)
  })
})

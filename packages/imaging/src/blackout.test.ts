import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { blackened, blackOf, blackOut } from './blackout.ts'
import { bytesOf, type SampleKind } from './samples.ts'
import type { Slice } from './slices.ts'

const shown = (
  samples: SampleKind,
  stored: { min: number; max: number },
  more: {
    photometric?: 'MONOCHROME1' | 'MONOCHROME2' | 'RGB'
    bits?: { allocated: number; stored: number; signed: boolean }
    rescale?: { slope: number; intercept: number }
    windows?: { center: number; width: number }[]
  } = {},
) => ({
  samples,
  stored,
  rescale: more.rescale ?? { slope: 1, intercept: 0 },
  windows: more.windows ?? [],
  technical: {
    photometric: more.photometric ?? ('MONOCHROME2' as const),
    bits: more.bits ?? { allocated: 16, stored: 16, signed: samples.startsWith('i') },
  },
})

describe('[Q4] what is blacked out shows as black', () => {
  test.each([
    ['unsigned: the smallest value there is', shown('uint16', { min: 7, max: 250 }), 7],
    ['signed', shown('int16', { min: -1024, max: 3000 }), -1024],
    [
      'the greatest where those are black',
      shown('uint16', { min: 7, max: 250 }, { photometric: 'MONOCHROME1' }),
      250,
    ],
    ['floating point', shown('float32', { min: -0.5, max: 2 }), -0.5],
    [
      '32 bits',
      shown(
        'uint32',
        { min: 100_000, max: 4_000_000_000 },
        { bits: { allocated: 32, stored: 32, signed: false } },
      ),
      100_000,
    ],
    ['colour', shown('uint8x3', { min: 30, max: 255 }, { photometric: 'RGB' }), 0],
    [
      'below the window, where all of the picture lies in it',
      shown('uint16', { min: 500, max: 900 }, { windows: [{ center: 600, width: 400 }] }),
      400,
    ],
    [
      'and no lower than the bits allow',
      shown(
        'uint16',
        { min: 20, max: 255 },
        { windows: [{ center: 40, width: 400 }], bits: { allocated: 8, stored: 8, signed: false } },
      ),
      0,
    ],
    [
      'and no higher, where the greatest are black',
      shown(
        'uint16',
        { min: 20, max: 200 },
        {
          photometric: 'MONOCHROME1',
          windows: [{ center: 200, width: 400 }],
          bits: { allocated: 8, stored: 8, signed: false },
        },
      ),
      255,
    ],
    [
      'of values that grow downwards',
      shown('int16', { min: -50, max: 80 }, { rescale: { slope: -2, intercept: 10 } }),
      80,
    ],
    [
      'signed of twelve bits',
      shown(
        'int16',
        { min: -100, max: 80 },
        { windows: [{ center: 0, width: 10_000 }], bits: { allocated: 16, stored: 12, signed: true } },
      ),
      -2048,
    ],
  ])('%s', (_what, slice, black) => expect(blackOf([slice])).toEqual([black]))

  test('all slices of a set get the same darkness, each in its own scaling', () => {
    const wide = shown('int16', { min: -10, max: 90 })
    const steep = shown('int16', { min: 0, max: 40 }, { rescale: { slope: 5, intercept: -100 } })
    expect(blackOf([wide, steep])).toEqual([-100, 0])
  })
})

describe('[Q4] blacked-out regions', () => {
  const shape = { rows: 4, columns: 5, samples: 'int16' } as const
  const pixels = Int16Array.from({ length: 20 }, (_, i) => 100 + i)

  test('lose their pixels, and nothing else changes', () => {
    const region = { column: 1, row: 1, columns: 2, rows: 2 }
    const out = blackOut(pixels, shape, [region], -7)
    expect([...out]).toEqual([...pixels].map((value, i) => ([6, 7, 11, 12].includes(i) ? -7 : value)))
    expect(pixels[6]).toBe(106)
  })

  test('are cut off at the edges of the picture', () => {
    const out = blackOut(pixels, shape, [{ column: 3, row: 3, columns: 90, rows: 90 }], 0)
    expect([...out].flatMap((value, i) => (value === 0 ? [i] : []))).toEqual([18, 19])
    const outside = { column: 9, row: 0, columns: 3, rows: 3 }
    expect([...blackOut(pixels, shape, [outside], 0)]).toEqual([...pixels])
  })

  test('lose all three colours', () => {
    const colour = Uint8Array.from({ length: 12 }, (_, i) => 50 + i)
    const out = blackOut(
      colour,
      { rows: 2, columns: 2, samples: 'uint8x3' },
      [{ column: 1, row: 0, columns: 1, rows: 1 }],
      0,
    )
    expect([...out]).toEqual([50, 51, 52, 0, 0, 0, 56, 57, 58, 59, 60, 61])
  })
})

test('[Q4] a slice is known by its new pixels, and its range is theirs', async () => {
  const slice = { ...shown('int16', { min: 1, max: 900 }), technical: { rows: 2, columns: 2 }, sha256: 'old' }
  const { pixels, slice: black } = await blackened(
    slice as unknown as Slice,
    Int16Array.of(900, 1, 2, 3),
    [{ column: 0, row: 0, columns: 1, rows: 1 }],
    1,
  )
  expect([...pixels]).toEqual([1, 1, 2, 3])
  expect(black.stored).toEqual({ min: 1, max: 3 })
  expect(black.sha256).toBe(createHash('sha256').update(bytesOf(pixels)).digest('hex'))
})

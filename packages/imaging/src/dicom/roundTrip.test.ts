/** What we write we read again: every syntax, width and sign, several frames, enhanced geometry. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { imageElements } from '../testing/images.ts'
import { readInstance } from './read.ts'
import {
  DEFLATED,
  decimalString,
  type Element,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  RLE_LOSSLESS,
  writePart10,
} from './write.ts'

const SYNTAXES = [EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN, DEFLATED, RLE_LOSSLESS] as const

describe.each(SYNTAXES)('%s', (syntax) => {
  it('[S1] gives back every stored value', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          rows: fc.integer({ min: 1, max: 9 }),
          columns: fc.integer({ min: 1, max: 140 }),
          frames: fc.integer({ min: 1, max: 3 }),
          signed: fc.boolean(),
          stored: fc.integer({ min: 2, max: 16 }),
          flat: fc.boolean(),
          seed: fc.nat(),
        }),
        async ({ rows, columns, frames, signed, stored, flat, seed }) => {
          const allocated = stored <= 8 && seed % 2 === 0 ? 8 : 16
          const count = rows * columns * frames
          const low = signed ? -(2 ** (stored - 1)) : 0
          const values = Array.from(
            { length: count },
            (_, k) => low + (((flat ? k >> 5 : k * 2654435761 + seed) >>> 0) % 2 ** stored),
          )
          const cells =
            allocated === 8 ? Uint8Array.from(values) : new Uint8Array(Int16Array.from(values).buffer)
          const elements = imageElements({ rows, columns, frames, signed, stored, allocated, pixels: cells })
          const instance = await readInstance(await writePart10(elements, syntax))
          expect(instance.frames.flatMap(({ pixels }) => [...pixels])).toEqual(values)
          expect(instance.frames[0]?.pixels).toBeInstanceOf(signed ? Int16Array : Uint16Array)
        },
      ),
      { numRuns: 60 },
    )
  })
})

it('[S1] bits above HighBit are not part of the value', async () => {
  const cells = new Uint8Array(Uint16Array.of(0xf000 | 5, 0x0800, 0x7fff, 0x0abc).buffer)
  const elements = imageElements({ rows: 2, columns: 2, stored: 12, signed: true, pixels: cells })
  const { frames } = await readInstance(await writePart10(elements))
  expect([...(frames[0]?.pixels ?? [])]).toEqual([5, -2048, -1, 0xabc - 4096])
})

it('[S1] a value may lie higher in its cell', async () => {
  const also: Element[] = [{ tag: 0x00280102, vr: 'US', value: [15] }]
  const cells = new Uint8Array(Uint16Array.of(0x123f, 0xfff0, 0, 0x8000).buffer)
  const elements = imageElements({ rows: 2, columns: 2, stored: 12, signed: false, pixels: cells, also })
  const { frames } = await readInstance(await writePart10(elements))
  expect([...(frames[0]?.pixels ?? [])]).toEqual([0x123, 0xfff, 0, 0x800])
})

it('[S1] frames of an enhanced object lie where the functional groups say', async () => {
  const sequence = (tag: number, elements: Element[]): Element => ({ tag, vr: 'SQ', value: [elements] })
  const perFrame = (z: number): Element[] => [
    sequence(0x00209113, [{ tag: 0x00200032, vr: 'DS', value: [1, 2, z] }]),
  ]
  const shared: Element[] = [
    sequence(0x00209116, [{ tag: 0x00200037, vr: 'DS', value: [0, 1, 0, 0, 0, -1] }]),
    sequence(0x00289110, [{ tag: 0x00280030, vr: 'DS', value: [0.7, 0.8] }]),
    sequence(0x00289145, [
      { tag: 0x00281052, vr: 'DS', value: [-5] },
      { tag: 0x00281053, vr: 'DS', value: [2] },
    ]),
  ]
  const also: Element[] = [
    { tag: 0x52009229, vr: 'SQ', value: [shared] },
    { tag: 0x52009230, vr: 'SQ', value: [perFrame(10), perFrame(12.5)] },
  ]
  const without = [0x00200032, 0x00200037, 0x00280030, 0x00281052, 0x00281053]
  const { frames } = await readInstance(await writePart10(imageElements({ frames: 2, also, without })))
  expect(frames.map((frame) => frame.position)).toEqual([
    [1, 2, 10],
    [1, 2, 12.5],
  ])
  expect(frames[1]).toMatchObject({
    orientation: { row: [0, 1, 0], column: [0, 0, -1] },
    spacing: { row: 0.7, column: 0.8, at: 'patient' },
    rescale: { slope: 2, intercept: -5 },
  })
})

it('[S1] a Node Buffer and a view into a larger buffer read alike', async () => {
  const bytes = await writePart10(imageElements())
  const view = new Uint8Array(bytes.length + 7)
  view.set(bytes, 7)
  const plain = await readInstance(bytes)
  expect((await readInstance(view.subarray(7))).frames).toEqual(plain.frames)
  expect((await readInstance(Buffer.from(bytes))).frames).toEqual(plain.frames)
})

it('writes decimals of at most 16 characters', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (value) => {
      const text = decimalString(value)
      expect(text.length).toBeLessThanOrEqual(16)
      expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(Math.max(1e-12, Math.abs(value) * 1e-8))
    }),
  )
})

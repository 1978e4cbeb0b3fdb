import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeFrames, encodeFrames, frameBytes, PACK_BYTES, PACK_FRAMES, planPacks } from './packs.ts'
import { bytesOf, kindOf, type SampleKind, samplesOver } from './samples.ts'

const KINDS: readonly SampleKind[] = ['int16', 'uint16', 'int32', 'uint32', 'float32', 'float64', 'uint8x3']

describe.each(KINDS)('%s', (samples) => {
  /** Every pattern of bits, so also every NaN, infinity and zero: what comes back is compared as bytes. */
  const shapes = fc.record({
    rows: fc.integer({ min: 1, max: 8 }),
    columns: fc.integer({ min: 1, max: 40 }),
    count: fc.integer({ min: 1, max: 5 }),
    bits: fc.infiniteStream(fc.integer({ min: 0, max: 0xff })),
  })

  it('[S6] a pack gives back exactly what was put in, to the bit', () => {
    fc.assert(
      fc.property(shapes, ({ rows, columns, count, bits }) => {
        const shape = { rows, columns, samples }
        const frames = Array.from({ length: count }, () =>
          samplesOver(
            samples,
            Uint8Array.from({ length: frameBytes(shape) }, () => bits.next().value).buffer,
          ),
        )
        const bytes = encodeFrames(frames, shape)
        expect(bytes).toHaveLength(count * frameBytes(shape))
        const back = decodeFrames(bytes, { ...shape, count })
        expect(back.map(kindOf)).toEqual(frames.map(() => samples))
        expect(back.map(bytesOf)).toEqual(frames.map(bytesOf))
      }),
    )
  })

  it('[S6] extreme differences wrap and come back', () => {
    const shape = { rows: 2, columns: 3, samples }
    const values = EXTREMES[samples]
    const frame = samplesOver(samples, new ArrayBuffer(frameBytes(shape)))
    frame.set(Array.from({ length: frame.length }, (_, k) => values[k % values.length] as number))
    const [back] = decodeFrames(encodeFrames([frame], shape), { ...shape, count: 1 })
    expect(back).toEqual(frame)
  })
})

const EXTREMES: Record<SampleKind, readonly number[]> = {
  int16: [-32768, 32767, -1],
  uint16: [0, 65535, 1],
  int32: [-(2 ** 31), 2 ** 31 - 1, -1],
  uint32: [0, 2 ** 32 - 1, 1],
  float32: [3.4028234663852886e38, -3.4028234663852886e38, 1.401298464324817e-45, -0],
  float64: [Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, -0],
  uint8x3: [0, 255, 1, 254],
}

it('[S6] the same values are the same bytes wherever they lie in memory', () => {
  const row = fc.integer({ min: 1, max: 5 }).map((fours) => fours * 4)
  fc.assert(
    fc.property(row, fc.infiniteStream(fc.integer({ min: -32768, max: 32767 })), (columns, values) => {
      const shape = { rows: 3, columns, samples: 'int16' } as const
      const memory = new Int16Array(3 * columns + 1)
      const [even, odd] = [memory.subarray(0, -1), memory.subarray(1)]
      odd.set(Array.from(odd, () => values.next().value))
      const oneByOne = encodeFrames([odd], shape)
      even.set(odd.slice())
      expect(encodeFrames([even], shape)).toEqual(oneByOne)
      const back = decodeFrames(oneByOne, { ...shape, count: 1 }, new Int16Array(3 * columns + 1).subarray(1))
      expect(back).toEqual([even])
      expect(decodeFrames(oneByOne, { ...shape, count: 1 })).toEqual([even])
    }),
  )
})

it('[S6] a NaN keeps its bits, and a number of 64 bits all of its digits', () => {
  const nans = new Float32Array(Uint32Array.of(0x7fc00001, 0xffc12345).buffer)
  const shape = { rows: 1, columns: 2 } as const
  const [back] = decodeFrames(encodeFrames([nans], { ...shape, samples: 'float32' }), {
    ...shape,
    samples: 'float32',
    count: 1,
  })
  expect([...new Uint32Array((back as Float32Array).buffer)]).toEqual([0x7fc00001, 0xffc12345])
  const thirds = Float64Array.of(1 / 3, -2 / 3)
  const bytes = encodeFrames([thirds], { ...shape, samples: 'float64' })
  expect(decodeFrames(bytes, { ...shape, samples: 'float64', count: 1 })).toEqual([thirds])
})

it('[S6] colour is compared with the same colour of the pixel before', () => {
  const frame = Uint8Array.of(10, 20, 30, 11, 19, 30)
  const bytes = encodeFrames([frame], { rows: 1, columns: 2, samples: 'uint8x3' })
  expect([...bytes]).toEqual([10, 20, 30, 1, 255, 0])
})

it('samples are viewed where they lie, and what is no array of them is a mistake of ours', () => {
  const all = Int32Array.of(1, 2, 3, 4)
  expect(samplesOver('int32', all.buffer, 4, 2)).toEqual(Int32Array.of(2, 3))
  expect(bytesOf(all.subarray(1, 2))).toEqual(Uint8Array.of(2, 0, 0, 0))
  expect(() => kindOf(new Int8Array(1) as never)).toThrow('not an array of samples')
})

it('[S6] low bytes come before high bytes, as differences along the row', () => {
  const bytes = encodeFrames([Int16Array.of(0x0102, 0x0103, -1, -2)], {
    rows: 2,
    columns: 2,
    samples: 'int16',
  })
  expect([...bytes]).toEqual([0x02, 0x01, 0xff, 0xff, 0x01, 0x00, 0xff, 0xff])
})

it('[S6] decodes into a place in a volume', () => {
  const volume = new Uint16Array(3 * 4)
  const frame = Uint16Array.of(9, 8, 70, 60000)
  const [decoded] = decodeFrames(
    encodeFrames([frame], { rows: 2, columns: 2, samples: 'uint16' }),
    { rows: 2, columns: 2, count: 1, samples: 'uint16' },
    volume.subarray(4, 8),
  )
  expect([...volume]).toEqual([0, 0, 0, 0, 9, 8, 70, 60000, 0, 0, 0, 0])
  expect(decoded?.buffer).toBe(volume.buffer)
})

it('[S6] refuses bytes that are not as long as the shape says', () => {
  const shape = { rows: 2, columns: 2, count: 1, samples: 'uint16' } as const
  expect(() => decodeFrames(new Uint8Array(7), shape)).toThrow('7 bytes, not the 8 of 1 frames')
  expect(() => decodeFrames(new Uint8Array(8), shape, new Uint16Array(3))).toThrow('too short')
  expect(() => encodeFrames([new Int16Array(3)], shape)).toThrow('holds 6 bytes, not 8')
})

it('[S6] every frame is in exactly one pack, the middle one first and alone', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 700 }), fc.integer({ min: 1, max: 2 ** 26 }), (frames, bytes) => {
      const plan = planPacks(frames, bytes)
      expect(plan[0]).toEqual({ first: Math.floor(frames / 2), count: 1 })
      const all = plan.flatMap(({ first, count }) => Array.from({ length: count }, (_, k) => first + k))
      expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: frames }, (_, k) => k))
      for (const { count } of plan) {
        expect(count).toBeLessThanOrEqual(PACK_FRAMES)
        if (count > 1) expect(count * bytes).toBeLessThanOrEqual(PACK_BYTES)
      }
    }),
  )
})

it('[S6] packs alternate above and below the middle', () => {
  expect(planPacks(60, 524_288)).toEqual([
    { first: 30, count: 1 },
    { first: 31, count: 16 },
    { first: 14, count: 16 },
    { first: 47, count: 13 },
    { first: 0, count: 14 },
  ])
  // A radiograph of 3000 by 2500: two are 30 MB.
  expect(planPacks(6, 15_000_000)).toEqual([
    { first: 3, count: 1 },
    { first: 4, count: 2 },
    { first: 1, count: 2 },
    { first: 0, count: 1 },
  ])
  expect(planPacks(0, 1)).toEqual([])
  expect(() => planPacks(-1, 1)).toThrow()
})

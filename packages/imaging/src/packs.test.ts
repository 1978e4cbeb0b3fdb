import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeFrames, encodeFrames, PACK_FRAMES, planPacks } from './packs.ts'

it('[S6] a pack gives back exactly what was put in', () => {
  fc.assert(
    fc.property(
      fc.record({
        rows: fc.integer({ min: 1, max: 8 }),
        columns: fc.integer({ min: 1, max: 40 }),
        count: fc.integer({ min: 1, max: 5 }),
        signed: fc.boolean(),
        bits: fc.infiniteStream(fc.integer({ min: 0, max: 0xffff })),
      }),
      ({ rows, columns, count, signed, bits }) => {
        const samples = signed ? 'int16' : 'uint16'
        const frames = Array.from({ length: count }, () => {
          const values = Array.from({ length: rows * columns }, () => bits.next().value as number)
          return signed ? Int16Array.from(values) : Uint16Array.from(values)
        })
        const bytes = encodeFrames(frames, { rows, columns, samples })
        expect(decodeFrames(bytes, { rows, columns, count, samples })).toEqual(frames)
      },
    ),
  )
})

it('[S6] extreme differences wrap and come back', () => {
  const frame = Int16Array.of(-32768, 32767, -32768, 32767, 0, -1)
  const bytes = encodeFrames([frame], { rows: 2, columns: 3, samples: 'int16' })
  expect(decodeFrames(bytes, { rows: 2, columns: 3, count: 1, samples: 'int16' })).toEqual([frame])
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
    fc.property(fc.integer({ min: 1, max: 700 }), (frames) => {
      const plan = planPacks(frames)
      expect(plan[0]).toEqual({ first: Math.floor(frames / 2), count: 1 })
      const all = plan.flatMap(({ first, count }) => Array.from({ length: count }, (_, k) => first + k))
      expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: frames }, (_, k) => k))
      for (const { count } of plan) expect(count).toBeLessThanOrEqual(PACK_FRAMES)
    }),
  )
})

it('[S6] packs alternate above and below the middle', () => {
  expect(planPacks(60)).toEqual([
    { first: 30, count: 1 },
    { first: 31, count: 16 },
    { first: 14, count: 16 },
    { first: 47, count: 13 },
    { first: 0, count: 14 },
  ])
  expect(planPacks(0)).toEqual([])
  expect(() => planPacks(-1)).toThrow()
})

import { encodeFrames } from '@consilium/imaging/packs'
import { describe, expect, it } from 'vitest'
import { madeMeta } from '../testing/meta.ts'
import { packSource } from '../testing/packSource.ts'
import { firstPicture } from './thumbnail.ts'

const meta = madeMeta({ rows: 2, columns: 3, slices: 5, frames: 5, packs: [{ first: 2, count: 1 }] })
const small = { factor: 2, rows: 1, columns: 2, packs: [{ first: 1, count: 2 }] }

describe('the first picture of a series', () => {
  it('[V20] comes alone', async () => {
    const asked: unknown[] = []
    const values = Int16Array.of(1, 2, 3, 4, 5, 6)
    const found = await firstPicture(
      meta,
      packSource(async (pack, lower) => {
        asked.push([pack, lower])
        return encodeFrames([values], meta).slice().buffer
      }),
      new AbortController().signal,
    )
    expect(asked).toEqual([[0, false]])
    expect(found).toEqual({ frame: 2, drawable: { values, rows: 2, columns: 3, factor: 1 } })
  })

  it('[V20] comes in less detail where there is such a copy', async () => {
    const asked: unknown[] = []
    const frames = [Int16Array.of(7, 8), Int16Array.of(9, 10)]
    const found = await firstPicture(
      { ...meta, lower: small },
      packSource(async (pack, lower) => {
        asked.push([pack, lower])
        return encodeFrames(frames, { ...small, samples: meta.samples }).slice().buffer
      }),
      new AbortController().signal,
    )
    expect(asked).toEqual([[0, true]])
    expect(found).toEqual({ frame: 1, drawable: { values: frames[0], rows: 1, columns: 2, factor: 2 } })
  })
})

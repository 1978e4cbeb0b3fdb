import { dot, type Vec3 } from '@consilium/geometry/vec3'
import { axesOf, UPRIGHT } from '@consilium/imaging/hung'
import { encodeFrames } from '@consilium/imaging/packs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Viewing } from '../stage/viewing.ts'
import { madeMeta } from '../testing/meta.ts'
import { packSource } from '../testing/packSource.ts'
import { madeVolume } from '../testing/volume.ts'
import { drawThumbnail, firstPicture } from './thumbnail.ts'

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

/** A canvas that remembers where a picture was drawn on it: the matrix, and the size. */
function paper(width: number, height: number) {
  let matrix = new Float64Array(4)
  const drawn: { right: Vec3; down: Vec3; size: readonly number[] }[] = []
  const times = (a: number, b: number, c: number, d: number): void => {
    const [e = 0, f = 0, g = 0, h = 0] = matrix
    matrix = Float64Array.of(e * a + g * b, f * a + h * b, e * c + g * d, f * c + h * d)
  }
  const context = {
    createImageData: (columns: number, rows: number) => ({ data: new Uint8ClampedArray(4 * columns * rows) }),
    putImageData: () => undefined,
    fillRect: () => undefined,
    setTransform: (a: number, b: number, c: number, d: number) => {
      matrix = Float64Array.of(a, b, c, d)
    },
    resetTransform: () => undefined,
    scale: (x: number, y: number) => times(x, 0, 0, y),
    rotate: (angle: number) => times(Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle)),
    drawImage: (_: unknown, ...[, , w = 0, h = 0]: number[]) => {
      const [a = 0, b = 0, c = 0, d = 0] = matrix
      drawn.push({ right: [a, b, 0], down: [c, d, 0], size: [w, h] })
    },
  }
  const canvas = { width, height, getContext: () => context } as unknown as HTMLCanvasElement
  return { canvas, drawn }
}

describe('[V20] a small picture hangs as its series opens', () => {
  afterEach(() => void vi.unstubAllGlobals())
  const stored = [false, true].flatMap((flipped) =>
    ([0, 90, 180, 270] as const).map((rotation) => ({ rotation, flipped })),
  )
  const axial = { row: [1, 0, 0], column: [0, 1, 0] } as const
  it.each(
    ['', 'MR'].flatMap((modality) =>
      stored.map((way) => [modality || 'a volume file', way, modality] as const),
    ),
  )('%s, stored %j', (_, way, modality) => {
    vi.stubGlobal('document', { createElement: () => paper(0, 0).canvas })
    const { right: row, down: column } = axesOf(axial, way)
    const [origin, step] = [[1, 2, 3] as const, [0, 0, 1] as const]
    const shape = { columns: 4, rows: 2, slices: 3 }
    const volume = madeVolume({
      origin,
      row,
      column,
      step,
      ...shape,
      columnSpacing: 1,
      rowSpacing: 1,
      storedAt: () => 0,
      meta: { modality },
    })
    const viewing = new Viewing(() => {})
    viewing.resize(60, 60)
    viewing.open(volume)
    const { canvas, drawn } = paper(60, 60)
    const values = new Int16Array(8)
    drawThumbnail(canvas, volume.meta, { frame: 0, drawable: { values, rows: 2, columns: 4, factor: 1 } })
    const { right, down } = viewing.camera!
    const onScreen = (side: Vec3) => [dot(side, right), dot(side, down), 0].map((one) => expect.closeTo(one))
    expect(drawn).toEqual([{ right: onScreen(row), down: onScreen(column), size: [60, 30] }])
    expect(viewing.turned).toEqual(UPRIGHT)
  })
})

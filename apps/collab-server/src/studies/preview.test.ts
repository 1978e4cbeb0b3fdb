import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { drawPicture, drawPreview, PREVIEW_SIDE, previewName } from './preview.ts'

const about = {
  rows: 64,
  columns: 128,
  spacing: { row: 2, column: 1, slice: null },
  windows: [{ center: 0, width: 100, name: '' }],
  rescale: { slope: 1, intercept: -1024, unit: 'HU' },
  photometric: 'MONOCHROME2' as const,
  modality: 'CT',
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  positions: [[-50, -50, 0]],
}

function look(png: Buffer): { width: number; height: number; at: (x: number, y: number) => number } {
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const at = png.indexOf('IDAT')
  const lines = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))
  const grey = new Uint8Array(width * height)
  for (let i = 0; i < grey.length; i++) {
    const y = Math.floor(i / width)
    grey[i] = lines[y * (width + 1) + 1 + (i % width)]! + (y > 0 ? grey[i - width]! : 0)
  }
  return { width, height, at: (x, y) => grey[y * width + x]! }
}

/** Left half far below the window, right half far above it. */
const halves = Int16Array.from({ length: 64 * 128 }, (_, i) => (i % 128 < 64 ? 0 : 3000))

test('a preview shows the window of the file, in true proportions', () => {
  const picture = look(drawPreview(halves, about))
  expect([picture.width, picture.height]).toEqual([PREVIEW_SIDE, PREVIEW_SIDE])
  expect([picture.at(10, 128), picture.at(250, 128)]).toEqual([0, 255])
})

test('MONOCHROME1 is shown inverted; without a window the values themselves say what is black and white', () => {
  const inverted = look(drawPreview(halves, { ...about, photometric: 'MONOCHROME1' }))
  expect([inverted.at(10, 128), inverted.at(250, 128)]).toEqual([255, 0])
  const own = look(drawPreview(halves, { ...about, windows: [] }))
  expect([own.at(10, 128), own.at(250, 128)]).toEqual([0, 255])
  const flat = look(drawPreview(new Int16Array(64 * 128), { ...about, windows: [] }))
  expect(flat.at(0, 0)).toBe(0)
})

test('[Q5] a picture to look at closely has one pixel for each of the frame’s', () => {
  const stepped = Int16Array.from({ length: 49 * 7 }, (_, i) => (i % 49) * 5)
  const look49 = { ...about, rows: 7, columns: 49, windows: [{ center: 120, width: 240 }] }
  const picture = look(drawPicture(stepped, { ...look49, rescale: { slope: 1, intercept: 0 } }))
  expect([picture.width, picture.height]).toEqual([49, 7])
  const seen = Array.from({ length: 49 }, (_, x) => picture.at(x, 3))
  expect(seen).toEqual(Array.from({ length: 49 }, (_, x) => Math.round(((x * 5) / 240) * 255)))
})

test('colour is shown as it is', () => {
  const colour = { ...about, rows: 1, columns: 2, photometric: 'RGB' as const, windows: [] }
  const png = drawPicture(Uint8Array.of(200, 10, 20, 30, 40, 50), colour)
  const at = png.indexOf('IDAT')
  const [, ...levels] = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))
  expect(levels).toEqual([200, 10, 20, 30, 40, 50])
})

test.each([
  ['right to left', [-1, 0, 0, 0, 1, 0], [255, 0, 255, 0]],
  ['from behind and right to left', [-1, 0, 0, 0, -1, 0], [255, 0, 255, 0]],
  ['from behind, by columns', [0, -1, 0, 1, 0, 0], [255, 255, 0, 0]],
  ['by columns', [0, 1, 0, 1, 0, 0], [0, 0, 255, 255]],
])('[V20] a volume file stored %s hangs as radiologists look', (_, direction, corners) => {
  const volume = { ...about, modality: '', direction: [...direction, 0, 0, 1] }
  const { width, height, at } = look(drawPreview(halves, volume))
  const [right, bottom] = [width - 1, height - 1]
  expect([at(0, 0), at(right, 0), at(0, bottom), at(right, bottom)]).toEqual(corners)
})

test('[V97] previews that hang in another way have other names, so that none is shown from before', () => {
  const ways = [
    [1, 0, 0, 0, 1, 0],
    [-1, 0, 0, 0, 1, 0],
    [-1, 0, 0, 0, -1, 0],
    [0, -1, 0, 1, 0, 0],
    [0, 1, 0, 1, 0, 0],
  ].map((direction) => previewName({ ...about, modality: '', direction: [...direction, 0, 0, 1] }))
  expect(new Set(ways).size).toBe(ways.length)
  // A scanner's slices hang as they are stored, whatever the volume files do.
  expect(previewName({ ...about, direction: [-1, 0, 0, 0, 1, 0, 0, 0, 1] })).toBe(previewName(about))
})

/**
 * Makes the picture beside sign-in, out of the project's own phantom: one slice of the right lung in a wide window, as a grey PNG,
 * and three outlines of its nodule in the pixels of that picture, with their true longest diameters.
 * Run it when the phantom changes: `node apps/web/tools/cover.ts`. It writes cover.png and cover.json beside the page that shows them.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'
import { chestPhantom } from '@consilium/imaging/phantom'

const SIZE = 1280
/** HU of stored value 0, as the phantom's files say. */
const RESCALE_INTERCEPT = -1024
/** Of the field of view; the part that is shown, in mm, patient space. */
const CROP = { left: -122, top: -76, width: 140, height: 142 }
/** Wide enough that soft tissue is not white: lung and mediastinum at once. HU. */
const WINDOW = { center: -220, width: 1750 }

/** Radius of each outline by angle (0 towards the patient's left, clockwise on screen), in mm. */
const OUTLINES = [
  { letter: 'B', radius: (a: number) => 8.3 + 3.6 * bump(a, 2.2, 0.75) + 0.5 * Math.cos(3 * a + 1) },
  { letter: 'A', radius: (a: number) => 7.5 + 0.35 * Math.cos(2 * a + 0.6) + 0.2 * Math.cos(5 * a) },
  { letter: 'C', radius: (a: number) => 6.1 + 0.2 * Math.cos(2 * a) + 0.12 * Math.cos(7 * a + 2) },
] as const

/** A rounded swelling around the angle `at`, 0 to 1. */
const bump = (angle: number, at: number, wide: number): number => {
  const away = Math.atan2(Math.sin(angle - at), Math.cos(angle - at))
  return Math.exp(-((away / wide) ** 2))
}

const chest = chestPhantom({ size: SIZE, slices: 60 })
const nodule = chest.nodules.find((one) => one.lobe === 'RUL' && one.kind === 'solid')
if (!nodule) throw new Error('the phantom has no solid nodule in the right upper lobe')
const [noduleX, noduleY, noduleZ] = nodule.centre

/** The slice nearest to the nodule's centre. */
function sliceThrough(z: number) {
  for (const slice of chest.render()) if (slice.position[2] + chest.spacing.slice / 2 >= z) return slice
  throw new Error(`no slice at ${z} mm`)
}

const slice = sliceThrough(noduleZ)
const mmPerPixel = chest.spacing.column
const width = Math.round(CROP.width / mmPerPixel)
const height = Math.round(CROP.height / mmPerPixel)
const firstColumn = Math.round((CROP.left - slice.position[0]) / mmPerPixel)
const firstRow = Math.round((CROP.top - slice.position[1]) / mmPerPixel)

/** Stored value as grey, 0 to 255. */
const grey = (stored: number): number => {
  const hu = stored + RESCALE_INTERCEPT
  return Math.max(0, Math.min(255, 255 * ((hu - WINDOW.center) / WINDOW.width + 0.5)))
}

/** 3 x 3 binomial: the picture is enlarged on screen, where single noisy pixels would look like blocks. */
function smoothed(): Uint8Array {
  const out = new Uint8Array(width * height)
  const weights = [1, 2, 1]
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      let sum = 0
      for (const [dy, wy] of weights.entries())
        for (const [dx, wx] of weights.entries()) {
          const y = firstRow + row + dy - 1
          const x = firstColumn + column + dx - 1
          sum += wy * wx * grey(slice.pixels[y * SIZE + x] ?? 0)
        }
      // Steps of two: half the entropy of the noise, none of the picture.
      out[row * width + column] = 2 * Math.min(127, Math.round(sum / 32))
    }
  return out
}

/** One PNG chunk: length, type, data, CRC (PNG 5.3). */
function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}

/** Eight-bit greyscale PNG, each row by the Paeth filter (PNG 9.4). */
function png(pixels: Uint8Array): Buffer {
  const at = (row: number, column: number) =>
    row < 0 || column < 0 ? 0 : (pixels[row * width + column] ?? 0)
  const raw = Buffer.alloc((width + 1) * height)
  for (let row = 0; row < height; row++) {
    raw[row * (width + 1)] = 4
    for (let column = 0; column < width; column++) {
      const [left, up, corner] = [at(row, column - 1), at(row - 1, column), at(row - 1, column - 1)]
      const guess = left + up - corner
      const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(guess - value)) as [
        number,
        number,
        number,
      ]
      const predicted = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner
      raw[row * (width + 1) + 1 + column] = (at(row, column) - predicted) & 255
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

type Place = readonly [number, number]

/** Closed curve through the points, as cubic Béziers (Catmull-Rom, tension 1/6), in pixels of the picture. */
function pathThrough(points: readonly Place[]): string {
  const show = (value: number) => String(Math.round(value * 10) / 10)
  const point = (index: number): Place => points[(index + points.length) % points.length] as Place
  const parts = points.map((_, index) => {
    const [before, from, to, after] = [point(index - 1), point(index), point(index + 1), point(index + 2)]
    const one = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6]
    const two = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6]
    return `C${[...one, ...two, ...to].map(show).join(' ')}`
  })
  return `M${point(0).map(show).join(' ')}${parts.join('')}Z`
}

const outlines = OUTLINES.map(({ letter, radius }) => {
  const mm = Array.from({ length: 36 }, (_, index): Place => {
    const angle = (index / 36) * 2 * Math.PI
    return [noduleX + radius(angle) * Math.cos(angle), noduleY + radius(angle) * Math.sin(angle)]
  })
  const longest = Math.max(...mm.flatMap((a) => mm.map((b) => Math.hypot(a[0] - b[0], a[1] - b[1]))))
  const pixels = mm.map(
    ([x, y]): Place => [(x - CROP.left) / mmPerPixel - 0.5, (y - CROP.top) / mmPerPixel - 0.5],
  )
  return { letter, longestMm: Math.round(longest * 10) / 10, path: pathThrough(pixels) }
})

const folder = new URL('../src/rooms/signIn/', import.meta.url)
mkdirSync(folder, { recursive: true })
writeFileSync(new URL('cover.png', folder), png(smoothed()))
writeFileSync(new URL('cover.json', folder), `${JSON.stringify({ width, height, outlines }, null, 2)}\n`)

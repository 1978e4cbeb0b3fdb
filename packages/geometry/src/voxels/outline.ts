/**
 * The edge of a slice of a region as closed lines, for display: marching squares, with corners midway between a painted and a bare pixel.
 * Pixels that touch only at a corner are apart, as islands are. Corners are cut off, so a line encloses a little less than its voxels cover:
 * nothing is measured in it.
 */
import type { Bitmap } from './slices.ts'

/**
 * u, v, u, v …; pixel centres at whole numbers. Where u points right and v down a line runs clockwise around what is painted, and the
 * other way round around a hole.
 */
export type Loop = Float32Array

/** Of each pattern of a square's corners, taken clockwise from the first: the sides (0 above, 1 right, 2 below, 3 left) that are joined. */
const JOINED: readonly (readonly (readonly [from: number, to: number])[])[] = Array.from(
  { length: 16 },
  (_, pattern) => {
    const isPainted = (corner: number): boolean => ((pattern >> (corner & 3)) & 1) === 1
    return [0, 1, 2, 3].flatMap((corner) => {
      if (!isPainted(corner) || isPainted(corner + 3)) return []
      let last = corner
      while (isPainted(last + 1)) last++
      return [[last & 3, (corner + 3) & 3] as const]
    })
  },
)

/** Made anew for every dab of whoever paints: of the many pixels that no line passes little more is done than to look at them. */
export function outlinesOf(bitmap: Bitmap): Loop[] {
  const { pixels, width, height } = padded(bitmap)
  const next = joinedSides(pixels, width, height)
  const loops: Loop[] = []
  for (let side = 0; side < next.length; side++) {
    if (next[side] === 0) continue
    const points: number[] = []
    for (let at = side; next[at] !== 0; ) {
      const pixel = at >> 1
      const y = Math.floor(pixel / width)
      const down = at & 1
      points.push(bitmap.u0 - 1 + pixel - y * width + (1 - down) / 2, bitmap.v0 - 1 + y + down / 2)
      const then = next[at] as number
      next[at] = 0
      at = then
    }
    loops.push(withoutStraights(points))
  }
  return loops
}

/** Each side that an edge crosses, by the pixel it starts at: twice its place, and 1 more for the side downwards -> the next one. */
function joinedSides(pixels: Uint8Array, width: number, height: number): Int32Array {
  const next = new Int32Array(2 * pixels.length)
  for (let y = 0; y + 1 < height; y++) {
    // The left half of each square is the right half of the one before, and bare at the edge.
    let left = 0
    for (let at = y * width, end = at + width - 1; at < end; at++) {
      const right = (pixels[at + 1] as number) | ((pixels[at + width + 1] as number) << 1)
      if (right !== left || right === 1 || right === 2) {
        const pattern = (left & 1) | ((right & 1) << 1) | ((right & 2) << 1) | ((left & 2) << 2)
        const sides = [2 * at, 2 * (at + 1) + 1, 2 * (at + width), 2 * at + 1]
        for (const [from, to] of JOINED[pattern] as (typeof JOINED)[number])
          next[sides[from] as number] = sides[to] as number
      }
      left = right
    }
  }
  return next
}

/** With a bare pixel on every side, so that every line closes; the side at place 0 is crossed by none. */
function padded({ width, height, bits }: Bitmap): { pixels: Uint8Array; width: number; height: number } {
  const pixels = new Uint8Array((width + 2) * (height + 2))
  for (let v = 0; v < height; v++)
    pixels.set(bits.subarray(v * width, (v + 1) * width), (v + 1) * (width + 2) + 1)
  return { pixels, width: width + 2, height: height + 2 }
}

/** Without the points at which the line does not turn. */
function withoutStraights(points: readonly number[]): Loop {
  const kept: number[] = []
  const count = points.length
  let beforeU = points[count - 2] as number
  let beforeV = points[count - 1] as number
  for (let at = 0; at < count; at += 2) {
    const u = points[at] as number
    const v = points[at + 1] as number
    const nu = (points[(at + 2) % count] as number) - u
    const nv = (points[(at + 3) % count] as number) - v
    if ((u - beforeU) * nv !== (v - beforeV) * nu) kept.push(u, v)
    beforeU = u
    beforeV = v
  }
  return Float32Array.from(kept)
}

/**
 * The outline of a layer as lines: so far away that a voxel is hardly seen smooth ones, near by the edges of the voxels themselves, so that
 * nobody takes a cut corner for what is painted. Places are pixels of the sheet, centres at whole numbers. Pure.
 */
import { outlinesOf } from '@consilium/geometry/voxels/outline'
import { around, NOWHERE, type Rect } from './rect.ts'

/** x, y, x, y …; `closed`: the last is joined to the first. */
export interface Line {
  readonly points: ArrayLike<number>
  readonly closed: boolean
}

/** The least rectangle around what is set, of `within` alone, which lies on the sheet; null where nothing is. */
export function boundsOfBits(bits: Uint8Array, width: number, within = wholeOf(bits, width)): Rect | null {
  const top = Math.floor(bits.indexOf(1, within.y0 * width) / width)
  const bottom = Math.floor(bits.lastIndexOf(1, within.y1 * width - 1) / width)
  let bounds: Rect | null = null
  for (let y = top < 0 ? within.y1 : Math.max(top, within.y0); y <= bottom; y++) {
    const row = bits.subarray(y * width + within.x0, y * width + within.x1)
    const left = row.indexOf(1)
    if (left < 0) continue
    const right = within.x0 + row.lastIndexOf(1) + 1
    bounds = around(bounds ?? NOWHERE, { x0: within.x0 + left, y0: y, x1: right, y1: y + 1 })
  }
  return bounds
}

const wholeOf = (bits: Uint8Array, width: number): Rect => ({
  x0: 0,
  y0: 0,
  x1: width,
  y1: bits.length / width,
})

export function smoothEdges(bits: Uint8Array, width: number, rect: Rect): Line[] {
  const { x0, y0, x1, y1 } = rect
  const part = new Uint8Array((x1 - x0) * (y1 - y0))
  for (let y = y0; y < y1; y++) part.set(bits.subarray(y * width + x0, y * width + x1), (y - y0) * (x1 - x0))
  const bitmap = { u0: x0, v0: y0, width: x1 - x0, height: y1 - y0, bits: part }
  return outlinesOf(bitmap).map((points) => ({ points, closed: true }))
}

/** Straight pieces, each as long as it can be. */
export function voxelEdges(bits: Uint8Array, width: number, rect: Rect): Line[] {
  const { x0, y0, x1, y1 } = rect
  const isSet = (x: number, y: number): boolean =>
    x >= x0 && x < x1 && y >= y0 && y < y1 && bits[y * width + x] !== 0
  const lines: Line[] = []
  const along = (
    [from, to]: readonly [number, number],
    isEdge: (at: number) => boolean,
    tell: (from: number, to: number) => void,
  ): void => {
    let start = -1
    for (let at = from; at <= to; at++) {
      const edge = at < to && isEdge(at)
      if (edge && start < 0) start = at
      if (edge || start < 0) continue
      tell(start - 0.5, at - 0.5)
      start = -1
    }
  }
  for (let y = y0; y <= y1; y++)
    along(
      [x0, x1],
      (x) => isSet(x, y - 1) !== isSet(x, y),
      (from, to) => lines.push({ points: [from, y - 0.5, to, y - 0.5], closed: false }),
    )
  for (let x = x0; x <= x1; x++)
    along(
      [y0, y1],
      (y) => isSet(x - 1, y) !== isSet(x, y),
      (from, to) => lines.push({ points: [x - 0.5, from, x - 0.5, to], closed: false }),
    )
  return lines
}

/**
 * Where lung is: inside the rib cage, off the mediastinum, above the diaphragm. Signed distance, negative inside, mm (first order).
 * The mediastinum is the rounded union of everything the lungs keep clear of; the diaphragm two domes with deep edges at the back.
 */
import { AIRWAYS, ORGANS } from './organs.ts'
import type { Outlines } from './outlines.ts'
import { mix } from './random.ts'
import type { Grid } from './raster.ts'
import { blend, type Capsule, capsuleDistance, crosses } from './shapes.ts'
import { spineCentre } from './skeleton.ts'

interface Keep {
  readonly part: Capsule
  readonly clear: number
}

const KEEPS: readonly Keep[] = [...ORGANS, ...AIRWAYS].flatMap(({ parts, clear }) =>
  clear > 0 ? parts.map((part) => ({ part, clear })) : [],
)
/** Rounding of the seams between organs. */
const ROUND = 9
/** Pleura and fat between ribs and lung. */
const PLEURA = 1.2

/** Height of the diaphragm over a place, mm. */
export function diaphragmAt(x: number, y: number): number {
  const right = dome(x + 68, y + 4, -84, 66, 74)
  const left = dome(x - 70, y + 2, -97, 64, 74)
  const middle = dome(x - 8, y + 36, -91, 62, 58) // under the heart
  return -blend(blend(-right, -left, 8), -middle, 8)
}

function dome(dx: number, dy: number, top: number, rx: number, ry: number): number {
  const back = dy > 0 ? dy * 0.92 : dy
  const d2 = (dx / rx) ** 2 + (back / ry) ** 2
  return top - 17 * d2 - 20 * d2 * d2
}

/** Signed distance to the mediastinum at one height; build once per slice. */
function mediastinumAt(z: number): (x: number, y: number) => number {
  const keeps = KEEPS.filter(({ part, clear }) => crosses(part, z, clear + 30))
  const spine = spineCentre(z)
  const inlet = 1.5 * Math.max(0, z - 62)
  return (x, y) => {
    let d = Math.hypot(x / 1.06, (y - spine) * 1.05) - 19 // vertebra and the tissue before it
    d = Math.min(d, Math.max(Math.abs(x) - 16, spine - y)) // all behind it
    const front = Math.abs(x - 3) - 4 - 10 * Math.exp(-((y + 84) ** 2) / 400)
    d = blend(d, Math.max(front, y + 10), ROUND) // the fold between the lungs behind the sternum
    d = blend(d, Math.hypot(x + 1, (y - 20) * 0.6) - 14, ROUND)
    if (inlet > 4) d = blend(d, (Math.hypot(x / 60, (y + 92) / inlet) - 1) * Math.min(60, inlet), 14) // great vessels lie before the apices
    for (const { part, clear } of keeps) d = blend(d, capsuleDistance(part, x, y, z) - clear, ROUND)
    return d
  }
}

export function lungDistance(
  radius: number,
  cavity: number,
  mediastinum: number,
  x: number,
  y: number,
  z: number,
): number {
  const chest = radius - cavity + PLEURA
  const below = (diaphragmAt(x, y) - z) * 0.75
  return Math.max(chest, -mediastinum, below)
}

/** For single places, as the trees ask. `outlines` must be those of z. */
export function lungProbe(z: number, outlines: Outlines, indexOf: (x: number, y: number) => number) {
  const mediastinum = mediastinumAt(z)
  return (x: number, y: number): number => {
    const cavity = outlines.cavity[indexOf(x, y)] as number
    return lungDistance(Math.hypot(x, y), cavity, mediastinum(x, y), x, y, z)
  }
}

/** Pixels between the places where the mediastinum is worked out; it is smooth, so the rest is interpolated. */
const STRIDE = 4

/** The mediastinum of a slice on a coarse lattice. */
export class MediastinumField {
  private readonly grid: Grid
  private readonly width: number
  private readonly values: Float32Array

  constructor(grid: Grid) {
    this.grid = grid
    this.width = Math.ceil(grid.size / STRIDE) + 2
    this.values = new Float32Array(this.width ** 2)
  }

  /** For one height, within half sides (mm) around the axis. */
  fill(z: number, halfX: number, halfY: number): void {
    const at = mediastinumAt(z)
    const { x0, y0, spacing } = this.grid
    for (let r = 0, i = 0; r < this.width; r++) {
      const y = y0 + r * STRIDE * spacing
      for (let c = 0; c < this.width; c++, i++) {
        const x = x0 + c * STRIDE * spacing
        if (Math.abs(x) < halfX && Math.abs(y) < halfY) this.values[i] = at(x, y)
      }
    }
  }

  at(i: number): number {
    const { size } = this.grid
    const column = (i % size) / STRIDE
    const row = Math.floor(i / size) / STRIDE
    const c = Math.floor(column)
    const r = Math.floor(row)
    const u = column - c
    const k = r * this.width + c
    const { values, width } = this
    const near = mix(values[k] as number, values[k + 1] as number, u)
    return mix(near, mix(values[k + width] as number, values[k + width + 1] as number, u), row - r)
  }
}

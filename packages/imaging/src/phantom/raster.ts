/**
 * One slice in Hounsfield units, painted from back to front. Edges are soft by about the blur of a scanner, so that partial volume
 * comes by itself: a vessel thinner than a pixel is paler, not jagged.
 */
import type { Capsule } from './shapes.ts'
import { crosses } from './shapes.ts'

/** Width of an edge, mm. */
export const EDGE = 1.1

export interface Grid {
  readonly size: number
  /** mm per pixel. */
  readonly spacing: number
  /** Centre of the first pixel. */
  readonly x0: number
  readonly y0: number
}

export class Raster {
  readonly grid: Grid
  readonly hu: Float32Array
  z = 0

  constructor(grid: Grid) {
    this.grid = grid
    this.hu = new Float32Array(grid.size ** 2)
  }

  /** Visits the pixels of a box around (x, y) with half sides (rx, ry), all mm. */
  box(x: number, y: number, rx: number, ry: number, visit: (x: number, y: number, i: number) => void): void {
    const { size, spacing, x0, y0 } = this.grid
    const left = Math.max(0, Math.ceil((x - rx - x0) / spacing))
    const right = Math.min(size - 1, Math.floor((x + rx - x0) / spacing))
    const top = Math.max(0, Math.ceil((y - ry - y0) / spacing))
    const bottom = Math.min(size - 1, Math.floor((y + ry - y0) / spacing))
    for (let r = top; r <= bottom; r++) {
      for (let c = left; c <= right; c++) visit(x0 + c * spacing, y0 + r * spacing, r * size + c)
    }
  }

  /** Lays `value` over pixel i by how much of it lies inside. */
  cover(i: number, distance: number, value: number, edge = EDGE): void {
    const share = 0.5 - distance / edge
    if (share >= 1) this.hu[i] = value
    else if (share > 0) this.hu[i] = (this.hu[i] as number) * (1 - share) + value * share
  }

  /** A capsule, and inside it (from `wall` mm inwards) another value. */
  capsule(c: Capsule, value: number, wall = 0, inner = 0, edge = EDGE): void {
    const z = this.z
    if (!crosses(c, z, edge)) return
    const { ax, ay, az, ra, rb } = c
    const dx = c.bx - ax
    const dy = c.by - ay
    const dz = c.bz - az
    const length2 = dx * dx + dy * dy + dz * dz || 1
    const r = Math.max(ra, rb) + edge
    const { t0, t1 } = reach(az, dz, z, r)
    const xa = ax + t0 * dx
    const xb = ax + t1 * dx
    const ya = ay + t0 * dy
    const yb = ay + t1 * dy
    const pz = z - az
    this.box(
      (xa + xb) / 2,
      (ya + yb) / 2,
      Math.abs(xb - xa) / 2 + r,
      Math.abs(yb - ya) / 2 + r,
      (x, y, i) => {
        const px = x - ax
        const py = y - ay
        let t = (px * dx + py * dy + pz * dz) / length2
        t = t < 0 ? 0 : t > 1 ? 1 : t
        const ex = px - t * dx
        const ey = py - t * dy
        const ez = pz - t * dz
        const distance = Math.sqrt(ex * ex + ey * ey + ez * ez) - (ra + t * (rb - ra))
        if (distance > edge) return
        this.cover(i, distance, value, edge)
        if (wall > 0) this.cover(i, distance + wall, inner, edge)
      },
    )
  }
}

/** The part of a segment that can come within r of the plane z. */
function reach(az: number, dz: number, z: number, r: number): { t0: number; t1: number } {
  if (Math.abs(dz) < 1e-6) return { t0: 0, t1: 1 }
  const a = (z - r - az) / dz
  const b = (z + r - az) / dz
  return { t0: Math.min(1, Math.max(0, Math.min(a, b))), t1: Math.max(0, Math.min(1, Math.max(a, b))) }
}

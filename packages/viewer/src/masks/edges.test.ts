import { chance } from '@consilium/geometry/raster/testing/chance'
import { describe, expect, it } from 'vitest'
import { boundsOfBits, type Line, smoothEdges, voxelEdges } from './edges.ts'

const WIDTH = 17
const HEIGHT = 12

function randomBits(seed: number): Uint8Array {
  const by = chance(seed)
  return Uint8Array.from({ length: WIDTH * HEIGHT }, () => (by(0, 2) === 0 ? 1 : 0))
}

/** Whether a crossing from pixel to pixel is an edge, by looking at both. */
function edgesOf(bits: Uint8Array): Set<string> {
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= WIDTH || y >= HEIGHT ? 0 : (bits[y * WIDTH + x] as number)
  const edges = new Set<string>()
  for (let y = 0; y <= HEIGHT; y++)
    for (let x = 0; x <= WIDTH; x++) {
      if (at(x, y) !== at(x, y - 1)) edges.add(`above ${x} ${y}`)
      if (at(x, y) !== at(x - 1, y)) edges.add(`left of ${x} ${y}`)
    }
  return edges
}

function unitEdges(lines: readonly Line[]): string[] {
  return lines.flatMap(({ points }) => {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = Array.from(points)
    return y0 === y1
      ? Array.from({ length: x1 - x0 }, (_, i) => `above ${x0 + 0.5 + i} ${y0 + 0.5}`)
      : Array.from({ length: y1 - y0 }, (_, i) => `left of ${x0 + 0.5} ${y0 + 0.5 + i}`)
  })
}

/** Every quarter of a pixel along the lines, but where they begin. */
function placesOn(lines: readonly Line[]): string[] {
  const places = lines.flatMap(({ points, closed }) => {
    const at = Array.from(points)
    const corners = closed ? [...at, ...at.slice(0, 2)] : at
    return Array.from({ length: corners.length / 2 - 1 }, (_, n) => {
      const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = corners.slice(2 * n, 2 * n + 4)
      const steps = 4 * Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))
      return Array.from(
        { length: steps },
        (_, k) => `${x0 + ((k + 1) * (x1 - x0)) / steps} ${y0 + ((k + 1) * (y1 - y0)) / steps}`,
      )
    }).flat()
  })
  return [...new Set(places)]
}

describe('the outline of a segment', () => {
  it('[M92] near by runs along every edge of its voxels, once, and nowhere else', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const bits = randomBits(seed)
      const rect = boundsOfBits(bits, WIDTH)
      if (!rect) throw new Error('nothing is set')
      const edges = unitEdges(voxelEdges(bits, WIDTH, rect))
      expect(new Set(edges)).toEqual(edgesOf(bits))
      expect(edges.length).toBe(new Set(edges).size)
    }
  })
  it('[M92] from afar closed lines that cut its corners, at the same place', () => {
    const bits = new Uint8Array(WIDTH * HEIGHT)
    bits[5 * WIDTH + 4] = 1
    const rect = boundsOfBits(bits, WIDTH)
    expect(rect).toEqual({ x0: 4, y0: 5, x1: 5, y1: 6 })
    const [line, ...others] = rect ? smoothEdges(bits, WIDTH, rect) : []
    expect(others).toEqual([])
    expect(line?.closed).toBe(true)
    const corners = new Set<string>()
    for (let i = 0; i < (line?.points.length ?? 0); i += 2)
      corners.add(`${line?.points[i]} ${line?.points[i + 1]}`)
    expect(corners).toEqual(new Set(['4 4.5', '4.5 5', '4 5.5', '3.5 5']))
  })
  it('[M91] of a part is inside of it what it is of the whole', () => {
    const part = { x0: 3, y0: 2, x1: 14, y1: 10 }
    const isInside = (place: string): boolean => {
      const [x = 0, y = 0] = place.split(' ').map(Number)
      return x > part.x0 && x < part.x1 - 1 && y > part.y0 && y < part.y1 - 1
    }
    for (let seed = 1; seed <= 20; seed++) {
      const bits = randomBits(seed)
      const rect = boundsOfBits(bits, WIDTH)
      if (!rect) throw new Error('nothing is set')
      for (const edges of [smoothEdges, voxelEdges]) {
        const [whole, some] = [rect, part].map((of) => placesOn(edges(bits, WIDTH, of)).filter(isInside))
        expect(some?.sort()).toEqual(whole?.sort())
        expect(whole?.length).toBeGreaterThan(40)
      }
    }
  })
  it('bounds are the least rectangle, and there are none of nothing', () => {
    const bits = new Uint8Array(WIDTH * HEIGHT)
    expect(boundsOfBits(bits, WIDTH)).toBeNull()
    bits[3 * WIDTH + 16] = bits[3 * WIDTH] = bits[9 * WIDTH + 2] = 1
    expect(boundsOfBits(bits, WIDTH)).toEqual({ x0: 0, y0: 3, x1: 17, y1: 10 })
    expect(boundsOfBits(bits, WIDTH, { x0: 0, y0: 4, x1: 16, y1: 12 })).toEqual({
      x0: 2,
      y0: 9,
      x1: 3,
      y1: 10,
    })
    expect(boundsOfBits(bits, WIDTH, { x0: 1, y0: 0, x1: 16, y1: 9 })).toBeNull()
    expect(boundsOfBits(bits, WIDTH, { x0: 3, y0: 9, x1: 17, y1: 12 })).toBeNull()
  })
})

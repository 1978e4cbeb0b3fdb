/**
 * The surface of a region as triangles, closed on every side: each edge belongs to exactly two of them, which run through it in opposite
 * directions. Vertices lie midway between a painted and a bare voxel (cells.ts says how they are joined); `relaxed` takes the steps out.
 * Layer by layer: only the vertices of two planes are remembered.
 */
import { boxSize, boxVoxels } from './box.ts'
import { EDGES, TRIANGLES } from './cells.ts'
import { grouped, VOXEL_LIMITS, VoxelLimit } from './limit.ts'
import { type Region, tightBox } from './region.ts'
import type { Work } from './work.ts'

export interface Surface {
  /** x, y, z … in voxels, centres at whole numbers. */
  readonly vertices: Float32Array<ArrayBuffer>
  /** Three vertices each, counterclockwise as seen from outside, where x, y and z are right-handed. */
  readonly triangles: Uint32Array<ArrayBuffer>
}

/** @param most triangles; a surface of more is refused */
export function* surfaceOf(region: Region, most: number = VOXEL_LIMITS.triangles): Work<Surface> {
  const box = tightBox(region)
  const mesh = new Mesh(3 * most)
  if (boxVoxels(box) === 0) return mesh.surface()
  // With a bare voxel on every side.
  const size = boxSize(box)
  const [width, height] = [size[0] + 2, size[1] + 2]
  const plane = width * height
  const [x0, y0, z0] = [box.x0 - 1, box.y0 - 1, box.z0 - 1]
  let [here, above] = [new Uint8Array(plane), new Uint8Array(plane)]
  // The vertex, and 1 more, on the edge that begins at a voxel: along x and y in this plane and the next, along z between them.
  const made = [new Int32Array(2 * plane), new Int32Array(2 * plane), new Int32Array(plane)] as const
  for (let k = 0; k <= size[2]; k++) {
    yield k / (size[2] + 1)
    planeOf(region, box.z0 + k, { x0, y0, width, height }, above)
    for (let y = 0; y + 1 < height; y++) {
      for (let x = 0; x + 1 < width; x++) {
        const at = y * width + x
        const pattern = patternAt(here, at, width) | (patternAt(above, at, width) << 4)
        if (pattern === 0 || pattern === 255) continue
        for (const edge of TRIANGLES[pattern] as Uint8Array) {
          const { axis, corner } = EDGES[edge] as (typeof EDGES)[number]
          const [dx, dy, dz] = [corner & 1, (corner >> 1) & 1, corner >> 2]
          const known = made[axis] as Int32Array
          const slot = at + dx + dy * width + dz * plane
          if (known[slot] === 0) {
            known[slot] = mesh.vertex(
              x0 + x + dx + (axis === 0 ? 0.5 : 0),
              y0 + y + dy + (axis === 1 ? 0.5 : 0),
              z0 + k + dz + (axis === 2 ? 0.5 : 0),
            )
          }
          mesh.corner((known[slot] as number) - 1)
        }
      }
    }
    ;[here, above] = [above, here]
    for (const known of made) {
      known.copyWithin(0, plane)
      known.fill(0, known.length - plane)
    }
  }
  return mesh.surface()
}

/** Of the four voxels from here to the right and down; zero in most places of most planes. */
const patternAt = (plane: Uint8Array, at: number, width: number): number =>
  (plane[at] as number) |
  ((plane[at + 1] as number) << 1) |
  ((plane[at + width] as number) << 2) |
  ((plane[at + width + 1] as number) << 3)

function planeOf(
  { box, bits }: Region,
  z: number,
  { x0, y0, width, height }: { x0: number; y0: number; width: number; height: number },
  out: Uint8Array,
): void {
  out.fill(0)
  if (z >= box.z1) return
  const [columns, rows] = boxSize(box)
  for (let y = 1; y + 1 < height; y++) {
    const from = ((z - box.z0) * rows + (y0 + y - box.y0)) * columns + (x0 + 1 - box.x0)
    out.set(bits.subarray(from, from + width - 2), y * width + 1)
  }
}

/** Vertices and triangles in as little memory as they need. */
class Mesh {
  #vertices = new Float32Array(3 * 4096)
  #triangles = new Uint32Array(3 * 8192)
  #numbers = 0
  #corners = 0
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  /** How many there are with this one. */
  vertex(x: number, y: number, z: number): number {
    if (this.#numbers === this.#vertices.length) {
      const grown = new Float32Array(2 * this.#vertices.length)
      grown.set(this.#vertices)
      this.#vertices = grown
    }
    this.#vertices[this.#numbers++] = x
    this.#vertices[this.#numbers++] = y
    this.#vertices[this.#numbers++] = z
    return this.#numbers / 3
  }

  corner(vertex: number): void {
    if (this.#corners === this.#most)
      throw new VoxelLimit(
        `Its surface has more than ${grouped(this.#most / 3)} triangles; smooth it or remove its small islands first.`,
      )
    if (this.#corners === this.#triangles.length) {
      const grown = new Uint32Array(2 * this.#corners)
      grown.set(this.#triangles)
      this.#triangles = grown
    }
    this.#triangles[this.#corners++] = vertex
  }

  surface(): Surface {
    return {
      vertices: this.#vertices.slice(0, this.#numbers),
      triangles: this.#triangles.slice(0, this.#corners),
    }
  }
}

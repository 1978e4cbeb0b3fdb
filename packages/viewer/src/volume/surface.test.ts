/** Surfaces of segments lie where their voxels lie in the patient, and enclose as much. */
import { cross, dot, scale, type Vec3 } from '@consilium/geometry/vec3'
import type { Region } from '@consilium/geometry/voxels/region'
import { enclosed } from '@consilium/geometry/voxels/relax'
import { expect, it } from 'vitest'
import { everyFor, type Mesh, MOST_LOOKED_AT, meshOf, type SurfaceGround } from './surface.ts'
import { colourOf } from './surfaces.ts'

const [cos, sin] = [Math.cos(0.3), Math.sin(0.3)]
const row: Vec3 = [cos, 0, sin]
const column: Vec3 = [0, 1, 0]
const straight: SurfaceGround = {
  origin: [10, -20, 5],
  row,
  column,
  columnSpacing: 0.7,
  rowSpacing: 0.9,
  step: scale(cross(row, column), 2),
  every: 1,
}
const sheared: SurfaceGround = { ...straight, step: [0.4, 0.3, 1.9] }
const mirrored: SurfaceGround = { ...straight, step: scale(cross(row, column), -2) }

/** A ball of voxels around (20, 20, 12). */
const side = 40
const bits = new Uint8Array(side * side * 24)
const inside = (i: number): boolean =>
  ((i % side) - 20) ** 2 + ((Math.floor(i / side) % side) - 20) ** 2 + (Math.floor(i / side ** 2) - 12) ** 2 <
  81
for (let i = 0; i < bits.length; i++) bits[i] = inside(i) ? 1 : 0
const ball: Region = { box: { x0: 0, x1: side, y0: 0, y1: side, z0: 0, z1: 24 }, bits }
const voxels = bits.reduce((sum, bit) => sum + bit, 0)

const trianglesOf = ({ cells }: Mesh): Uint32Array<ArrayBuffer> =>
  Uint32Array.from(cells.filter((_, at) => at % 4 !== 0))

it.each([
  ['oblique', straight],
  ['tilted', sheared],
  ['with slices in the other order', mirrored],
])('[V65] %s: around the right place, of the right volume, directions outwards', (_, ground) => {
  const mesh = meshOf(ball, ground)
  const axes = [scale(ground.row, 0.7), scale(ground.column, 0.9), ground.step] as const
  const middle = [20, 20, 12]
  const expected = ground.origin.map((mm, axis) =>
    axes.reduce((sum, way, n) => sum + (way[axis] as number) * (middle[n] as number), mm),
  ) as unknown as Vec3
  const count = mesh.vertices.length / 3
  const mean = [0, 1, 2].map(
    (axis) => mesh.vertices.reduce((sum, mm, at) => (at % 3 === axis ? sum + mm : sum), 0) / count,
  )
  mean.forEach((mm, axis) => {
    expect(mm).toBeCloseTo(expected[axis] as number, 1)
  })
  const voxel = Math.abs(dot(cross(axes[0], axes[1]), axes[2]))
  const surface = { vertices: mesh.vertices as Float32Array<ArrayBuffer>, triangles: trianglesOf(mesh) }
  expect(Math.abs(enclosed(surface) / (voxels * voxel) - 1)).toBeLessThan(0.01)
  for (let at = 0; at < mesh.normals.length; at += 3) {
    const out = [0, 1, 2].map((axis) => (mesh.vertices[at + axis] as number) - (expected[axis] as number))
    const along = [0, 1, 2].reduce(
      (sum, axis) => sum + (out[axis] as number) * (mesh.normals[at + axis] as number),
      0,
    )
    expect(along).toBeGreaterThan(0)
  }
})

it('a segment too large to be looked at whole is looked at in every second voxel, or fewer', () => {
  expect([1, MOST_LOOKED_AT, MOST_LOOKED_AT + 1, 9 * MOST_LOOKED_AT].map(everyFor)).toEqual([1, 1, 2, 3])
})

it('colours are shares of full light', () => {
  expect(colourOf('#ff8000')).toEqual([1, 128 / 255, 0])
})

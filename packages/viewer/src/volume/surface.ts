/**
 * The surface of a segment as a graphics card wants it: corners in the patient, a direction outwards at each, three to a triangle. Made from
 * voxels; the arithmetic is geometry's. Pure; runs in surface.worker.ts.
 */
import { add, cross, dot, scale, type Vec3 } from '@consilium/geometry/vec3'
import type { Region } from '@consilium/geometry/voxels/region'
import { relaxed } from '@consilium/geometry/voxels/relax'
import { surfaceOf } from '@consilium/geometry/voxels/surface'
import { finish } from '@consilium/geometry/voxels/work'
import type { Lattice } from '../panes/reformat/lattice.ts'

export interface Mesh {
  /** x, y, z in the patient, mm. */
  readonly vertices: Float32Array
  readonly normals: Float32Array
  /** 3, a, b, c for each triangle. */
  readonly cells: Uint32Array
}

export interface VolumeSurface {
  readonly mesh: Mesh
  /** 0 to 1 each. */
  readonly colour: readonly [red: number, green: number, blue: number]
  readonly opacity: number
}

/** Where voxels lie: `every` n-th voxel of the series was looked at, along each axis. */
export interface SurfaceGround
  extends Pick<Lattice, 'origin' | 'row' | 'column' | 'columnSpacing' | 'rowSpacing' | 'step'> {
  readonly every: number
}

/** Voxels of a box that is looked at whole: beyond, every second one is, and so on. */
export const MOST_LOOKED_AT = 2 ** 24

export const everyFor = (voxels: number): number => Math.max(1, Math.ceil(Math.cbrt(voxels / MOST_LOOKED_AT)))

export function meshOf(region: Region, ground: SurfaceGround): Mesh {
  const { vertices: voxels, triangles } = finish(relaxed(finish(surfaceOf(region))))
  const vertices = new Float32Array(voxels.length)
  const axes = [
    scale(ground.row, ground.columnSpacing * ground.every),
    scale(ground.column, ground.rowSpacing * ground.every),
    scale(ground.step, ground.every),
  ] as const
  for (let at = 0; at < voxels.length; at += 3) {
    for (let axis = 0; axis < 3; axis++) {
      const along = axes.reduce((sum, way, n) => sum + (way[axis] as number) * (voxels[at + n] as number), 0)
      vertices[at + axis] = (ground.origin[axis] as number) + along
    }
  }
  // Axes that are left-handed turn every triangle inside out.
  const isMirrored = dot(cross(axes[0], axes[1]), axes[2]) < 0
  const cells = new Uint32Array((triangles.length / 3) * 4)
  for (let t = 0, to = 0; t < triangles.length; t += 3, to += 4) {
    const [a, b, c] = triangles.subarray(t, t + 3) as unknown as Vec3
    cells.set(isMirrored ? [3, a, c, b] : [3, a, b, c], to)
  }
  return { vertices, normals: normalsOf(vertices, cells), cells }
}

/** Of a corner the mean of its triangles', larger ones counting more. */
function normalsOf(vertices: Float32Array, cells: Uint32Array): Float32Array {
  const normals = new Float32Array(vertices.length)
  const placeOf = (corner: number): Vec3 => [
    vertices[3 * corner] as number,
    vertices[3 * corner + 1] as number,
    vertices[3 * corner + 2] as number,
  ]
  for (let t = 0; t < cells.length; t += 4) {
    const corners = [cells[t + 1], cells[t + 2], cells[t + 3]] as unknown as Vec3
    const [a, b, c] = corners.map(placeOf) as [Vec3, Vec3, Vec3]
    const outwards = cross(add(b, scale(a, -1)), add(c, scale(a, -1)))
    for (const corner of corners)
      for (let axis = 0; axis < 3; axis++)
        normals[3 * corner + axis] = (normals[3 * corner + axis] as number) + (outwards[axis] as number)
  }
  for (let at = 0; at < normals.length; at += 3) {
    const long = Math.hypot(normals[at] as number, normals[at + 1] as number, normals[at + 2] as number) || 1
    for (let axis = 0; axis < 3; axis++) normals[at + axis] = (normals[at + axis] as number) / long
  }
  return normals
}

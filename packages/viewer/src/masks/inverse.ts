import { cross, dot, subtract, type Vec3 } from '@consilium/geometry/vec3'
import type { InGrid } from './maskPlane.ts'

/** From a place in voxels to the pixel of a plane that it is seen at, along the plane's normal. */
export function pixelOf({ origin, across, down }: InGrid): (voxel: Vec3) => readonly [x: number, y: number] {
  const normal = cross(across, down)
  const volume = dot(normal, normal)
  const [forX, forY] = [cross(down, normal), cross(normal, across)]
  return (voxel) => {
    const d = subtract(voxel, origin)
    return [dot(d, forX) / volume, dot(d, forY) / volume]
  }
}

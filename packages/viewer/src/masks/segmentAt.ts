import type { Vec3 } from '@consilium/geometry/vec3'
import type { MaskView } from './maskView.ts'

/** The topmost segment shown that holds the voxel. */
export function segmentAt(view: MaskView, [x, y, z]: Vec3): string | null {
  const voxel = { x0: x, x1: x + 1, y0: y, y1: y + 1, z0: z, z1: z + 1 }
  const found = view.segments.findLast(({ id, visible }) => {
    const bit = new Uint8Array(1)
    if (visible) view.copyBox(id, voxel, bit, 1)
    return bit[0] === 1
  })
  return found?.id ?? null
}

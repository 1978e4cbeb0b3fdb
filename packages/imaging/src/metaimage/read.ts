/**
 * One MetaImage file in (.mha), one Instance out: two to four dimensions, of which the fourth are moments. Its axes are those of ITK: left,
 * back, up. A reader of ours: see docs/decisions/0014.
 */
import { scale, type Vec3 } from '@consilium/geometry/vec3'
import type { Instance } from '../dicom/instance.ts'
import { DEFAULT_LIMITS, type Limits } from '../dicom/limits.ts'
import { faulted, plain } from '../dicom/read.ts'
import { ImagingFault } from '../fault.ts'
import { type Affine, assertGridSize, checkedAffine, type Grid, shapeOf } from '../grid/grid.ts'
import { instanceOf } from '../grid/instance.ts'
import { readVoxels, voxelBytes } from '../grid/voxels.ts'
import { inflateTo } from '../inflate.ts'
import { type MetaHeader, readHeader } from './header.ts'

/** @throws ImagingFault where the file is not one that can be shown; no other error leaves */
export function readMetaImage(file: Uint8Array, limits: Partial<Limits> = {}): Promise<Instance> {
  const bounds = { ...DEFAULT_LIMITS, ...limits }
  return faulted(async () => {
    const bytes = plain(file)
    const header = readHeader(bytes)
    const grid = gridOf(header)
    const size = voxelBytes(grid)
    assertGridSize(grid.shape, size, bounds)
    if (!header.compressed) return instanceOf(grid, readVoxels(bytes, header.offset, grid))
    return instanceOf(
      grid,
      readVoxels(await inflateTo(size, [bytes.subarray(header.offset, header.end)], 'deflate'), 0, grid),
    )
  })
}

function gridOf(header: MetaHeader): Grid {
  const { type, littleEndian, sizes, spacing, modality } = header
  const affine = affineOf(header)
  const [column = 0, row = 0] = spacing ?? []
  return {
    shape: shapeOf(sizes),
    type,
    littleEndian,
    slope: 1,
    intercept: 0,
    affine,
    spacing: affine === null && column > 0 && row > 0 ? { column, row } : null,
    stepMs: 0,
    shown: null,
    modality,
  }
}

/** A picture of two dimensions lies nowhere in a patient, and one that does not say its spacing has no size. */
function affineOf({ sizes, spacing, directions, origin }: MetaHeader): Affine | null {
  if (sizes.length < 3 || spacing === null) return null
  const mixed = [0, 1, 2].some((k) => directions[3]?.[k] || directions[k]?.[3])
  if (mixed) throw new ImagingFault('unsupported', 'MetaImage whose moments are no axis of their own')
  const step = (axis: number): Vec3 =>
    scale(directions[axis]?.slice(0, 3) as unknown as Vec3, spacing[axis] as number)
  return checkedAffine({
    column: step(0),
    row: step(1),
    slice: step(2),
    origin: origin.slice(0, 3) as unknown as Vec3,
  })
}

/** A file that was read, as far as a mask needs it: one number for each voxel, and where the voxels lie. */
import { cross, distance, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import type { Instance } from '@consilium/imaging/read'
import { ExchangeFault } from '../fault.ts'
import type { Lattice } from '../lattice.ts'

/** Many programs write black and white as colours. */
export function inGrey(instance: Instance): Instance {
  if (instance.technical.photometric !== 'RGB') return instance
  const frames = instance.frames.map((frame) => {
    const grey = new Uint16Array(frame.pixels.length / 3)
    for (let k = 0; k < grey.length; k++) {
      const [red, green, blue] = [frame.pixels[3 * k], frame.pixels[3 * k + 1], frame.pixels[3 * k + 2]]
      if (red !== green || red !== blue)
        throw new ExchangeFault('The file is in colour; a mask has one number for each voxel.')
      grey[k] = red as number
    }
    return { ...frame, pixels: grey }
  })
  return { ...instance, frames }
}

/** Where a file says that its voxels lie. */
export function latticeOfFile({ technical, frames }: Instance): Lattice {
  if (frames.some(({ temporal }) => temporal !== undefined && temporal > 1))
    throw new ExchangeFault('The file holds several volumes, one after the other in time; a mask is one.')
  const [first] = frames
  const last = frames.at(-1)
  if (!first || !last) throw new ExchangeFault('The file holds no voxels.')
  const size = [technical.columns, technical.rows, frames.length] as const
  const { position: origin, orientation, spacing } = first
  if (!origin || !last.position || !orientation || !spacing)
    return {
      size,
      steps: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      origin: [0, 0, 0],
      isPlaced: false,
    }
  const { row, column } = orientation
  const step =
    frames.length > 1 ? scale(subtract(last.position, origin), 1 / (frames.length - 1)) : cross(row, column)
  const isEven = frames.every(({ position }, k) => position && distance(position, at(origin, step, k)) < 1e-3)
  if (!isEven) throw new ExchangeFault('The slices of the file are not evenly spaced, or not in their order.')
  return {
    size,
    steps: [scale(row, spacing.column), scale(column, spacing.row), step],
    origin,
    isPlaced: true,
  }
}

const at = (origin: Vec3, step: Vec3, k: number): Vec3 => [
  origin[0] + k * step[0],
  origin[1] + k * step[1],
  origin[2] + k * step[2],
]

/** Steps along three axes as NIfTI's qform says them: a unit quaternion (b, c, d; a follows), and -1 where the third axis is turned round. */
import { cross, dot, normalize, scale, type Vec3 } from '@consilium/geometry/vec3'

export interface Rotation {
  readonly quaternion: readonly [b: number, c: number, d: number]
  readonly handedness: 1 | -1
}

/** Cosine between axes that are at right angles but for the rounding of a file's decimal places. */
const RIGHT_ANGLE = 1e-4

/** null where the axes are not at right angles. */
export function rotationOf(steps: readonly [Vec3, Vec3, Vec3]): Rotation | null {
  const [x, y, z] = steps.map(normalize) as [Vec3, Vec3, Vec3]
  if ([dot(x, y), dot(y, z), dot(z, x)].some((cosine) => Math.abs(cosine) > RIGHT_ANGLE)) return null
  const handedness = dot(cross(x, y), z) < 0 ? -1 : 1
  return { quaternion: quaternionOf(x, y, scale(z, handedness)), handedness }
}

/** Of the rotation with these columns, from its largest part, so that nothing is divided by next to nothing (Shepperd 1978). */
function quaternionOf(x: Vec3, y: Vec3, z: Vec3): [number, number, number] {
  const trace = x[0] + y[1] + z[2]
  const parts = [trace, x[0], y[1], z[2]]
  const largest = parts.indexOf(Math.max(...parts))
  const four = 2 * Math.sqrt(Math.max(0, 1 + 2 * (parts[largest] as number) - trace))
  const [yz, zx, xy] = [y[2] - z[1], z[0] - x[2], x[1] - y[0]]
  const [sxy, szx, syz] = [x[1] + y[0], z[0] + x[2], y[2] + z[1]]
  const quarter = four / 4
  // a, b, c, d in turn, whichever of them is the largest.
  const [a, b, c, d] = [
    [quarter, yz / four, zx / four, xy / four],
    [yz / four, quarter, sxy / four, szx / four],
    [zx / four, sxy / four, quarter, syz / four],
    [xy / four, szx / four, syz / four, quarter],
  ][largest] as [number, number, number, number]
  const sign = a < 0 ? -1 : 1
  return [b * sign, c * sign, d * sign]
}

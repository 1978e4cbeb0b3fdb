/** What lies under the diaphragm at the bottom of the scan: liver with its veins, stomach with a level of gas, spleen, and fat between. */
import { HU } from './organs.ts'
import type { Raster } from './raster.ts'
import { type Capsule, crosses, ellipsoidDistance, tube } from './shapes.ts'

type Grain = (x: number, y: number, z: number) => number

const VEINS: readonly Capsule[] = [
  ...tube([-24, 6, -104, 5.5], [-52, -4, -118, 4], [-84, 6, -128, 2.2]),
  ...tube([-24, 2, -104, 5], [-40, -30, -124, 3.6], [-56, -58, -132, 2]),
  ...tube([-24, 2, -106, 4.5], [-2, -34, -122, 3.4], [14, -58, -130, 1.8]),
  ...tube([-30, -4, -158, 6], [-56, -2, -146, 5], [-86, -8, -142, 3], [-108, 4, -146, 1.6]),
  ...tube([-56, -2, -146, 4], [-70, 34, -142, 2.6], [-84, 52, -138, 1.6]),
]

/** Paints one pixel below the diaphragm; `depth` is how far below, `inset` how far inside the cavity (both mm, positive). */
export function paintAbdomen(
  raster: Raster,
  i: number,
  x: number,
  y: number,
  depth: number,
  inset: number,
  grain: Grain,
): void {
  const { z } = raster
  const texture = grain(x * 0.45, y * 0.45, z * 0.45)
  raster.hu[i] = HU.fat + 14 * texture
  const shell = -Math.min(depth, inset) + 2.4
  const spleen = Math.max(ellipsoidDistance(x - 92, y - 46, z + 146, 30, 44, 48), shell)
  raster.cover(i, spleen, HU.spleen + 7 * texture)
  const stomach = Math.max(ellipsoidDistance(x - 60, y + 18, z + 152, 50, 44, 47), shell)
  raster.cover(i, stomach, HU.wall + 26)
  raster.cover(
    i,
    stomach + 4.5,
    y < -34 ? HU.air + 10 : HU.stomach + 10 * texture,
    y < -30 && y > -38 ? 2 : 1.1,
  )
  const edge = 38 - 0.36 * Math.max(0, y + 50) - 0.0036 * (y + 50) ** 2 + 3 * grain(y * 0.05, z * 0.05, 3)
  const liver = Math.max((x - edge) * 0.8, shell)
  raster.cover(i, liver, HU.liver + 7 * texture)
  const muscle = Math.min(depth, inset)
  if (muscle < 2.6) raster.cover(i, muscle - 2.2, HU.muscle + 14)
}

export function paintLiverVeins(raster: Raster): void {
  for (const vein of VEINS) if (crosses(vein, raster.z, 2)) raster.capsule(vein, HU.liverVessel, 0, 0, 2)
}

/** The body from the skin to the ribs, and the table under it. */
import { HU } from './organs.ts'
import { angleOf, type Outlines } from './outlines.ts'
import { smooth } from './random.ts'
import { EDGE, type Raster } from './raster.ts'
import { paintRib } from './skeleton.ts'

export interface Polar {
  /** Per pixel: index into the outlines, and distance from the axis, mm. */
  readonly angle: Uint16Array
  readonly radius: Float32Array
}

type Grain = (x: number, y: number, z: number) => number

export function paintBodyWall(raster: Raster, polar: Polar, outlines: Outlines, grain: Grain): void {
  const { z } = raster
  raster.box(0, 0, 182, 140, (x, y, i) => {
    const k = polar.angle[i] as number
    const r = polar.radius[i] as number
    const skin = r - (outlines.skin[k] as number)
    const over = r - (outlines.cavity[k] as number)
    if (skin > EDGE || over < -EDGE - 1) return // outside, or the cavity's own work
    const texture = grain(x * 0.22, y * 0.22, z * 0.22)
    raster.cover(i, skin, HU.skin)
    raster.cover(i, skin + 1.7, HU.fat + 9 * texture)
    const muscle = r - (outlines.fat[k] as number)
    if (muscle > EDGE) return
    raster.cover(i, muscle, muscleAt(x, y, z, angleOf(k), over, texture, grain))
    if (over < 13) paintRib(raster, i, angleOf(k), over, grain(x * 0.5, y * 0.5, z * 0.5))
  })
}

/** Muscle with the planes of fat between its bellies, and the fat of the armpit. */
function muscleAt(
  x: number,
  y: number,
  z: number,
  angle: number,
  over: number,
  texture: number,
  grain: Grain,
): number {
  const side = Math.abs(angle)
  const bend = 3.2 * grain(Math.sin(angle) * 6 + 11, Math.cos(angle) * 6, z / 22)
  const thin = 1 - smooth(60, 95, z)
  const inner = Math.exp(-(((over - 11.5 - bend) / 1.15) ** 2)) * thin
  const streak = Math.max(0, grain(x * 0.11, y * 0.5, z * 0.12) - 0.42) * 1.3
  const armpit =
    Math.exp(-(((side - 1.36) / 0.26) ** 2)) *
    smooth(20, 70, z) *
    smooth(8, 12, over) *
    (1 - smooth(24, 34, over))
  const warp = grain(x / 24, y / 24, z / 40)
  const plane = between(x + 11 * warp, y + 9 * grain(y / 15 + 5, x / 15, z / 30), z / 100, texture)
  const fat = Math.min(
    1,
    Math.max(inner * 0.9, plane * smooth(9, 14, over), streak, armpit * (0.9 + 0.3 * texture)),
  )
  return HU.muscle + 7 * texture + fat * (HU.fat - HU.muscle)
}

/** Middles of muscle bellies of one side: x, y, and how far each moves per 100 mm of height. Fat runs where two of them meet. */
// biome-ignore format: one belly per line
const BELLIES = Float64Array.of(
  58, -98, 6, 10, // pectoralis major
  102, -66, 8, 14, // pectoralis minor
  150, -34, 8, 4, // deltoid, front
  166, 12, 6, 0, // deltoid, side
  150, 58, -4, 4, // latissimus, teres
  118, 84, -10, 6, // infraspinatus
  78, 104, -6, 2, // rhomboid
  26, 96, 4, 0, // erector spinae
  52, 116, 0, -2, // trapezius
  116, 46, -14, 0, // subscapularis
  132, 4, -22, 6, // serratus
  66, 36, -6, 8, // levator, scalenes
  48, -44, 4, 12, // sternocleidomastoid
  10, -112, 0, 12,
)

/** How much of a fat plane runs here, 0 to 1; `up` in units of 100 mm. */
function between(x: number, y: number, up: number, texture: number): number {
  const side = Math.abs(x)
  let first = 1e9
  let second = 1e9
  for (let k = 0; k < BELLIES.length; k += 4) {
    const dx = side - (BELLIES[k] as number) - (BELLIES[k + 2] as number) * up
    const dy = y - (BELLIES[k + 1] as number) - (BELLIES[k + 3] as number) * up
    const d = dx * dx + dy * dy
    if (d < first) {
      second = first
      first = d
    } else if (d < second) second = d
  }
  const gap = Math.sqrt(second) - Math.sqrt(first)
  const wide = 2.1 + 2.4 * texture
  return wide < 0.5 ? 0 : 0.85 * (1 - smooth(0.3, wide + 0.6, gap))
}

/** A carbon shell around foam, and a thin mattress. */
export function paintTable(raster: Raster): void {
  raster.box(0, 160, 182, 60, (x, y, i) => {
    const bow = 0.00105 * x * x
    const top = y - (144 - bow)
    const bottom = y - (164 - bow * 1.25)
    if (top < -12 || bottom > 3) return
    if (top < -2) raster.hu[i] = -938 // mattress
    raster.cover(i, Math.max(-top, bottom), -905)
    raster.cover(i, Math.abs(top) - 0.9, -310)
    raster.cover(i, Math.abs(bottom) - 0.9, -310)
  })
}

/**
 * A chest CT made from a seed: what the demonstration shows and tests measure. Not a model of anybody, and never mistaken for one:
 * it is written as patient "Phantom^Chest". One slice at a time, so that memory stays small; the same seed gives the same bytes.
 * Order of painting: table, body wall, cavity, bones, organs, lungs, vessels and airways, nodules, then the scanner's noise.
 */
import type { Vec3 } from '@consilium/geometry/vec3'
import { paintAbdomen, paintLiverVeins } from './abdomen.ts'
import { bronchovascular } from './bronchovascular.ts'
import { diaphragmAt, lungDistance, MediastinumField } from './lungs.ts'
import { type Nodule, nodulesFrom, paintNodule } from './nodules.ts'
import { noiseTile, tileAt } from './noise.ts'
import { AIRWAY_WALL, AIRWAYS, HU, ORGANS } from './organs.ts'
import { indexOf, type Outlines, outlinesAt } from './outlines.ts'
import { clamp01, grain, mix, randomFrom } from './random.ts'
import { type Grid, Raster } from './raster.ts'
import { crosses } from './shapes.ts'
import { paintShoulders, paintSpine, paintSternum } from './skeleton.ts'
import { paintBodyWall, paintTable } from './wall.ts'

export type { Nodule, NoduleKind } from './nodules.ts'

export interface ChestOptions {
  readonly seed: number
  /** Default 120; the scan always covers the same 300 mm from below the diaphragm to the apices. */
  readonly slices: number
  /** Pixels per side; default 512. */
  readonly size: number
}

export interface ChestSlice {
  /** From 0, towards the head. */
  readonly index: number
  /** Centre of the first pixel, patient space (LPS), mm. */
  readonly position: Vec3
  /** Stored values; HU = stored + RESCALE_INTERCEPT. A fresh array per slice. */
  readonly pixels: Int16Array
}

export interface Chest {
  readonly rows: number
  readonly columns: number
  readonly slices: number
  /** mm */
  readonly spacing: { readonly row: number; readonly column: number; readonly slice: number }
  readonly nodules: readonly Nodule[]
  /** Makes the slices from the feet up. */
  render(): Generator<ChestSlice, void, undefined>
}

export const RESCALE_INTERCEPT = -1024
/** Stored value outside the scanner's field of view. */
export const PADDING = -2000

const FIELD_MM = 360
const BOTTOM_MM = -150
const LENGTH_MM = 300
/** Middle of the field of view: the patient lies a little below it. */
const CENTRE_Y = 14

export function chestPhantom(options: Partial<ChestOptions> = {}): Chest {
  const { seed, slices, size } = { seed: 7, slices: 120, size: 512, ...options }
  const spacing = FIELD_MM / size
  const step = LENGTH_MM / slices
  const grid: Grid = { size, spacing, x0: (spacing - FIELD_MM) / 2, y0: CENTRE_Y + (spacing - FIELD_MM) / 2 }
  const nodules = nodulesFrom(randomFrom(seed ^ 0x0d0))
  return {
    rows: size,
    columns: size,
    slices,
    spacing: { row: spacing, column: spacing, slice: step },
    nodules,
    *render() {
      const scene = sceneFrom(seed, grid, nodules)
      for (let index = 0; index < slices; index++) {
        const z = BOTTOM_MM + index * step
        yield { index, position: [grid.x0, grid.y0, z], pixels: renderSlice(scene, z) }
      }
    },
  }
}

type Scene = ReturnType<typeof sceneFrom>

/** Everything that does not change from slice to slice. */
function sceneFrom(seed: number, grid: Grid, nodules: readonly Nodule[]) {
  const random = randomFrom(seed)
  const tissue = grain(random)
  const wave = (angle: number, z: number): number =>
    tissue(3 + 2 * Math.sin(angle), 5 + 2 * Math.cos(angle), z / 60)
  const pixels = grid.size ** 2
  const angle = new Uint16Array(pixels)
  const radius = new Float32Array(pixels)
  const inField = new Uint8Array(pixels)
  const raster = new Raster(grid)
  raster.box(0, CENTRE_Y, FIELD_MM, FIELD_MM, (x, y, i) => {
    angle[i] = indexOf(x, y)
    radius[i] = Math.hypot(x, y)
    inField[i] = Math.hypot(x, y - CENTRE_Y) < FIELD_MM / 2 ? 1 : 0
  })
  const lung = new Float32Array(pixels)
  const mediastinum = new MediastinumField(grid)
  const tile = noiseTile(random)
  const trees = bronchovascular(random, wave)
  return { random, tissue, wave, angle, radius, inField, raster, lung, mediastinum, nodules, tile, trees }
}

function renderSlice(scene: Scene, z: number): Int16Array {
  const { raster, tissue } = scene
  raster.z = z
  const outlines = outlinesAt(z, scene.wave)
  raster.hu.fill(HU.air)
  paintTable(raster)
  paintBodyWall(raster, scene, outlines, tissue)
  const lung = cavity(scene, outlines, z)
  paintLiverVeins(raster)
  paintSpine(raster, tissue)
  paintSternum(raster, outlines, tissue)
  paintShoulders(raster, tissue)
  for (const { parts, value } of ORGANS) for (const part of parts) raster.capsule(part, value)
  paintLung(scene, lung, z)
  for (const { parts, value } of AIRWAYS) for (const part of parts) raster.capsule(part, value)
  for (const { capsule, value, wall } of scene.trees) {
    if (!crosses(capsule, z, 1)) continue
    if (wall > 0) raster.capsule(capsule, value, wall, HU.air + 20)
    else raster.capsule(capsule, value)
  }
  for (const { parts } of AIRWAYS)
    for (const c of parts) raster.capsule({ ...c, ra: c.ra - AIRWAY_WALL, rb: c.rb - AIRWAY_WALL }, HU.air)
  for (const nodule of scene.nodules) paintNodule(raster, nodule, tissue)
  return stored(scene)
}

/** Fills the cavity with fat or abdomen and returns the distance to lung per pixel (positive: none). */
function cavity(scene: Scene, outlines: Outlines, z: number): Float32Array {
  const { raster, tissue, angle, radius, lung, mediastinum } = scene
  mediastinum.fill(z, 156, 136)
  lung.fill(99)
  raster.box(0, 0, 150, 130, (x, y, i) => {
    const r = radius[i] as number
    const edge = outlines.cavity[angle[i] as number] as number
    if (r > edge + 1) return
    const under = diaphragmAt(x, y) - z
    if (under > 0) paintAbdomen(raster, i, x, y, under * 0.75, edge - r, tissue)
    else raster.cover(i, r - edge, HU.fat + 16 * tissue(x * 0.3, y * 0.3, z * 0.3) + 14)
    lung[i] = lungDistance(r, edge, mediastinum.at(i), x, y, z)
  })
  return lung
}

function paintLung({ raster, tissue }: Scene, lung: Float32Array, z: number): void {
  raster.box(0, 0, 150, 130, (x, y, i) => {
    const distance = lung[i] as number
    if (distance > 1) return
    const fine = tissue(x * 0.62, y * 0.62, z * 0.62)
    const speck = Math.max(0, tissue(x * 0.9 + 7, y * 0.9, z * 0.9) - 0.45)
    const value = HU.lung + 0.32 * y + 22 * fine + 190 * speck + fissure(x, y, z)
    raster.cover(i, distance, value)
  })
}

/** The folds between the lobes: thin, faint sheets rising to the back. */
function fissure(x: number, y: number, z: number): number {
  const major = z - (x > 0 ? -12 : -20) - 0.95 * (y - 8) - 5 * Math.sin(x / 26)
  const minor = x < 0 && y < 4 ? z - 6 - 0.1 * y - 4 * Math.cos(x / 30) : 99
  return sheet(major, 105) + sheet(minor, 80)
}

const sheet = (away: number, height: number): number =>
  Math.abs(away) > 4 ? 0 : height * Math.exp(-((away / 1.15) ** 2))

/** Adds noise and turns HU into stored values; outside the round field there is nothing. */
function stored({ raster, tile, random, inField, radius }: Scene): Int16Array {
  const { hu, grid } = raster
  const out = new Int16Array(hu.length)
  const [ax, ay, bx, by] = [random(), random(), random(), random()].map((n) => Math.floor(n * 512)) as [
    number,
    number,
    number,
    number,
  ]
  for (let row = 0, i = 0; row < grid.size; row++) {
    for (let column = 0; column < grid.size; column++, i++) {
      if (inField[i] === 0) {
        out[i] = PADDING
        continue
      }
      const value = hu[i] as number
      const deep = clamp01(1 - (radius[i] as number) / 190)
      const sigma = mix(6, 11.5, deep) * (value < -950 ? 0.8 : 1)
      const noise = 0.8 * tileAt(tile, column + ax, row + ay) + 0.6 * tileAt(tile, row + bx, column + by)
      out[i] = Math.max(-1024, Math.min(3071, Math.round(value + sigma * noise))) - RESCALE_INTERCEPT
    }
  }
  return out
}

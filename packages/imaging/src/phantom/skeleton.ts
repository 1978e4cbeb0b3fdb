/**
 * Ribs, spine, sternum, clavicles and shoulder blades. Bones have a bright rim and grainy marrow. Ribs run down from the spine to the
 * front, so a slice cuts several of them, each somewhere else; the rest of the ring between them is muscle.
 */
import { HU } from './organs.ts'
import type { Outlines } from './outlines.ts'
import { mix, smooth } from './random.ts'
import { EDGE, type Raster } from './raster.ts'
import { type Capsule, capsule, capsuleDistance, crosses } from './shapes.ts'

type Grain = (x: number, y: number, z: number) => number

/** Height of one vertebra with its disc, mm. */
const VERTEBRA = 24
const DISC = 5
const TOP = 168

/** y of the middle of the vertebral bodies: the chest's spine bows backwards. */
export const spineCentre = (z: number): number => 63 + 5 * Math.cos((z - 15) / 95) - 5

/** Distance below a rib's head, mm, after going `along` radians from the back. */
const drop = (along: number): number =>
  along < 2.25
    ? 96 * (Math.max(0, along - 0.12) / 2.13) ** 1.12 - 7 * Math.sin(Math.min(1, along / 0.5) * Math.PI)
    : 96 - 52 * smooth(2.25, 3.05, along)

/** Rib, its cartilage or nothing at one place of the ring just outside the cavity. */
export function paintRib(raster: Raster, i: number, angle: number, over: number, noise: number): void {
  const along = Math.PI - Math.abs(angle)
  if (along < 0.2) return
  const height = raster.z + drop(along)
  const nearest = Math.round((TOP - height) / VERTEBRA)
  if (nearest < 0 || nearest > 11) return
  const away = height - (TOP - nearest * VERTEBRA)
  const cartilage = smooth(2.2, 2.32, along)
  if (along > 3.02) return
  const tall = mix(6.6, 7.4, cartilage)
  const thick = mix(3.7, 4.6, cartilage)
  const distance = (Math.hypot((away * 0.93) / tall, (over - 4.6) / thick) - 1) * thick
  if (distance > EDGE) return
  raster.cover(i, distance, mix(HU.cortex, HU.cartilage, cartilage))
  if (cartilage < 1) raster.cover(i, distance + 1.5, mix(HU.marrow + 70 * noise, HU.cartilage, cartilage))
}

export function paintSpine(raster: Raster, grain: Grain): void {
  const { z } = raster
  const y0 = spineCentre(z)
  const phase = (((TOP + 10 - z) % VERTEBRA) + VERTEBRA) % VERTEBRA
  const disc = 1 - smooth(DISC / 2 - 0.8, DISC / 2 + 1, Math.abs(phase - DISC / 2))
  const plate = Math.exp(-(((Math.abs(phase - DISC / 2) - DISC / 2 - 1.4) / 1.3) ** 2))
  const waist = 1.4 * Math.sin((Math.max(0, phase - DISC) / (VERTEBRA - DISC)) * Math.PI)
  raster.box(0, y0, 22, 20, (x, y, i) => {
    const body = (Math.hypot(x / (17.2 - waist), (y - y0) / (13.6 - waist * 0.6)) - 1) * 14
    const flat = y - (y0 + 9.5 - 0.012 * x * x)
    const distance = Math.max(body, flat)
    if (distance > EDGE) return
    const texture = grain(x * 0.5, y * 0.5, z * 0.5)
    const inside = mix(mix(HU.marrow - 35 + 60 * texture, 470, plate), HU.disc + 8 * texture, disc)
    raster.cover(i, distance, mix(560, HU.disc + 25, disc))
    raster.cover(i, distance + 1.4, inside)
  })
  paintArch(raster, y0, phase, grain)
}

/** Pedicles, laminae, processes and the canal with the cord. */
function paintArch(raster: Raster, y0: number, phase: number, grain: Grain): void {
  const { z } = raster
  const within = (from: number, to: number): number =>
    smooth(from - 2, from + 2, phase) * (1 - smooth(to - 2, to + 2, phase))
  const bone = (c: Capsule, presence: number): void => {
    if (presence < 0.05) return
    const thin = { ...c, ra: c.ra * presence, rb: c.rb * presence }
    const x = (c.ax + c.bx) / 2
    const y = (c.ay + c.by) / 2
    raster.box(
      x,
      y,
      Math.abs(c.bx - c.ax) / 2 + c.ra + 2,
      Math.abs(c.by - c.ay) / 2 + c.ra + 2,
      (px, py, i) => {
        const distance = capsuleDistance(thin, px, py, z)
        if (distance > EDGE) return
        raster.cover(i, distance, HU.cortex * 0.8)
        raster.cover(i, distance + 1.5, HU.marrow + 50 + 60 * grain(px * 0.6, py * 0.6, z * 0.6))
      },
    )
  }
  const flat = (ax: number, ay: number, ra: number, bx: number, by: number, rb: number): Capsule =>
    capsule([ax, y0 + ay, z], ra, [bx, y0 + by, z], rb)
  for (const side of [-1, 1]) {
    bone(flat(side * 10, 8, 3.6, side * 11, 18, 3.6), within(6, 15))
    bone(flat(side * 11, 19, 3.4, side * 2, 27, 2.8), within(5, 22))
    bone(flat(side * 12, 19, 4.4, side * 31, 27, 3.6), within(7, 15))
    bone(flat(side * 12, 17, 4.6, side * 13, 20, 4.6), within(17, 24) + within(0, 3))
    bone(flat(side * 18, 6, 3.4, side * 32, 20, 3.6), within(5, 13)) // head and neck of the rib
  }
  bone(flat(0, 27, 3, 0, 36 + phase * 0.35, 2.4), Math.max(within(2, 24), 0.7))
  raster.box(0, y0 + 18, 11, 11, (x, y, i) => {
    const canal = (Math.hypot(x / 8.6, (y - y0 - 17.5) / 7.8) - 1) * 8
    if (canal > EDGE) return
    raster.cover(i, canal, -30)
    raster.cover(i, canal + 1.2, HU.fluid + 8)
    raster.cover(i, (Math.hypot(x / 5.2, (y - y0 - 17.3) / 3.9) - 1) * 4.4, HU.cord + 6)
  })
}

export function paintSternum(raster: Raster, outlines: Outlines, grain: Grain): void {
  const { z } = raster
  if (z < -78 || z > 112) return
  const front = -(outlines.cavity[outlines.cavity.length / 2] as number) - 6.5
  const manubrium = smooth(58, 74, z)
  const xiphoid = 1 - smooth(-60, -44, z)
  const joint = Math.exp(-(((z - 60) / 3) ** 2))
  const halfWidth = mix(mix(16.5, 27, manubrium), 8, xiphoid) * (1 - smooth(104, 113, z)) - 2 * joint
  const halfDepth = mix(mix(5.6, 7, manubrium), 3.8, xiphoid)
  if (halfWidth < 3) return
  raster.box(0, front, halfWidth + 3, halfDepth + 8, (x, y, i) => {
    const bow = front - 0.006 * x * x * manubrium + 1.6 * (x / halfWidth) ** 2
    const distance =
      ((Math.abs(x / halfWidth) ** 3.2 + Math.abs((y - bow) / halfDepth) ** 2.6) ** (1 / 2.9) - 1) * halfDepth
    if (distance > EDGE) return
    raster.cover(i, distance, mix(620, 160, joint))
    raster.cover(i, distance + 1.3, mix(150 + 55 * grain(x * 0.5, y * 0.5, z * 0.5), 110, joint))
  })
}

/** Clavicles, shoulder blades and the heads of the upper arms, arms held up. */
export function paintShoulders(raster: Raster, grain: Grain): void {
  const { z } = raster
  for (const side of [-1, 1]) {
    for (const c of shoulderBones(side, z)) {
      if (!crosses(c, z, EDGE)) continue
      raster.box(
        (c.ax + c.bx) / 2,
        (c.ay + c.by) / 2,
        Math.abs(c.bx - c.ax) / 2 + 24,
        Math.abs(c.by - c.ay) / 2 + 24,
        (x, y, i) => {
          const distance = capsuleDistance(c, x, y, z)
          if (distance > EDGE) return
          raster.cover(i, distance, HU.cortex)
          raster.cover(i, distance + 1.6, HU.marrow + 50 * grain(x * 0.5, y * 0.5, z * 0.5))
        },
      )
    }
  }
}

function shoulderBones(side: number, z: number): Capsule[] {
  const lift = smooth(-25, 130, z)
  const medial = mix(96, 74, lift)
  const blade = smooth(-28, -12, z) * (1 - smooth(118, 132, z))
  const bones = [
    capsule([side * 20, -74, 104], 7, [side * 58, -68, 118], 6),
    capsule([side * 58, -68, 118], 6, [side * 112, -30, 142], 6.2),
    capsule([side * 112, -30, 142], 6.2, [side * 140, -6, 150], 6.5),
    capsule([side * 147, 30, 128], 21, [side * 150, 20, 170], 22),
    capsule([side * 128, 44, 112], 9, [side * 130, 40, 140], 13),
  ]
  if (blade > 0.1) {
    const tip = mix(104, 128, lift)
    bones.push(
      capsule(
        [side * medial, mix(82, 92, lift), z],
        2.2 * blade,
        [side * mix(110, 108, lift), mix(74, 82, lift), z],
        1.8 * blade,
      ),
    )
    bones.push(
      capsule(
        [side * mix(110, 108, lift), mix(74, 82, lift), z],
        1.8 * blade,
        [side * tip, mix(66, 58, lift), z],
        3.6 * blade,
      ),
    )
    const ridge = smooth(70, 84, z) * (1 - smooth(120, 130, z))
    if (ridge > 0.1) bones.push(capsule([side * 92, 90, z], 1.8 * ridge, [side * 132, 84, z], 3.4 * ridge))
  }
  return bones
}

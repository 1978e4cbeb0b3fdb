/**
 * The trees of both lungs: arteries with the bronchi that go beside them (the signet ring of a cross-section), and veins between.
 * Points to serve are strewn over the lungs by chance; the trees find their way to them.
 */

import { lungProbe } from './lungs.ts'
import { HILA, HU, VEIN_ROOTS } from './organs.ts'
import { indexOf, outlinesAt } from './outlines.ts'
import { mix, type Random } from './random.ts'
import type { Capsule, Point } from './shapes.ts'
import { grow } from './tree.ts'

export interface Branch {
  readonly capsule: Capsule
  readonly value: number
  /** Thickness of the wall around air, mm; 0 for vessels. */
  readonly wall: number
}

const BOTTOM = -150
const TOP = 146
const LEVEL_MM = 4
const ARTERY_POINTS = 3000
const VEIN_POINTS = 2400
/** Airways thinner than this cannot be seen. */
const SEEN_MM = 1.15

export function bronchovascular(random: Random, wave: (angle: number, z: number) => number): Branch[] {
  const inside = insideLung(wave)
  const branches: Branch[] = []
  for (const side of ['right', 'left'] as const) {
    const sign = side === 'right' ? -1 : 1
    const towards: Point = [sign, 0.15, -0.35]
    const arteries = grow(
      { root: HILA[side], towards, radius: 7.2, points: strew(ARTERY_POINTS, sign, inside, random), inside },
      random,
    )
    const veins = grow(
      {
        root: VEIN_ROOTS[side],
        towards,
        radius: 6.4,
        points: strew(VEIN_POINTS, sign, inside, random),
        inside,
      },
      random,
    )
    branches.push(...veins.map(vessel), ...arteries.map(vessel), ...arteries.flatMap(bronchus))
  }
  return branches
}

/** Small vessels take up less contrast per pixel anyway; large ones shine. */
const vessel = (capsule: Capsule): Branch => ({
  capsule,
  value: mix(60, HU.blood, Math.min(1, capsule.rb / 4)),
  wall: 0,
})

/** Beside its artery, a little thinner, with a wall of a tenth to a fifth of its width. */
function bronchus(artery: Capsule): Branch[] {
  const ra = artery.ra * 0.86
  const rb = artery.rb * 0.86
  if (rb < SEEN_MM) return []
  const { x, y, z } = across(artery)
  const da = artery.ra + ra * 0.9
  const db = artery.rb + rb * 0.9
  const capsule: Capsule = {
    ax: artery.ax + x * da,
    ay: artery.ay + y * da,
    az: artery.az + z * da,
    bx: artery.bx + x * db,
    by: artery.by + y * db,
    bz: artery.bz + z * db,
    ra,
    rb,
  }
  return [{ capsule, value: HU.wall - 20, wall: Math.min(1.3, 0.45 + rb * 0.17) }]
}

/** A direction across the artery, the same for neighbours: towards the back and the head as far as it can. */
function across(c: Capsule): { x: number; y: number; z: number } {
  const dx = c.bx - c.ax
  const dy = c.by - c.ay
  const dz = c.bz - c.az
  const size = Math.hypot(dx, dy, dz) || 1
  const along = (0.74 * dy + 0.67 * dz) / size
  const x = (-along * dx) / size
  const y = 0.74 - (along * dy) / size
  const z = 0.67 - (along * dz) / size
  const n = Math.hypot(x, y, z) || 1
  return { x: x / n, y: y / n, z: z / n }
}

function strew(
  count: number,
  sign: number,
  inside: (x: number, y: number, z: number) => number,
  random: Random,
): Point[] {
  const points: Point[] = []
  while (points.length < count) {
    const x = sign * (8 + 124 * random())
    const y = -92 + 190 * random()
    const z = BOTTOM + (TOP - BOTTOM) * random()
    if (inside(x, y, z) < -2.5) points.push([x, y, z])
  }
  return points
}

/** Distance to the border of the lung at any place, from levels made once. */
function insideLung(wave: (angle: number, z: number) => number): (x: number, y: number, z: number) => number {
  const levels = Array.from({ length: Math.ceil((TOP - BOTTOM) / LEVEL_MM) + 1 }, (_, k) => {
    const z = BOTTOM + k * LEVEL_MM
    return lungProbe(z, outlinesAt(z, wave), indexOf)
  })
  return (x, y, z) => levels[Math.round((z - BOTTOM) / LEVEL_MM)]?.(x, y) ?? 99
}

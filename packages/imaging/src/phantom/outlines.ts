/**
 * The three closed curves of a chest slice, as radii by angle around the patient's axis: skin, inner border of the fat under it, and the
 * thoracic cavity inside the ribs. Angle 0 is the front (-y), growing towards the patient's left (+x); mm; z grows towards the head.
 */
import { mix, smooth } from './random.ts'

export const ANGLES = 2048

export interface Outlines {
  readonly skin: Float32Array
  readonly fat: Float32Array
  readonly cavity: Float32Array
}

/** @param wave slow noise that makes the two sides differ; (angle, z) -> about -1..1 */
export function outlinesAt(z: number, wave: (angle: number, z: number) => number): Outlines {
  const skin = new Float32Array(ANGLES)
  const fat = new Float32Array(ANGLES)
  const cavity = new Float32Array(ANGLES)
  const shoulder = smooth(40, 150, z)
  const belly = smooth(-60, -150, z)
  const half = {
    skin: mix(163, 176, shoulder) - 2 * belly,
    front: mix(106, 88, shoulder) + 6 * belly,
    back: mix(122, 112, shoulder),
  }
  const apex = Math.sqrt(Math.max(0.02, 1 - 0.93 * Math.max(0, (z - 5) / 138) ** 2.4))
  for (let k = 0; k < ANGLES; k++) {
    const angle = angleOf(k)
    const side = Math.abs(angle)
    const noise = wave(angle, z)
    const back = Math.PI - side
    const outer =
      superellipse(angle, half.skin, half.front, half.back, 2.35) -
      8 * bump(back, 0.16) + // the groove over the spine
      3 * bump(back - 0.42, 0.25) -
      4 * bump(side, 0.2) * (1 - belly) +
      7 * bump(side - 0.62, 0.3) * smooth(-40, 30, z) * (1 - shoulder) + // pectoral muscles
      4 * bump(side - 1.95, 0.35) * smooth(-20, 60, z) +
      1.5 * noise
    const layer =
      7 +
      4 * bump(side - 0.7, 0.35) +
      6 * bump(side - 2.4, 0.45) +
      (5 + 7 * belly) * bump(side - 1.6, 0.4) * smooth(30, -110, z) +
      5 * belly * bump(side, 0.8) +
      1.6 * wave(angle * 1.7 + 9, z * 0.7)
    const inner =
      (superellipse(angle, 129, 87, 97, 2.45) -
        22 * bump(back, 0.2) -
        7 * bump(side, 0.25) +
        1.2 * wave(angle + 4, z)) *
      apexScale(apex, side)
    skin[k] = outer
    fat[k] = outer - layer
    cavity[k] = Math.min(inner, outer - layer - 8)
  }
  return { skin, fat, cavity }
}

export const angleOf = (index: number): number => (index / ANGLES) * 2 * Math.PI - Math.PI

export const indexOf = (x: number, y: number): number =>
  Math.floor(((Math.atan2(x, -y) + Math.PI) / (2 * Math.PI)) * ANGLES) & (ANGLES - 1)

/** The front of the chest slopes back towards the apex faster than the rest. */
const apexScale = (apex: number, side: number): number =>
  apex * mix(mix(0.82, 1, apex), 1, smooth(0.3, 1.6, side))

const bump = (d: number, width: number): number => Math.exp(-((d / width) ** 2))

function superellipse(angle: number, a: number, front: number, back: number, n: number): number {
  const s = Math.abs(Math.sin(angle)) / a
  const c = Math.abs(Math.cos(angle)) / mix(front, back, smooth(-0.45, 0.45, -Math.cos(angle)))
  return (s ** n + c ** n) ** (-1 / n)
}

/**
 * The header of a NIfTI-1 file of labels (nifti1.h of the NIfTI Data Format Working Group): 348 bytes, and four that say that no extension
 * follows. NIfTI's axes point right, front, up; ours left, back, up. No text of ours but the name of the program.
 */
import type { Vec3 } from '@consilium/geometry/vec3'
import { type Lattice, stepLengths } from '../lattice.ts'
import { rotationOf } from './rotation.ts'

export const HEADER_BYTES = 352

export const LABEL_TYPES = {
  uint8: { code: 2, bits: 8 },
  uint16: { code: 512, bits: 16 },
} as const
export type LabelType = keyof typeof LABEL_TYPES

/** DT, intent and unit codes of the standard. */
const INTENT_LABEL = 1002
const MILLIMETRES = 2
/** Coordinates of the scanner, or only such that fit the picture they belong to. */
const SCANNER = 1
const ALIGNED = 2

/** @param most the largest label */
export function headerOf(lattice: Lattice, type: LabelType, most: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES)
  const view = new DataView(bytes.buffer)
  const floats = (at: number, values: readonly number[]): void =>
    values.forEach((value, k) => void view.setFloat32(at + 4 * k, value, true))
  const text = (at: number, value: string): void =>
    void new TextEncoder().encodeInto(value, bytes.subarray(at))
  const rotation = rotationOf(lattice.steps.map(toRas) as unknown as [Vec3, Vec3, Vec3])
  const code = lattice.isPlaced ? SCANNER : ALIGNED
  const origin = toRas(lattice.origin)

  view.setInt32(0, 348, true)
  ;[3, ...lattice.size, 1, 1, 1, 1].forEach((size, k) => void view.setInt16(40 + 2 * k, size, true))
  view.setInt16(68, INTENT_LABEL, true)
  view.setInt16(70, LABEL_TYPES[type].code, true)
  view.setInt16(72, LABEL_TYPES[type].bits, true)
  floats(76, [rotation?.handedness ?? 1, ...stepLengths(lattice)])
  floats(108, [HEADER_BYTES, 1, 0])
  bytes[123] = MILLIMETRES
  floats(124, [most, 0])
  text(148, 'Consilium')
  // A rotation cannot say what is sheared: then only the matrix counts.
  view.setInt16(252, rotation ? code : 0, true)
  view.setInt16(254, code, true)
  if (rotation) floats(256, [...rotation.quaternion, ...origin])
  for (const axis of [0, 1, 2] as const) {
    const row = lattice.steps.map((step) => toRas(step)[axis])
    floats(280 + 16 * axis, [...row, origin[axis]])
  }
  text(344, 'n+1')
  return bytes
}

const toRas = ([x, y, z]: Vec3): Vec3 => [0 - x, 0 - y, z]

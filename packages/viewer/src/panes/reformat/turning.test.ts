import { axesAcross } from '@consilium/geometry/across'
import type { Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import { Turns } from './turning.ts'

const AXIAL = { row: [1, 0, 0] as Vec3, column: [0, 1, 0] as Vec3 }
const STEP = Math.PI / 36
const onScreen = (normal: Vec3) => {
  const { row, column } = axesAcross(normal, AXIAL)
  return { right: row, down: column }
}

describe('[V140] a plane turned by keys', () => {
  /** So many steps of five degrees from the axial plane, as each stands on the screen. */
  const pressed = (turns: Turns, from: Vec3, about: 'row' | 'column', steps: number): Vec3 => {
    let normal = from
    for (let n = 0; n < Math.abs(steps); n++)
      normal = turns.next(normal, about, onScreen(normal), Math.sign(steps) * STEP)
    return normal
  }
  const close = (normal: Vec3) => normal.map((n) => expect.closeTo(Math.abs(n), 9))

  it('goes from axial to sagittal and to coronal by a quarter, and back by the key of the other way', () => {
    const turns = new Turns()
    const sagittal = pressed(turns, [0, 0, 1], 'column', 18)
    expect([1, 0, 0]).toEqual(close(sagittal))
    expect([0, 0, 1]).toEqual(close(pressed(turns, sagittal, 'column', -18)))
    expect([0, 1, 0]).toEqual(close(pressed(turns, [0, 0, 1], 'row', 18)))
  })

  it('begins anew with what is on the screen once something else has turned it', () => {
    const turns = new Turns()
    pressed(turns, [0, 0, 1], 'column', 4)
    // From a sagittal plane, whose column goes along the patient: to the coronal one.
    expect([0, 1, 0]).toEqual(close(pressed(turns, [1, 0, 0], 'column', 18)))
  })
})

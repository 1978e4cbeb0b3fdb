import type { Plane } from '@consilium/geometry/plane'
import { normalize, type Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import { axesInPatient, edgeLetters, lettersOf, oneDecimal, planeName, positionText } from './orientation.ts'

const plane = (row: Vec3, column: Vec3, origin: Vec3 = [-92, -20, -84]): Plane => ({
  origin,
  row,
  column,
  columnSpacing: 1,
  rowSpacing: 1,
})

describe('[W22] letters at the edges name the patient’s sides', () => {
  it('axial: right of the patient at the left, front at the top', () => {
    const letters = edgeLetters({ right: [1, 0, 0], down: [0, 1, 0] })
    expect(letters).toEqual({ left: 'R', right: 'L', top: 'A', bottom: 'P' })
  })
  it('coronal: head at the top', () => {
    const letters = edgeLetters({ right: [1, 0, 0], down: [0, 0, -1] })
    expect(letters).toEqual({ left: 'R', right: 'L', top: 'H', bottom: 'F' })
  })
  it('sagittal: front at the left', () => {
    const letters = edgeLetters({ right: [0, 1, 0], down: [0, 0, -1] })
    expect(letters).toEqual({ left: 'A', right: 'P', top: 'H', bottom: 'F' })
  })
  it('oblique: the largest cosine first', () => {
    expect(lettersOf(normalize([-0.8, -0.5, 0]))).toBe('RA')
    expect(lettersOf(normalize([0.4, 0.5, 0.8]))).toBe('HPL')
    expect(lettersOf(normalize([-0.1, 0.1, -1]))).toBe('F')
  })
  it('an ordinary gantry tilt adds no letter', () => {
    const tilt = (15 * Math.PI) / 180
    expect(lettersOf([0, Math.cos(tilt), Math.sin(tilt)])).toBe('P')
  })
})

describe('the plane’s name and place', () => {
  it('names the three planes', () => {
    expect(planeName(plane([1, 0, 0], [0, 1, 0]))).toBe('Axial')
    expect(planeName(plane([1, 0, 0], [0, 0, -1]))).toBe('Coronal')
    expect(planeName(plane([0, 1, 0], [0, 0, -1]))).toBe('Sagittal')
    expect(planeName(plane(normalize([1, 1, 0]), [0, 0, -1]))).toBe('Oblique')
  })
  it('says where it lies, with a true minus', () => {
    expect(positionText(plane([1, 0, 0], [0, 1, 0]))).toBe('z −84.0 mm')
    expect(positionText(plane([1, 0, 0], [0, 0, -1]))).toBe('y −20.0 mm')
    expect(positionText(plane([0, 1, 0], [0, 0, -1]))).toBe('x −92.0 mm')
    expect(oneDecimal(-0.04)).toBe('0.0')
  })
})

describe('[V154] a projection has letters where the file says its sides', () => {
  const nowhere = { direction: [1, 0, 0, 0, 1, 0, 0, 0, 1], positions: [[0, 0, 0]] }
  const chest = { ...nowhere, patientOrientation: ['L', 'F'] }
  const lettersIn = (
    meta: Parameters<typeof axesInPatient>[1],
    axes: Parameters<typeof axesInPatient>[0],
  ) => {
    const found = axesInPatient(axes, meta)
    return found && edgeLetters(found)
  }

  it.each<[string, Vec3, Vec3, string]>([
    ['as it is stored', [1, 0, 0], [0, 1, 0], 'R L H F'],
    ['mirrored', [-1, 0, 0], [0, 1, 0], 'L R H F'],
    ['turned by a quarter', [0, -1, 0], [1, 0, 0], 'F H R L'],
    ['upside down', [-1, 0, 0], [0, -1, 0], 'L R F H'],
  ])('%s', (_, right, down, letters) => {
    expect(Object.values(lettersIn(chest, { right, down }) ?? {}).join(' ')).toBe(letters)
  })

  it('none where it does not, and by its cosines where it has a place', () => {
    const axes = { right: [1, 0, 0], down: [0, 1, 0] } as const
    expect(lettersIn({ ...nowhere, patientOrientation: null }, axes)).toBeNull()
    expect(lettersIn({ ...chest, positions: [[0, 0, 7]] }, axes)).toMatchObject({ right: 'L', bottom: 'P' })
  })
})

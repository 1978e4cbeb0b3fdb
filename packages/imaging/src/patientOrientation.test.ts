import { dot } from '@consilium/geometry/vec3'
import { expect, it } from 'vitest'
import { patientOrientationOf, sidesSaid } from './patientOrientation.ts'

it('[V154] two sides of a human are read as the file says them', () => {
  for (const words of [
    ['L', 'F'],
    ['R', 'P'],
    ['A', 'FR'],
    ['PFL', 'R'],
  ])
    expect(patientOrientationOf(words)).toEqual(words)
})

it.each([
  ['nothing', []],
  ['one side', ['L']],
  ['an empty one', ['L', '']],
  ['both along the same axis', ['L', 'R']],
  ['two letters of one axis', ['LR', 'F']],
  ['letters of an animal', ['LE', 'D']],
  ['words', ['LEFT', 'FOOT']],
  ['a third one', ['L', 'F', 'H']],
])('[V154] %s says nothing', (_, words) => {
  expect(patientOrientationOf(words)).toBeNull()
})

it('[V154] the first letter prevails', () => {
  const { row, column } = sidesSaid(['A', 'FR'])
  expect(row).toEqual([0, -1, 0])
  expect(column[2]).toBeLessThan(column[0])
  expect(column[0]).toBeLessThan(0)
  expect([dot(row, column), Math.hypot(...column)]).toEqual([expect.closeTo(0, 12), expect.closeTo(1, 12)])
})

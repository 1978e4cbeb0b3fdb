import type { Annotation } from '@consilium/crdt-schema/annotation'
import { differenceOf } from '@consilium/crdt-schema/compare'
import type { SpacingAt } from '@consilium/viewer/lengths'
import { expect, it } from 'vitest'
import { SOURCE } from '../../../session/testing/story.ts'
import { type DifferenceLine, differenceLines } from './differenceWords.ts'

const SQUARE: Annotation = {
  id: '1-aaaa',
  kind: 'polygon',
  label: 'nodule',
  certainty: 'present',
  confidence: null,
  reasoning: '',
  source: SOURCE,
  vertices: [
    { key: 'a0V', at: [0, 0, 0] },
    { key: 'a1V', at: [10, 0, 0] },
    { key: 'a2V', at: [10, 10, 0] },
    { key: 'a3V', at: [0, 10, 0] },
  ],
  retired: null,
}

function lines(
  before: Annotation | null,
  after: Annotation | null,
  spacingAt: SpacingAt = 'patient',
): string[] {
  const difference = differenceOf('annotations', before, after)
  const told = difference
    ? differenceLines(difference as never, (key) => (key === 'nodule' ? 'Solid nodule' : key), spacingAt)
    : []
  return told.map(({ title, before: b, after: a }: DifferenceLine) =>
    `${title}: ${b} > ${a}`.replaceAll('\u00a0', ' '),
  )
}

it('[W73] shapes differ in vertices, mm and mm²', () => {
  const [a, b, c, d] = SQUARE.vertices
  if (!a || !b || !c || !d) throw new Error('a square has four')
  expect(lines(SQUARE, { ...SQUARE, vertices: [a, b, { ...c, at: [13, 14, 0] }, d] })).toEqual([
    'Moved:  > 1 vertex by 5.0 mm',
    'Area: 100.0 mm² > 135.0 mm²',
  ])
  expect(lines(SQUARE, { ...SQUARE, vertices: [a, b, c] })).toEqual([
    'Gone: 1 vertex > ',
    'Area: 100.0 mm² > 50.0 mm²',
  ])
})

it('[W73] fields differ in their values, as they are called on screen', () => {
  expect(lines(SQUARE, { ...SQUARE, certainty: null, confidence: 80, reasoning: 'Round.' })).toEqual([
    'Certainty: present > nothing',
    'Confidence: nothing > 80',
    'Reasoning: nothing > Round.',
  ])
  expect(lines(SQUARE, { ...SQUARE, retired: { reason: 'Drawn twice.' } })).toEqual([
    'Reason:  > Drawn twice.',
  ])
})

it('[W108] where a file does not state the size of a pixel, pixels are told', () => {
  const [a, b, c, d] = SQUARE.vertices
  if (!a || !b || !c || !d) throw new Error('a square has four')
  const after = { ...SQUARE, vertices: [a, b, { ...c, at: [13, 14, 0] as const }, d] }
  expect(lines(SQUARE, after, null)).toEqual(['Moved:  > 1 vertex by 5.0 px', 'Area: 100.0 px² > 135.0 px²'])
})

it('of what is new only what was said of it is told', () => {
  expect(lines(null, SQUARE)).toEqual([
    'Label:  > Solid nodule',
    'Certainty:  > present',
    'Area:  > 100.0 mm²',
  ])
})

it('[K21] what a kind measures differs in its own unit: axes in mm, angles in degrees', () => {
  const [a, b, c, d] = SQUARE.vertices
  if (!a || !b || !c || !d) throw new Error('a square has four')
  const corner = { ...SQUARE, kind: 'angle' as const, vertices: [a, b, c] }
  const wider = { ...corner, vertices: [a, b, { ...c, at: [20, 10, 0] as const }] }
  expect(lines(corner, wider, null)).toEqual(['Moved:  > 1 vertex by 10.0 px', 'Angle: 90.0° > 135.0°'])
  const oval = { ...SQUARE, kind: 'ellipse' as const, vertices: [a, b, { ...c, at: [5, 3, 0] as const }] }
  const higher = { ...oval, vertices: [a, b, { ...c, at: [5, 4, 0] as const }] }
  expect(lines(oval, higher, 'detector')).toEqual([
    'Moved:  > 1 vertex by 1.0 mm at the detector',
    'Area: 47.1 mm² at the detector > 62.8 mm² at the detector',
    'Short axis: 6.0 mm at the detector > 8.0 mm at the detector',
  ])
})

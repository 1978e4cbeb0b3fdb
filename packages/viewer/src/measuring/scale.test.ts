/** Shapes on pictures of ultrasound: in mm where they lie inside of a region with a scale, in pixels anywhere else. */
import type { KindName } from '@consilium/crdt-schema/kinds'
import { kindOf } from '@consilium/crdt-schema/kinds'
import { type Plane, toPatient } from '@consilium/geometry/plane'
import { describe, expect, it } from 'vitest'
import { figureOf, type Scaled, scaleAlong, scaleOf } from './scale.ts'

const plane: Plane = { origin: [0, 0, 0], row: [1, 0, 0], column: [0, 1, 0], columnSpacing: 1, rowSpacing: 1 }
/** 0.5 mm across and 0.25 mm down, and beside it another one. */
const left = { left: 10, top: 10, right: 59, bottom: 89, spacing: { column: 0.5, row: 0.25 } }
const right = { left: 70, top: 10, right: 99, bottom: 89, spacing: { column: 2, row: 2 } }
const series: Scaled = { spacingAt: null, regions: [left, right] }

type Places = readonly (readonly [x: number, y: number])[]
const pointsAt = (places: Places, on = plane) => places.map(([x, y]) => toPatient(on, { x, y }))
const figure = (kind: KindName, places: Places, of: Scaled = series, on = plane) =>
  figureOf(of, kind, pointsAt(places, on), on)
const measured = (kind: KindName, places: Places) => {
  const scale = scaleOf(series, kind, pointsAt(places), plane)
  return { ...scale, measures: kindOf(kind).measures(scale.points, plane) }
}

describe('[V147] inside of one region', () => {
  const line: Places = [
    [20, 20],
    [26, 36],
  ]
  it('lengths are in mm, across and down each by its own scale', () => {
    // 6 x 0.5 = 3 and 16 x 0.25 = 4.
    expect(figure('length', line)).toBe('5.0 mm')
    expect(figure('box', line)).toBe('3.0 × 4.0 mm')
    expect(
      figure('length', [
        [70, 10],
        [73, 14],
      ]),
    ).toBe('10.0 mm')
  })
  it('as a header states it: a hundred pixels of 0.05104970559477806 cm', () => {
    const mm = 0.5104970559477806
    const regions = [{ left: 84, top: 31, right: 300, bottom: 220, spacing: { row: mm, column: mm } }]
    expect(
      figure(
        'length',
        [
          [100, 60],
          [160, 140],
        ],
        { spacingAt: null, regions },
      ),
    ).toBe('51.0 mm')
  })
  it('whatever shape the pixels have on the screen', () => {
    const tall = { ...plane, rowSpacing: 1.5 }
    expect(figure('length', line, series, tall)).toBe('5.0 mm')
    expect(scaleOf(series, 'box', pointsAt(line, tall), tall).area).toBeCloseTo(0.125 / 1.5, 12)
  })
  it('areas are in mm², of the line and of what is counted in pixels', () => {
    const { measures, area, at, why } = measured('polygon', [
      [20, 20],
      [30, 20],
      [30, 40],
      [20, 40],
    ])
    // 5 mm by 5 mm.
    expect(measures).toMatchObject([
      { name: 'area', value: 25 },
      { name: 'perimeter', value: 20 },
    ])
    expect([area, at, why]).toEqual([0.125, 'patient', null])
  })
  it('an ellipse that stands aslant has the axes of what it becomes', () => {
    const places: Places = [
      [20, 30],
      [40, 50],
      [25, 45],
    ]
    const [long, short, area] = measured('ellipse', places).measures
    const outline = kindOf('ellipse').contours(pointsAt(places), plane)[0]?.points ?? []
    const halves = outline.map(([x, y]) => Math.hypot((x - 30) * 0.5, (y - 40) * 0.25))
    expect(long?.value).toBeCloseTo(2 * Math.max(...halves), 2)
    expect(short?.value).toBeCloseTo(2 * Math.min(...halves), 2)
    // π a b of the axes as drawn, by the size of a pixel.
    expect(area?.value).toBeCloseTo(Math.PI * Math.sqrt(200) * Math.sqrt(50) * 0.125, 9)
  })
  it('a right angle on the screen is what it is in the patient', () => {
    const angle: Places = [
      [30, 20],
      [20, 20],
      [24, 28],
    ]
    // 2 mm across, 2 mm down.
    expect(figure('angle', angle)).toBe('45.0°')
  })
  it('to the outer edge of its outermost pixels', () => {
    expect(
      figure('length', [
        [9.5, 9.5],
        [59.5, 9.5],
      ]),
    ).toBe('25.0 mm')
    expect(
      figure('length', [
        [9.4, 9.5],
        [59.5, 9.5],
      ]),
    ).toBe('50.1 px')
  })
})

describe('[V148] elsewhere lengths are in pixels, and a sentence says why', () => {
  it.each<[string, KindName, Places]>([
    [
      'outside of every region',
      'length',
      [
        [62, 20],
        [65, 24],
      ],
    ],
    [
      'over an edge',
      'length',
      [
        [57, 20],
        [60, 24],
      ],
    ],
    [
      'from one region to another',
      'length',
      [
        [50, 20],
        [80, 60],
      ],
    ],
    [
      'where only its outline reaches out',
      'ellipse',
      [
        [20, 12],
        [40, 12],
        [30, 16],
      ],
    ],
  ])('%s', (_, kind, places) => {
    const { at, why, points, area } = measured(kind, places)
    expect([at, area]).toEqual([null, 1])
    expect(points).toEqual(pointsAt(places))
    expect(why).toMatch(/^In pixels: .* scale/)
    expect(figure(kind, places)).toMatch(/ px$/)
  })
  it('where two regions with unlike scales lie over one another', () => {
    const over = { ...left, spacing: right.spacing }
    const line: Places = [
      [20, 20],
      [23, 24],
    ]
    expect(figure('length', line, { spacingAt: null, regions: [left, over] })).toBe('5.0 px')
    expect(figure('length', line, { spacingAt: null, regions: [right, { ...right, left: 15 }] })).toBe(
      '10.0 mm',
    )
  })
  it('where the series has no region, or a size of pixels, nothing changes', () => {
    const line: Places = [
      [20, 20],
      [23, 24],
    ]
    expect(figure('length', line, { spacingAt: null })).toBe('5.0 px')
    expect(scaleOf({ spacingAt: null }, 'length', pointsAt(line), plane).why).toBeNull()
    expect(figure('length', line, { ...series, spacingAt: 'patient' })).toBe('5.0 mm')
    expect(figure('length', line, { ...series, spacingAt: 'detector' })).toBe('5.0 mm at the detector')
  })
})

it('[V147] the ruler is in the scale of the one region, along the way that the screen runs', () => {
  const one: Scaled = { spacingAt: null, regions: [left] }
  expect(scaleAlong(one, [1, 0, 0], plane)).toEqual({ at: 'patient', length: 0.5 })
  expect(scaleAlong(one, [0, -1, 0], plane)).toEqual({ at: 'patient', length: 0.25 })
  expect(scaleAlong(series, [1, 0, 0], plane)).toEqual({ at: null, length: 1 })
  expect(scaleAlong({ spacingAt: 'patient' }, [1, 0, 0], plane)).toEqual({ at: 'patient', length: 1 })
})

/** Which planes a shape is on, which only cut it, and where; and the lines of other panes' planes. Places are worked out by hand. */
import { normalOf, type Plane } from '@consilium/geometry/plane'
import type { Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import { slicedAs } from '../panes/reformat/slicings.ts'
import { turned } from '../panes/reformat/turning.ts'
import type { SeriesFrames } from '../panes/series.ts'
import type { Slicing } from '../panes/slicing.ts'
import { fit, toPatientOn, toScreen } from '../stage/camera.ts'
import { madeVolume } from '../testing/volume.ts'
import { gripAt, lineOf } from './guides.ts'
import { crossings, type Drawn, levelIn, meetingOf, planeDrawn, type Shown } from './meets.ts'

// 40 x 40 x 20 mm: columns and rows of 1 mm, slices of 2 mm from z = 0; two moments.
const base = madeVolume({
  row: [1, 0, 0],
  column: [0, 1, 0],
  step: [0, 0, 2],
  origin: [0, 0, 0],
  columns: 40,
  rows: 40,
  slices: 10,
  columnSpacing: 1,
  rowSpacing: 1,
  storedAt: () => 0,
  meta: { moments: 2, frames: 20, positions: Array.from({ length: 10 }, (_, k) => [0, 0, 2 * k]) },
})
const as = (slicing: Slicing): SeriesFrames => {
  const found = slicedAs(base, slicing)
  if (typeof found === 'string') throw new Error(found)
  return found
}
const on = (series: SeriesFrames, frame: number): Shown => ({ series, frame, plane: planeOf(series, frame) })
const planeOf = (series: SeriesFrames, frame: number): Plane => {
  const plane = series.planes[frame]
  if (!plane) throw new RangeError(`there is no frame ${frame}`)
  return plane
}
const coronal = as({ kind: 'coronal' })
const sagittal = as({ kind: 'sagittal' })

/** Drawn in the coronal plane at y = 12, from z = 4.8 to z = 11.2 and x = 10 to x = 20. */
const box: Drawn = {
  frame: 4,
  normal: normalOf(planeOf(coronal, 12)),
  points: [
    [10, 12, 11.2],
    [20, 12, 4.8],
  ],
}
/** A crossing has no direction. */
const sorted = (pairs: readonly (readonly Vec3[])[]): readonly (readonly Vec3[])[] =>
  pairs.map((pair) => pair.toSorted((a, b) => a[0] - b[0] || a[2] - b[2]))
const meetings = (drawn: Drawn, series: SeriesFrames, count: number, from = 0): (string | null)[] =>
  Array.from({ length: count }, (_, k) => meetingOf(drawn, on(series, from + k)))

describe('a shape drawn across the slices', () => {
  it('[V7] is on its own plane and no other of that direction', () => {
    const found = meetings(box, coronal, 40)
    expect(found[12]).toBe('on')
    expect(found.filter((one) => one !== null)).toHaveLength(1)
  })

  it('[V7] is cut by the slices between its lower and upper end, and by those nearer to an end than half a slice', () => {
    // z = 4 is 0.8 mm below the lower end, z = 12 as far above the upper one; half a slice is 1 mm.
    expect(meetings(box, base, 10)).toEqual([
      null,
      null,
      'across',
      'across',
      'across',
      'across',
      'across',
      null,
      null,
      null,
    ])
  })

  it('[V7] where a slice cuts it both sides are told to the millimetre', () => {
    const plane = planeDrawn(box, planeOf(base, 0))
    const [left, right] = [
      [10, 12, 4.8],
      [20, 12, 11.2],
    ] as const
    const outline = {
      closed: true,
      points: [left, [left[0], 12, right[2]], right, [right[0], 12, left[2]]] as Vec3[],
    }
    expect(plane.row.map(Math.abs)).toEqual([1, 0, 0])
    expect(plane.column.map(Math.abs)).toEqual([0, 0, 1])
    const shown = on(base, 4)
    const level = levelIn(box.points, shown)
    expect(level).toBe(0)
    expect(sorted(crossings(outline, shown.plane, level ?? Number.NaN))).toEqual([
      [
        [10, 12, 8],
        [20, 12, 8],
      ],
    ])
    // In a sagittal plane the same box is a line from its foot to its head.
    const across = on(sagittal, 15)
    expect(sorted(crossings(outline, across.plane, levelIn(box.points, across) ?? Number.NaN))).toEqual([
      [
        [15, 12, 4.8],
        [15, 12, 11.2],
      ],
    ])
  })

  it('[V7] belongs to its moment', () => {
    expect(meetingOf({ ...box, frame: 14 }, on(base, 4))).toBeNull()
    expect(meetingOf({ ...box, frame: 14 }, on(base, 14))).toBe('across')
    expect(meetings({ ...box, frame: 14 }, coronal, 40, 40)[12]).toBe('on')
  })

  it('[V7] a line that ends between two slices is on the nearest one', () => {
    const short: Drawn = {
      ...box,
      points: [
        [10, 12, 6.4],
        [10, 12, 6.9],
      ],
    }
    expect(meetings(short, base, 10).map((one) => one !== null)).toEqual(
      Array.from({ length: 10 }, (_, k) => k === 3),
    )
    expect(
      crossings(
        { points: short.points, closed: false },
        planeOf(base, 3),
        levelIn(short.points, on(base, 3)) ?? 0,
      ),
    ).toEqual([[[10, 12, expect.closeTo(6.4, 4)]]])
  })
})

describe('what was drawn on a slice', () => {
  const drawn: Drawn = {
    ...box,
    frame: 3,
    normal: [0, 0, 1],
    points: [
      [5, 5, 6],
      [9, 9, 6],
    ],
  }
  it('[V7] is on that slice alone, whatever the plane that an older page does not name', () => {
    expect(meetings(drawn, base, 10).map((one) => one === 'on')).toEqual(
      Array.from({ length: 10 }, (_, k) => k === 3),
    )
    expect(meetings({ ...drawn, normal: undefined }, base, 10)).toEqual(meetings(drawn, base, 10))
  })
  it('[V7] a point is on one plane of each direction', () => {
    const point: Drawn = { frame: 3, normal: [0, 0, 1], points: [[7.4, 30, 6]] }
    expect(meetings(point, sagittal, 40).indexOf('on')).toBe(7)
    expect(meetings(point, coronal, 40).indexOf('on')).toBe(30)
    expect(meetings(point, coronal, 40).filter((one) => one !== null)).toHaveLength(1)
  })
})

describe('the lines of other panes', () => {
  const shown = planeOf(base, 5)
  const camera = fit(shown, base.meta, 400, 400)

  it('[V8] lie where the other plane cuts this one', () => {
    const [from, to] = lineOf(planeOf(coronal, 12), camera, shown) ?? []
    for (const end of [from, to]) {
      if (!end) throw new Error('no line')
      expect(toPatientOn(camera, shown, end)[1]).toBeCloseTo(12)
    }
    expect(lineOf(planeOf(base, 2), camera, shown)).toBeNull()
  })

  it('[V12] are turned far from their middle and shifted near it', () => {
    const guides = { planes: [{ pane: 1, plane: planeOf(coronal, 20) }], crosshair: null }
    const at = (x: number) => toScreen(camera, [x, 20, 10])
    expect(gripAt(at(20), guides, camera, shown)?.part).toBe('shift')
    expect(gripAt(at(35), guides, camera, shown)?.part).toBe('turn')
    expect(gripAt({ ...at(35), y: at(35).y + 9 }, guides, camera, shown)).toBeNull()
    // About the crosshair, where there is one on the line.
    const turning = gripAt(at(35), { ...guides, crosshair: [30, 20, 10] }, camera, shown)
    expect(turning?.part).toBe('shift')
    expect(turning?.pivot.x).toBeCloseTo(at(30).x)
  })

  it('[V12] a plane turned by a right angle and back is the same', () => {
    expect(turned([0, 1, 0], [0, 0, 1], Math.PI / 2)).toEqual([-1, 0, 0].map((n) => expect.closeTo(n)))
    const there = turned([0.6, 0.8, 0], [0, 1, 0], 0.7)
    expect(turned(there, [0, 1, 0], -0.7)).toEqual([0.6, 0.8, 0].map((n) => expect.closeTo(n)))
  })
})

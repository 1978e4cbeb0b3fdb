import { type Plane, toPatient, toPlane } from '@consilium/geometry/plane'
import { normalize } from '@consilium/geometry/vec3'
import { axesOf, type Turned, UPRIGHT, usualWay } from '@consilium/imaging/hung'
import { describe, expect, it } from 'vitest'
import { madeVolume } from '../testing/volume.ts'
import { fit, toPatientOn, toScreen } from './camera.ts'
import { edgeLetters } from './orientation.ts'
import { mirroredLines, WARNING } from './readouts.ts'
import { flippedAlong, rotatedBy, turnedFrom, turnedWords } from './turned.ts'
import { Viewing } from './viewing.ts'

/** PS3.3 C.10.6: Image Rotation, then Image Horizontal Flip. */
const WAYS: readonly Turned[] = [false, true].flatMap((flipped) =>
  ([0, 90, 180, 270] as const).map((rotation) => ({ rotation, flipped })),
)
const nameOf = ({ rotation, flipped }: Turned): string => `${rotation}°${flipped ? ', flipped' : ''}`
const named = WAYS.map((turned) => [nameOf(turned), turned] as const)

type Rows = readonly (readonly number[])[]

/** What DICOM's words say, done to the rows of a picture: independent of any camera. */
function hung(rows: Rows, { rotation, flipped }: Turned): Rows {
  let picture = rows
  for (let degrees = 0; degrees < rotation; degrees += 90) {
    const before = picture
    const [first = []] = before
    picture = first.map((_, x) => before.map((_, y) => before[before.length - 1 - y]?.[x] ?? Number.NaN))
  }
  return flipped ? picture.map((row) => row.toReversed()) : picture
}

const made = { origin: [0, 0, 0], columnSpacing: 1, rowSpacing: 1 } as const
const planes: Record<string, Pick<Plane, 'row' | 'column'>> = {
  axial: { row: [1, 0, 0], column: [0, 1, 0] },
  coronal: { row: [1, 0, 0], column: [0, 0, -1] },
  sagittal: { row: [0, 1, 0], column: [0, 0, -1] },
  oblique: { row: normalize([0.8, 0.6, 0]), column: [0, 0, -1] },
}

describe('[V50] a picture hangs in the eight ways of PS3.3 C.10.6', () => {
  const [columns, rows] = [5, 3]
  const picture: Rows = Array.from({ length: rows }, (_, y) =>
    Array.from({ length: columns }, (_, x) => 10 * y + x),
  )
  for (const [name, axes] of Object.entries(planes)) {
    const plane: Plane = { ...axes, origin: [-3, 7, 40], columnSpacing: 2, rowSpacing: 2 }
    it.each(named)(`every pixel of ${name} where it belongs: %s`, (_way, turned) => {
      const expected = hung(picture, turned)
      const [width, height] = [expected[0]?.length ?? 0, expected.length]
      const camera = fit(plane, { columns, rows }, width * 20, height * 20, turned)
      expect(camera.mmPerPixel).toBeCloseTo(0.1, 9)
      const seen = Array.from({ length: height }, (_, y) =>
        Array.from({ length: width }, (_, x) => {
          const at = toPlane(plane, toPatientOn(camera, plane, { x: 20 * x + 10, y: 20 * y + 10 }))
          return picture[Math.round(at.y)]?.[Math.round(at.x)]
        }),
      )
      expect(seen).toEqual(expected)
    })
  }

  it('pixels that are not square keep their shape on their side', () => {
    const plane: Plane = { ...planes.axial, origin: [0, 0, 0], columnSpacing: 0.5, rowSpacing: 3 } as Plane
    const camera = fit(plane, { columns: 40, rows: 10 }, 300, 200, { rotation: 90, flipped: false })
    // 30 mm of rows lie across 300 pixels, 20 mm of columns along 200.
    expect(camera.mmPerPixel).toBeCloseTo(0.1, 9)
    const [a, b] = [
      toScreen(camera, toPatient(plane, { x: 0, y: 0 })),
      toScreen(camera, toPatient(plane, { x: 1, y: 1 })),
    ]
    expect([b.x - a.x, b.y - a.y].map((n) => Number(n.toFixed(6)))).toEqual([-30, 5])
  })

  it.each([
    ['0°', 'R L A P'],
    ['90°', 'P A R L'],
    ['180°', 'L R P A'],
    ['270°', 'A P L R'],
    ['0°, flipped', 'L R A P'],
    ['90°, flipped', 'A P R L'],
    ['180°, flipped', 'R L P A'],
    ['270°, flipped', 'P A L R'],
  ])('left, right, top and bottom of an axial slice, %s: %s', (way, letters) => {
    const turned = WAYS.find((one) => nameOf(one) === way) ?? UPRIGHT
    const plane = { ...planes.axial, origin: [0, 0, 0], columnSpacing: 1, rowSpacing: 1 } as Plane
    const { left, right, top, bottom } = edgeLetters(fit(plane, { columns, rows }, 100, 100, turned))
    expect([left, right, top, bottom].join(' ')).toBe(letters)
  })
})

describe('by hand', () => {
  it.each(named)('what is seen turns clockwise, from %s', (_way, turned) => {
    const rows = [
      [1, 2],
      [3, 4],
      [5, 6],
    ]
    const seen = hung(rows, turned)
    expect(hung(rows, rotatedBy(turned, 1))).toEqual(hung(seen, { rotation: 90, flipped: false }))
    expect(hung(rows, rotatedBy(turned, -1))).toEqual(hung(seen, { rotation: 270, flipped: false }))
    expect(hung(rows, flippedAlong(turned, 'horizontal'))).toEqual(seen.map((row) => row.toReversed()))
    expect(hung(rows, flippedAlong(turned, 'vertical'))).toEqual(seen.toReversed())
  })

  const series = madeVolume({
    row: [1, 0, 0],
    column: [0, 1, 0],
    step: [0, 0, 2],
    origin: [-20, -10, 0],
    columns: 40,
    rows: 20,
    slices: 5,
    columnSpacing: 1,
    rowSpacing: 1,
    storedAt: ([i]) => i,
  })
  const opened = (): Viewing => {
    const viewing = new Viewing(() => {})
    viewing.resize(400, 400)
    viewing.open(series)
    return viewing
  }

  it('[V50] magnification and middle stay, a whole picture stays whole, and reset hangs it upright', () => {
    const viewing = opened()
    viewing.zoomBy(4)
    viewing.take({ center: [3, 4, 4] })
    const before = viewing.view()
    viewing.rotate(1)
    viewing.flip('vertical')
    expect(viewing.view()).toEqual({ ...before, turned: { rotation: 270, flipped: true } })
    viewing.reset()
    expect(viewing.view()?.turned).toEqual(UPRIGHT)
    viewing.resize(400, 200)
    viewing.rotate(-1)
    // 40 mm stand on end in 200 pixels.
    expect(viewing.view()?.mmPerPixel).toBeCloseTo(0.2, 9)
  })

  it('[V51] whoever follows sees it hang the same, and a part of a view leaves it as it is', () => {
    const [leader, follower] = [opened(), opened()]
    leader.rotate(1)
    leader.flip('horizontal')
    follower.take(leader.view() ?? {})
    expect(follower.view()).toEqual(leader.view())
    follower.take({ window: { center: 1, width: 2 } })
    expect(follower.turned).toEqual({ rotation: 90, flipped: true })
    leader.flip('horizontal')
    leader.rotate(-1)
    follower.take(leader.view() ?? {})
    expect(follower.turned).toEqual(UPRIGHT)
  })

  it('[V53] whoever follows sees the same colours, and reset makes them grey again', () => {
    const [leader, follower] = [opened(), opened()]
    leader.setColours('hot-iron')
    follower.take(leader.view() ?? {})
    expect(follower.colours).toBe('hot-iron')
    leader.reset()
    follower.take(leader.view() ?? {})
    expect(follower.colours).toBe('grey')
  })

  it('[V52] a mirrored picture says so, and which side is where', () => {
    const viewing = opened()
    const lines = () =>
      viewing.camera && mirroredLines({ turned: viewing.turned, camera: viewing.camera, meta: series.meta })
    expect(lines()).toEqual([])
    viewing.rotate(1)
    viewing.rotate(1)
    expect(lines()).toEqual([])
    viewing.flip('vertical')
    expect(lines()).toEqual([`${WARNING}Mirrored: R is on the right`])
    viewing.rotate(1)
    expect(lines()).toEqual([`${WARNING}Mirrored`])
    expect(turnedWords(viewing.turned)).toBe('Mirrored, turned 270°')
  })
})

describe('[V50] a volume file hangs as radiologists look, in whatever order it is stored', () => {
  const stored = Object.entries(planes).flatMap(([name, axes]) =>
    named.map(([way, turned]) => {
      const { right, down } = axesOf({ ...made, ...axes }, turned)
      return [`${name}, stored ${way}`, { ...made, row: right, column: down }, axes] as const
    }),
  )
  it.each(stored.filter(([name]) => !name.startsWith('oblique')))('%s', (_name, plane, { row, column }) => {
    expect(edgeLetters(axesOf(plane, usualWay(plane)))).toEqual(edgeLetters({ right: row, down: column }))
  })

  it('only what a hand did since is told', () => {
    for (const [, first] of named)
      for (const [, done] of named) {
        let now = first
        for (let degrees = 0; degrees < done.rotation; degrees += 90) now = rotatedBy(now, 1)
        if (done.flipped) now = flippedAlong(now, 'horizontal')
        expect(turnedFrom(first, now)).toEqual(done)
      }
  })

  it('in a pane: letters as usual and no warning; put upright again it hangs so', () => {
    for (const [modality, letters] of [
      ['', 'R L A P'],
      ['MR', 'L R P A'],
    ] as const) {
      const viewing = new Viewing(() => {})
      viewing.resize(200, 200)
      viewing.open(
        madeVolume({
          ...made,
          row: [-1, 0, 0],
          column: [0, -1, 0],
          step: [0, 0, 1],
          columns: 4,
          rows: 4,
          slices: 3,
          storedAt: () => 0,
          meta: { modality },
        }),
      )
      const edges = () => {
        const { left, right, top, bottom } = edgeLetters(viewing.camera!)
        return [left, right, top, bottom].join(' ')
      }
      expect(edges()).toBe(letters)
      expect(viewing.turned).toEqual(UPRIGHT)
      viewing.flip('horizontal')
      expect(viewing.turned).toEqual({ rotation: 0, flipped: true })
      viewing.reset()
      expect(edges()).toBe(letters)
    }
  })
})

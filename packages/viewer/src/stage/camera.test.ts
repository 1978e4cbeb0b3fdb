import { heightOver, type Plane, toPatient } from '@consilium/geometry/plane'
import { add, distance, normalize, scale, type Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import {
  fit,
  magnification,
  mmPerPixelToFollow,
  pan,
  pictureMatrix,
  pictureRect,
  resized,
  toPatientOn,
  toScreen,
  zoomAt,
} from './camera.ts'
import { edgeLetters } from './orientation.ts'

const row = normalize([1, 0.2, -0.1])
const column = normalize([-0.2 * 0.98, 0.98, 0])
const planes: Record<string, Plane> = {
  axial: { origin: [-180, -200, 50], row: [1, 0, 0], column: [0, 1, 0], columnSpacing: 0.7, rowSpacing: 0.7 },
  'coronal with oblong pixels': {
    origin: [-160, 12, 300],
    row: [1, 0, 0],
    column: [0, 0, -1],
    columnSpacing: 0.9,
    rowSpacing: 2.5,
  },
  oblique: { origin: [10, -40, 7], row, column, columnSpacing: 0.4, rowSpacing: 0.55 },
}
const picture = { columns: 320, rows: 200 }

describe.each(Object.entries(planes))('camera on a plane: %s', (_name, plane) => {
  const camera = zoomAt(fit(plane, picture, 801, 603), { x: 133, y: 71 }, 2.7)

  it('[W20] takes a screen point to the patient and back', () => {
    for (const p of [
      { x: 0, y: 0 },
      { x: 800.5, y: 602 },
      { x: 17.25, y: 400 },
    ]) {
      const at = toPatientOn(camera, plane, p)
      expect(Math.abs(heightOver(plane, at))).toBeLessThan(1e-9)
      const back = toScreen(camera, at)
      expect(Math.hypot(back.x - p.x, back.y - p.y)).toBeLessThan(1e-9)
    }
  })

  it('shows the whole picture, centred and in proportion', () => {
    const whole = fit(plane, picture, 801, 603)
    const rect = pictureRect(whole, plane, picture)
    expect(rect.x).toBeGreaterThanOrEqual(-1e-9)
    expect(rect.y).toBeGreaterThanOrEqual(-1e-9)
    expect(rect.x * 2 + rect.width).toBeCloseTo(801, 6)
    expect(rect.y * 2 + rect.height).toBeCloseTo(603, 6)
    const proportion = (320 * plane.columnSpacing) / (200 * plane.rowSpacing)
    expect(rect.width / rect.height).toBeCloseTo(proportion, 9)
  })

  it('keeps the place under the hand while zooming', () => {
    const hand = { x: 640, y: 90 }
    const before = toPatientOn(camera, plane, hand)
    const closer = zoomAt(camera, hand, 3)
    expect(distance(toPatientOn(closer, plane, hand), before)).toBeLessThan(1e-9)
    expect(magnification(closer, plane)).toBeCloseTo(3 * magnification(camera, plane), 9)
  })

  it('moves the picture with the hand', () => {
    const at = toPatientOn(camera, plane, { x: 100, y: 100 })
    const after = toScreen(pan(camera, 31, -8), at)
    expect(after.x).toBeCloseTo(131, 9)
    expect(after.y).toBeCloseTo(92, 9)
  })

  it('puts pixel centres where the picture is drawn', () => {
    const rect = pictureRect(camera, plane, picture)
    const p = toScreen(camera, toPatient(plane, { x: 10, y: 20 }))
    expect(p.x).toBeCloseTo(rect.x + (10.5 * rect.width) / picture.columns, 9)
    expect(p.y).toBeCloseTo(rect.y + (20.5 * rect.height) / picture.rows, 9)
  })
})

describe('camera', () => {
  const plane = planes.axial as Plane
  it('has a nearest and a farthest view', () => {
    let camera = fit(plane, picture, 800, 600)
    for (let i = 0; i < 200; i++) camera = zoomAt(camera, { x: 0, y: 0 }, 2)
    const nearest = camera.mmPerPixel
    expect(nearest).toBeGreaterThan(0)
    for (let i = 0; i < 400; i++) camera = zoomAt(camera, { x: 0, y: 0 }, 0.5)
    expect(camera.mmPerPixel).toBeLessThanOrEqual(100)
    expect(camera.center.every(Number.isFinite)).toBe(true)
  })

  it('shows the whole of a photograph whose pixels have no size', () => {
    const photo = { columns: 50_000, rows: 30_000 }
    const flat: Plane = { ...plane, columnSpacing: 1, rowSpacing: 1 }
    const camera = fit(flat, photo, 800, 600)
    expect(pictureRect(camera, flat, photo).width).toBeLessThanOrEqual(800 + 1e-9)
  })

  it('keeps middle and magnification in a pane of another size', () => {
    const camera = fit(plane, picture, 800, 600)
    const other = resized(camera, 500, 900)
    expect(other.center).toEqual(camera.center)
    expect(other.mmPerPixel).toBe(camera.mmPerPixel)
    const middle: Vec3 = toPatientOn(other, plane, { x: 250, y: 450 })
    expect(distance(middle, camera.center)).toBeLessThan(1e-9)
  })

  it('[W21] whoever follows on a smaller screen sees all that the other sees', () => {
    const theirs = { mmPerPixel: 0.5, width: 1000, height: 800 }
    expect(mmPerPixelToFollow(theirs, 500, 700)).toBe(1)
    expect(mmPerPixelToFollow(theirs, 1600, 1200)).toBe(0.5)
  })
})

describe('[W20] a picture that is turned or mirrored', () => {
  const oblique: Plane = {
    origin: [12.5, -40, 7],
    row: [0.8, 0.6, 0],
    column: [0, 0, -1],
    columnSpacing: 1.1,
    rowSpacing: 0.7,
  }
  const size = { columns: 56, rows: 48 }
  const upright = fit(oblique, size, 640, 480)
  const ways = [1, -1].flatMap((mirror) =>
    [0, 1, 2, 3].map((quarters) => {
      const [cos, sin] = [[1, 0, -1, 0][quarters] as number, [0, 1, 0, -1][quarters] as number]
      const right = scale(upright.right, mirror)
      return {
        ...upright,
        right: add(scale(right, cos), scale(upright.down, sin)),
        down: add(scale(right, -sin), scale(upright.down, cos)),
      }
    }),
  )

  it('is drawn with every pixel where the same place of the patient is', () => {
    for (const camera of ways) {
      const { across, down, origin } = pictureMatrix(camera, oblique)
      for (const [x, y] of [
        [0, 0],
        [55, 0],
        [0, 47],
        [13.5, 40.25],
      ] as const) {
        const there = toScreen(camera, toPatient(oblique, { x, y }))
        expect(origin.x + across.x * x + down.x * y).toBeCloseTo(there.x)
        expect(origin.y + across.y * x + down.y * y).toBeCloseTo(there.y)
      }
    }
  })

  it('[W22] has letters that say so', () => {
    expect(ways.map((camera) => Object.values(edgeLetters(camera)).join(' '))).toEqual([
      'RA LP H F',
      'H F LP RA',
      'LP RA F H',
      'F H RA LP',
      'LP RA H F',
      'H F RA LP',
      'RA LP F H',
      'F H LP RA',
    ])
  })
})

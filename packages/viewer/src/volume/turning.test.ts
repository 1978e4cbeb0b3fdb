/** A camera around a volume, how fine it is drawn, and which values become what. */
import { cross, dot, type Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import { type Camera, toScreen } from '../stage/camera.ts'
import { edgeLetters, lettersOf } from '../stage/orientation.ts'
import { Pace } from './pace.ts'
import { pointsAt, volumePresetsFor } from './presets.ts'
import { dragged, eyeOf, pushed, type Side, seenFrom } from './turning.ts'

const corners: readonly Vec3[] = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => [
  n & 1 ? 90 : -110,
  n & 2 ? 60 : -80,
  n & 4 ? 400 : -20,
])
const towards = ({ right, down }: Camera): Vec3 => cross(right, down)

describe('[V62] a volume is seen from the sides of the patient', () => {
  it.each([
    ['front', 'A', 'R', 'H'],
    ['back', 'P', 'L', 'H'],
    ['right', 'R', 'P', 'H'],
    ['left', 'L', 'A', 'H'],
    ['head', 'H', 'L', 'A'],
    ['feet', 'F', 'R', 'A'],
  ] as const)('from %s one looks at %s, with %s at the left and %s above', (side, facing, left, top) => {
    const camera = seenFrom(side, corners, 400, 300)
    const [x, y, z] = towards(camera)
    expect(lettersOf([-x, -y, -z])).toBe(facing)
    expect(edgeLetters(camera)).toMatchObject({ left, top })
  })
  it('all of it is in the pane, whatever its shape', () => {
    for (const side of ['front', 'left', 'head'] as Side[]) {
      const camera = seenFrom(side, corners, 300, 500)
      const seen = corners.map((at) => toScreen(camera, at))
      expect(Math.min(...seen.flatMap(({ x, y }) => [x, y]))).toBeGreaterThan(0)
      expect(Math.max(...seen.map(({ x }) => x))).toBeLessThan(300)
      expect(Math.max(...seen.map(({ y }) => y))).toBeLessThan(500)
    }
  })
  it('the eye stands in front of everything, and sees to the end of it', () => {
    const camera = seenFrom('front', corners, 400, 300)
    const away = towards(camera)
    const { eye, far } = eyeOf(camera, away, corners)
    for (const at of corners) {
      const deep = dot([at[0] - eye[0], at[1] - eye[1], at[2] - eye[2]], away)
      expect(deep).toBeGreaterThan(0)
      expect(deep).toBeLessThan(far)
    }
  })
})

describe('[V63] what lies in front goes where the hand goes', () => {
  const camera = seenFrom('front', corners, 400, 300)
  const nose: Vec3 = [camera.center[0], camera.center[1] - 100, camera.center[2]]
  it('to the right and down, by half a turn over the shorter side', () => {
    const before = toScreen(camera, nose)
    const after = toScreen(dragged(camera, 30, 12), nose)
    expect(after.x).toBeGreaterThan(before.x)
    expect(after.y).toBeGreaterThan(before.y)
    expect(lettersOf(towards(dragged(camera, 300, 0)))).toBe('A')
  })
  it('and the axes stay square to each other, however often it is turned', () => {
    let turned = camera
    for (let n = 0; n < 500; n++) turned = pushed(turned, 0.3, -0.2)
    expect(dot(turned.right, turned.down)).toBeCloseTo(0, 6)
    expect(dot(turned.right, turned.right)).toBeCloseTo(1, 6)
  })
})

describe('[V64] presets', () => {
  const spans = { share: { low: 100, high: 300 }, window: { low: -10, high: 10 } }
  it('of CT stand at Hounsfield units, all others at shares of what there is', () => {
    const [bone] = volumePresetsFor('CT')
    expect(pointsAt(bone, spans)).toBe(bone.points)
    const [tissue] = volumePresetsFor('MR')
    expect(pointsAt(tissue, spans).map(({ value }) => value)).toEqual([130, 170, 220, 300])
    expect(volumePresetsFor('PT')[0]).toMatchObject({ blend: 'largest', of: 'share' })
  })
  it('a projection of largest values goes by the window of the planes', () => {
    const mip = volumePresetsFor('CT').find(({ key }) => key === 'mip')
    expect(mip && pointsAt(mip, spans).map(({ value, colour }) => [value, colour[0]])).toEqual([
      [-10, 0],
      [10, 1],
    ])
  })
  it('values go upwards, and what is least is never seen', () => {
    for (const modality of ['CT', 'MR', 'PT', 'US']) {
      for (const { points, blend } of volumePresetsFor(modality)) {
        const values = points.map(({ value }) => value)
        expect(values).toEqual(values.toSorted((a, b) => a - b))
        if (blend === 'light') expect(points[0]?.opacity).toBe(0)
      }
    }
  })
})

describe('how fine it is drawn', () => {
  it('is learned: what takes long is drawn coarsely while it moves, and finer at rest', () => {
    const pace = new Pace()
    pace.learn(0.5, 400)
    expect(pace.share(true)).toBe(0.2)
    expect(pace.share(false)).toBeCloseTo(0.5, 6)
    pace.learn(1, 8)
    expect([pace.share(true), pace.share(false)]).toEqual([1, 1])
    expect([pace.isCoarse(0.5), pace.isCoarse(1)]).toEqual([true, false])
  })
})

/** Shapes made by keys alone, through the same hands as with a pointer; and what those hands hold while slices go by. */
import { type Plane, toPlane } from '@consilium/geometry/plane'
import { scale, type Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import type { Hit } from '../overlay/hit.ts'
import { slicedAs } from '../panes/reformat/slicings.ts'
import type { Slicing } from '../panes/slicing.ts'
import { madeVolume } from '../testing/volume.ts'
import { type Camera, toScreen } from './camera.ts'
import { groundOf } from './ground.ts'
import { Hands } from './hands.ts'
import type { HandsPort } from './handsPort.ts'
import { Reticle } from './reticle.ts'
import type { Scene, StageEvents, Tool } from './scene.ts'
import { Viewing } from './viewing.ts'

const base = madeVolume({
  row: [1, 0, 0],
  column: [0, 1, 0],
  step: [0, 0, 2],
  origin: [0, 0, 0],
  columns: 400,
  rows: 300,
  slices: 10,
  columnSpacing: 0.5,
  rowSpacing: 0.5,
  storedAt: ([i, j, k]) => i + j + k,
})

const SCENE: Scene = {
  annotations: [],
  drafts: [],
  peers: [],
  pins: [],
  selection: null,
  readOnly: false,
  mayComment: true,
  mayMove: () => true,
  label: 'l',
  labelColour: '#fff',
}

const cameraOf = ({ camera }: Viewing): Camera => {
  if (!camera) throw new Error('no picture')
  return camera
}

/** What the cross needs of a document: one element that is moved. */
const element = () => ({ style: {}, toggleAttribute: () => {}, hidden: true, className: '' })
const ground = { ownerDocument: { createElement: element }, append: () => {} } as unknown as HTMLElement

function withTool(
  tool: Tool,
  { slicing = { kind: 'acquired' }, hit = null }: Partial<{ slicing: Slicing; hit: Hit | null }> = {},
) {
  const viewing = new Viewing(() => {})
  viewing.resize(200, 150)
  viewing.open(base, 4)
  const sliced = slicedAs(base, slicing)
  if (typeof sliced === 'string') throw new Error(sliced)
  if (sliced !== base) viewing.reslice(sliced, [100, 75, 8])
  const created: Parameters<StageEvents['onCreate']>[0][] = []
  const pins: unknown[] = []
  const events = {
    onDraft: () => {},
    onCreate: (draft: (typeof created)[number]) => created.push(draft),
    onPlacePin: (...pin: unknown[]) => pins.push(pin),
    onSelect: () => {},
  } as unknown as StageEvents
  const port: HandsPort = {
    ground: () => groundOf(viewing),
    scene: () => SCENE,
    hit: () => hit,
    grip: () => null,
    paintGround: () => null,
    segmentAt: () => null,
    setCamera: (camera) => viewing.look(camera),
    setWindow: (window) => viewing.setWindow(window),
    step: (slices) => viewing.step(slices),
    stepInTime: () => {},
    changed: () => {},
    settle: () => {},
  }
  const hands = new Hands(port, events)
  hands.setTool(tool)
  const reticle = new Reticle(ground, viewing, hands, () => {})
  reticle.show()
  const seen = () => toScreen(cameraOf(viewing), reticle.place as Vec3)
  const pixel = () => toPlane(viewing.plane as Plane, reticle.place ?? [Number.NaN, 0, 0])
  const around = (at: { x: number; y: number }) => ({ x: Math.round(at.x), y: Math.round(at.y) })
  return { viewing, hands, reticle, created, pins, seen, at: () => around(pixel()) }
}

describe('the reticle', () => {
  it('[V90] begins at a voxel and moves by voxels, to the right and down as the screen shows them', () => {
    const { reticle, viewing, at } = withTool('select')
    const start = at()
    reticle.step(1, 0)
    reticle.step(0, -10)
    expect(at()).toEqual({ x: start.x + 1, y: start.y - 10 })
    const mirrored = { ...cameraOf(viewing), right: scale(cameraOf(viewing).right, -1) }
    viewing.look(mirrored)
    const before = at()
    reticle.step(5, 0)
    expect(at().x).toBe(before.x - 5)
    // Turned by a quarter: what was down is to the right.
    viewing.look({ ...mirrored, right: mirrored.down, down: mirrored.right })
    reticle.step(5, 0)
    expect(at()).toEqual({ x: before.x - 5, y: before.y + 5 })
  })

  it('[V90] stays in the picture, and the view goes along', () => {
    const { reticle, viewing, at, seen } = withTool('select')
    viewing.zoomBy(8)
    reticle.step(390, -500)
    expect(at()).toEqual({ x: 399, y: 0 })
    const p = seen()
    expect(p.x).toBeGreaterThan(0)
    expect(p.x).toBeLessThan(200)
    expect(p.y).toBeGreaterThan(0)
  })

  it('[V91] makes a length of neighbouring voxels by two clicks, exactly from one to the other', () => {
    const { reticle, created } = withTool('length')
    const from = reticle.place
    reticle.click()
    reticle.step(1, 0)
    const to = reticle.place
    reticle.click()
    expect(created.map(({ points }) => points)).toEqual([
      [from, to].map((p) => p?.map((n) => expect.closeTo(n, 6))),
    ])
  })

  it('[V91] draws a polygon of few voxels, finished by a second click at the same place', () => {
    const { reticle, created } = withTool('polygon')
    for (const [right, down] of [
      [0, 0],
      [2, 0],
      [0, 2],
      [-2, 0],
    ] as const) {
      reticle.step(right, down)
      reticle.click()
    }
    expect(created).toHaveLength(0)
    reticle.click()
    expect(created.map(({ points }) => points.length)).toEqual([4])
  })

  it('[V91] draws a free line while it is held', () => {
    const { reticle, created } = withTool('freehand')
    reticle.hold()
    for (const [right, down] of [
      [6, 0],
      [0, 6],
      [-6, 0],
      [0, -4],
    ] as const)
      reticle.step(right, down)
    reticle.hold()
    expect(created).toHaveLength(1)
  })

  it('[V91] lets go without making anything', () => {
    const { reticle, hands, created } = withTool('length')
    reticle.hold()
    reticle.step(9, 0)
    expect(reticle.drop()).toBe(true)
    expect(hands.making).toBe(false)
    expect(reticle.drop()).toBe(false)
    expect(created).toEqual([])
  })

  it('[V91] works the same in a plane across the slices', () => {
    const { reticle, created } = withTool('length', { slicing: { kind: 'coronal' } })
    reticle.click()
    reticle.step(0, 3)
    reticle.click()
    const [[a, b] = []] = created.map(({ points }) => points)
    expect(Math.abs((a?.[2] ?? 0) - (b?.[2] ?? 0))).toBeCloseTo(6)
    expect(a?.[1]).toBe(75)
  })

  it('[V91] places a comment', () => {
    const { reticle, pins } = withTool('comment')
    reticle.click()
    expect(pins).toEqual([[reticle.place?.map((n) => expect.closeTo(n, 6)), 4, null]])
  })

  it('[V90] is where the person is for the others, through every change of the view, until a pointer moves', () => {
    const { reticle, viewing, hands, seen } = withTool('select')
    viewing.zoomBy(4)
    viewing.step(3)
    reticle.draw()
    expect(hands.at).toMatchObject(seen())
    expect(reticle.place?.[2]).toBe(14)
    hands.move([{ x: 3, y: 4 }], false)
    viewing.zoomBy(0.5)
    reticle.draw()
    expect(hands.at).toEqual({ x: 3, y: 4 })
    reticle.step(1, 0)
    expect(hands.at).not.toEqual({ x: 3, y: 4 })
    reticle.hide()
    expect(hands.at).toBeNull()
  })
})

describe('what a hand draws while slices go by', () => {
  const down = { x: 60, y: 60, button: 0, shift: false, alt: false }
  const drawn = (tool: Tool, ends: readonly { x: number; y: number }[]) => {
    const { hands, viewing, created } = withTool(tool)
    hands.press(down)
    hands.move([{ x: 90, y: 60 }], false)
    viewing.step(2)
    for (const end of ends) hands.move([end], false)
    hands.release(ends.at(-1) as { x: number; y: number })
    expect(hands.making).toBe(false)
    return { hands, created: created.map(({ source, points }) => ({ frame: source.frame, points })) }
  }

  it('[V135] stays on the slice it was begun on, and is made where the hand lets go', () => {
    const { created } = drawn('box', [{ x: 100, y: 80 }])
    // A picture of 400 pixels of half a millimetre in a pane of 200.
    expect(created).toEqual([
      {
        frame: 4,
        points: [
          [59.75, 59.75, 8],
          [99.75, 79.75, 8],
        ],
      },
    ])
  })

  it('[V135] a free line ends with the press: a hand that only passes draws on no more', () => {
    const ends = [
      { x: 90, y: 90 },
      { x: 60, y: 90 },
    ]
    const { hands, created } = drawn('freehand', ends)
    hands.move([{ x: 20, y: 20 }], false)
    expect(created.map(({ frame }) => frame)).toEqual([4])
    expect(hands.making).toBe(false)
  })
})

describe('what a hand began when more fingers come', () => {
  const at = (x: number, y: number) => ({ x, y, button: 0, shift: false, alt: false })

  it('[V139] of a polygon the corners before stay, a box or a free line is let go', () => {
    const { hands, created } = withTool('polygon')
    for (const [x, y] of [
      [40, 40],
      [80, 40],
      [80, 80],
    ] as const) {
      hands.press(at(x, y))
      hands.release({ x, y })
    }
    hands.press(at(20, 90))
    hands.gather()
    hands.pinch({ from: { x: 50, y: 50 }, to: { x: 60, y: 50 }, factor: 2 })
    hands.finish()
    expect(created.map(({ points }) => points.length)).toEqual([3])
    for (const tool of ['box', 'freehand'] as const) {
      hands.setTool(tool)
      hands.press(at(30, 30))
      hands.move([{ x: 70, y: 70 }], false)
      hands.gather()
      expect(hands.making).toBe(false)
    }
    expect(created).toHaveLength(1)
  })
})

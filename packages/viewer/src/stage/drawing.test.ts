import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { Plane } from '@consilium/geometry/plane'
import type { Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import { Drawing, type Sheet } from './drawing.ts'
import { Moving } from './moving.ts'
import type { StageEvents } from './scene.ts'

const plane: Plane = {
  origin: [0, 0, 30],
  row: [1, 0, 0],
  column: [0, 1, 0],
  columnSpacing: 1,
  rowSpacing: 1,
}
const sheet: Sheet = { series: 's', frame: 3, plane, where: 'slice 4', taken: () => 3 }
const hand = (x: number, y: number) => ({ at: [x, y, 30] as Vec3, reach: 4 })

/** Everything the stage tells, in order. */
function listener() {
  const told: [name: string, ...rest: unknown[]][] = []
  const tell =
    (name: string) =>
    (...rest: unknown[]): void => {
      told.push([name, ...rest])
    }
  const events: StageEvents = {
    onDraft: tell('draft'),
    onCreate: tell('create'),
    onMove: tell('move'),
    onSelect: tell('select'),
    onOpenPin: tell('pin'),
    onPlacePin: tell('place'),
    onProbe: tell('probe'),
    onView: tell('view'),
    onFault: tell('fault'),
  }
  return { told, events, names: () => told.map(([name]) => name) }
}

describe('a shape while it is drawn', () => {
  it('[W30] tells each state as a draft, then makes it once, with the slice it was drawn on', () => {
    const { told, events } = listener()
    const drawing = new Drawing(events)
    drawing.press('box', sheet, hand(0, 0))
    drawing.move(sheet, [hand(10, 10)])
    expect(told.at(-1)).toEqual([
      'draft',
      {
        kind: 'box',
        frame: 3,
        normal: [0, 0, 1],
        points: [
          [0, 0, 30],
          [10, 10, 30],
        ],
        replaces: null,
      },
    ])
    drawing.release(sheet, hand(20, 15))
    expect(told.slice(-2)).toEqual([
      [
        'create',
        {
          kind: 'box',
          source: { series: 's', frame: 3, normal: [0, 0, 1] },
          points: [
            [0, 0, 30],
            [20, 15, 30],
          ],
        },
      ],
      ['draft', null],
    ])
  })

  it('[K28] makes no box of a click, or of a line along a row or a column, and says why', () => {
    const { events, names, told } = listener()
    const drawing = new Drawing(events)
    // One click begins it, a second one at the same place and a double one end nothing.
    for (const _ of [1, 2]) {
      drawing.press('box', sheet, hand(5, 5))
      drawing.release(sheet, hand(5, 5))
    }
    drawing.finish()
    expect(names().filter((name) => name !== 'draft')).toEqual([])
    drawing.cancel()
    for (const end of [hand(25, 5), hand(5, 25)]) {
      drawing.press('box', sheet, hand(5, 5))
      drawing.move(sheet, [end])
      drawing.release(sheet, end)
      expect(told.filter(([name]) => name === 'fault').at(-1)).toEqual([
        'fault',
        'A box must enclose an area.',
      ])
      expect(drawing.active).toBe(false)
    }
    expect(names()).not.toContain('create')
  })

  it('stays on its slice while another one is looked at', () => {
    const { events, told } = listener()
    const drawing = new Drawing(events)
    drawing.press('polygon', sheet, hand(0, 0))
    drawing.release(sheet, hand(0, 0))
    const elsewhere = { ...sheet, frame: 9 }
    drawing.move(elsewhere, [hand(50, 50)])
    expect(drawing.draft(9)).toBeNull()
    drawing.press('polygon', elsewhere, hand(50, 50))
    expect(told.at(-1)).toEqual([
      'fault',
      'The shape being drawn is on slice 4. Go back there, or press Esc.',
    ])
    expect(drawing.draft(3)?.points).toEqual([[0, 0, 30]])
  })

  it('let go, it is gone and said to be', () => {
    const { events, told } = listener()
    const drawing = new Drawing(events)
    expect(drawing.cancel()).toBe(false)
    drawing.press('length', sheet, hand(0, 0))
    drawing.move(sheet, [hand(9, 9)])
    expect(drawing.cancel()).toBe(true)
    expect(told.at(-1)).toEqual(['draft', null])
    expect(drawing.active).toBe(false)
  })

  it('a faulty one is said and not made; what took many clicks stays to be mended', () => {
    const { events, names, told } = listener()
    const drawing = new Drawing(events)
    for (const x of [0, 20, 40]) {
      drawing.press('polygon', sheet, hand(x, 0))
      drawing.release(sheet, hand(x, 0))
    }
    drawing.finish()
    expect(names()).not.toContain('create')
    expect(told.find(([name]) => name === 'fault')?.[1]).toMatch(/area/)
    expect(drawing.active).toBe(true)
    drawing.press('polygon', sheet, hand(20, 30))
    drawing.release(sheet, hand(20, 30))
    drawing.finish()
    expect(names().filter((name) => name === 'create')).toHaveLength(1)
  })
})

describe('a shape while it is moved', () => {
  const annotation = (points: readonly Vec3[]): Annotation => ({
    id: '1-aaaa',
    kind: 'polygon',
    label: '',
    certainty: null,
    confidence: null,
    reasoning: '',
    source: { series: 's', frame: 3, normal: [0, 0, 1] },
    vertices: points.map((at, i) => ({ key: `v${i}`, at })),
    retired: null,
  })
  const triangle: Vec3[] = [
    [0, 0, 30],
    [20, 0, 30],
    [0, 20, 30],
  ]

  it('[W31] tells only the vertex this hand moves, and keeps what others move meanwhile', () => {
    const { events, told } = listener()
    const moving = new Moving(annotation(triangle), 'v1', sheet, hand(21, 1), events)
    const theirs = annotation([
      [-5, -5, 30],
      [20, 0, 30],
      [0, 20, 30],
    ])
    moving.to(theirs, hand(31, 6))
    expect(moving.draft()?.points).toEqual([
      [-5, -5, 30],
      [30, 5, 30],
      [0, 20, 30],
    ])
    moving.release()
    expect(told.slice(-2)).toEqual([
      ['move', '1-aaaa', [{ key: 'v1', at: [30, 5, 30] }]],
      ['draft', null],
    ])
  })

  it('[K28] a box is not made a line by a corner that is pushed onto the other side', () => {
    const { events, names, told } = listener()
    const flat = { ...annotation([[0, 0, 30] as Vec3, [20, 15, 30] as Vec3]), kind: 'box' as const }
    const moving = new Moving(flat, 'v1', sheet, hand(20, 15), events)
    moving.to(flat, hand(0, 15))
    moving.release()
    expect(names()).not.toContain('move')
    expect(told).toContainEqual(['fault', 'A box must enclose an area.'])
  })

  it('a press that hardly moves is a click: nothing is told', () => {
    const { events, told } = listener()
    const moving = new Moving(annotation(triangle), null, sheet, hand(5, 5), events)
    moving.to(annotation(triangle), hand(5.5, 5.5))
    moving.release()
    expect(told).toEqual([])
  })

  it('whole, all vertices go the same way', () => {
    const { events, told } = listener()
    const moving = new Moving(annotation(triangle), null, sheet, hand(5, 5), events)
    moving.to(annotation(triangle), hand(8, 9))
    moving.release()
    expect(told.find(([name]) => name === 'move')?.[2]).toEqual([
      { key: 'v0', at: [3, 4, 30] },
      { key: 'v1', at: [23, 4, 30] },
      { key: 'v2', at: [3, 24, 30] },
    ])
  })

  it('one that somebody retires meanwhile is let go', () => {
    const { events, names } = listener()
    const moving = new Moving(annotation(triangle), null, sheet, hand(5, 5), events)
    moving.to(annotation(triangle), hand(9, 9))
    moving.to({ ...annotation(triangle), retired: { reason: 'gone' } }, hand(10, 10))
    moving.release()
    expect(names()).toEqual(['draft', 'draft'])
    expect(moving.begun).toBe(false)
  })
})

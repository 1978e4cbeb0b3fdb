import { KIND_NAMES } from '@consilium/crdt-schema/kinds'
import { describe, expect, it } from 'vitest'
import { type Circumstances, cursorFor, type Press, purposeOf } from './purpose.ts'
import { PAINT_TOOLS } from './scene.ts'
import { dragWindow, dragZoom, tidyWindow, wheelSteps, wheelZoom } from './viewDrags.ts'

const left: Press = { button: 0, shift: false }
const now = (over: Partial<Circumstances> = {}): Circumstances => ({
  tool: 'select',
  held: null,
  readOnly: false,
  mayPaint: true,
  mayComment: true,
  editable: true,
  hit: null,
  selection: null,
  ...over,
})
const TOOLS = ['select', 'window', 'pan', 'zoom', 'comment', ...KIND_NAMES] as const

describe('[W26] the mouse means the same as in OHIF', () => {
  it.each(TOOLS)('middle pans and right zooms with the tool %s', (tool) => {
    expect(purposeOf({ button: 1, shift: false }, now({ tool }))).toEqual({ what: 'pan' })
    expect(purposeOf({ button: 2, shift: false }, now({ tool }))).toEqual({ what: 'zoom' })
  })
  it.each(TOOLS)('held keys and Shift lend the left button another meaning with the tool %s', (tool) => {
    expect(purposeOf(left, now({ tool, held: 'pan' }))).toEqual({ what: 'pan' })
    expect(purposeOf(left, now({ tool, held: 'window' }))).toEqual({ what: 'window' })
    expect(purposeOf({ button: 0, shift: true }, now({ tool }))).toEqual({ what: 'pan' })
  })
  it('on empty ground left changes window and level, and a mere click selects nothing', () => {
    expect(purposeOf(left, now())).toEqual({ what: 'select-or-window', id: null })
    expect(purposeOf(left, now({ tool: 'window' }))).toEqual({ what: 'window' })
  })
  it.each(KIND_NAMES)('%s draws', (tool) => {
    expect(purposeOf(left, now({ tool }))).toEqual({ what: 'draw', kind: tool })
  })
  it('a shape is moved by its line, a vertex by its handle, and by its inside only once it is selected', () => {
    const line = now({ hit: { what: 'line', id: 'a' } })
    expect(purposeOf(left, line)).toEqual({ what: 'move', id: 'a', handle: null })
    const handle = now({ hit: { what: 'handle', id: 'a', handle: 'v1' }, selection: 'a' })
    expect(purposeOf(left, handle)).toEqual({ what: 'move', id: 'a', handle: 'v1' })
    const inside = { what: 'inside', id: 'a' } as const
    expect(purposeOf(left, now({ hit: inside }))).toEqual({ what: 'select-or-window', id: 'a' })
    expect(purposeOf(left, now({ hit: inside, selection: 'a' })).what).toBe('move')
  })
  it('the comment tool places a pin, on the annotation there if any, or opens one', () => {
    expect(purposeOf(left, now({ tool: 'comment' }))).toEqual({ what: 'place-pin', annotation: null })
    const onShape = now({ tool: 'comment', hit: { what: 'inside', id: 'a' } })
    expect(purposeOf(left, onShape)).toEqual({ what: 'place-pin', annotation: 'a' })
    const onPin = now({ tool: 'comment', hit: { what: 'pin', id: 't' } })
    expect(purposeOf(left, onPin)).toEqual({ what: 'open-pin', id: 't' })
  })
})

describe('[W27] who may only look draws, moves and comments nothing', () => {
  it.each(TOOLS)('with the tool %s', (tool) => {
    const hits = [
      null,
      { what: 'line', id: 'a' },
      { what: 'inside', id: 'a' },
      { what: 'handle', id: 'a', handle: 'v' },
    ] as const
    for (const hit of hits) {
      const { what } = purposeOf(
        left,
        now({ tool, hit, readOnly: true, mayComment: false, editable: false, selection: 'a' }),
      )
      expect(['draw', 'move', 'place-pin']).not.toContain(what)
    }
  })
})

describe('[W58] what somebody else made is looked at, not moved', () => {
  const theirs = { editable: false, selection: 'a' }
  it('its line selects it, its inside windows, and there is no handle to take', () => {
    expect(purposeOf(left, now({ ...theirs, hit: { what: 'line', id: 'a' } }))).toEqual({
      what: 'select',
      id: 'a',
    })
    expect(purposeOf(left, now({ ...theirs, hit: { what: 'inside', id: 'a' } })).what).toBe(
      'select-or-window',
    )
    const handle = { what: 'handle', id: 'a', handle: 'v' } as const
    expect(purposeOf(left, now({ ...theirs, hit: handle }))).toEqual({ what: 'select', id: 'a' })
  })
  it('and can be commented on, also where nothing can be drawn', () => {
    const onShape = now({ ...theirs, readOnly: true, tool: 'comment', hit: { what: 'inside', id: 'a' } })
    expect(purposeOf(left, onShape)).toEqual({ what: 'place-pin', annotation: 'a' })
  })
})

it('every purpose has a cursor', () => {
  expect(cursorFor({ what: 'draw', kind: 'box' })).toBe('crosshair')
  expect(cursorFor({ what: 'select-or-window', id: 'a' })).toBe('pointer')
  expect(cursorFor({ what: 'select-or-window', id: null })).toBe('default')
})

describe('window by dragging', () => {
  const start = { center: 40, width: 400 }
  const ct = { range: 4096, leastWidth: 1 }
  it('right widens and down raises, 4 HU a pixel for a CT; a tenth of it with Shift', () => {
    expect(dragWindow(start, 10, 5, ct, false)).toEqual({ center: 60, width: 440 })
    expect(dragWindow(start, 10, 5, ct, true)).toEqual({ center: 42, width: 404 })
  })
  it('is never narrower than 1', () => {
    expect(dragWindow(start, -9_999, 0, ct, false).width).toBe(1)
    expect(tidyWindow({ center: 0, width: 0.2 }, ct).width).toBe(1)
  })
  it('small movements add up and are shown as whole numbers', () => {
    let window = start
    for (let i = 0; i < 10; i++) window = dragWindow(window, 1, 1, { range: 1024, leastWidth: 1 }, true)
    expect(tidyWindow(window, ct)).toEqual({ center: 41, width: 401 })
  })
})

describe('zoom by hand', () => {
  it('there and back again is the same', () => {
    expect(dragZoom(37, 600) * dragZoom(-37, 600)).toBeCloseTo(1, 12)
    expect(wheelZoom(100) * wheelZoom(-100)).toBeCloseTo(1, 12)
    expect(wheelZoom(-100)).toBeGreaterThan(1)
    expect(wheelZoom(-100_000)).toBe(wheelZoom(-120))
  })
})

describe('[W28] the wheel scrolls one slice per notch', () => {
  const pixels = (deltaY: number) => ({ deltaY, deltaMode: 0 })
  it('whatever a notch is called', () => {
    for (const notch of [
      pixels(53),
      pixels(100),
      pixels(120),
      { deltaY: 3, deltaMode: 1 },
      { deltaY: 1, deltaMode: 2 },
    ]) {
      expect(wheelSteps(0, notch)).toEqual({ steps: 1, rest: 0 })
      expect(wheelSteps(0, { ...notch, deltaY: -notch.deltaY })).toEqual({ steps: -1, rest: 0 })
    }
    expect(wheelSteps(0, pixels(240)).steps).toBe(2)
  })
  it('the small ways of a trackpad add up', () => {
    let rest = 0
    let steps = 0
    for (let i = 0; i < 20; i++) {
      const next = wheelSteps(rest, pixels(6))
      rest = next.rest
      steps += next.steps
    }
    expect(steps).toBe(3)
  })
  it('a turn back starts anew', () => {
    expect(wheelSteps(35, pixels(-6))).toEqual({ steps: 0, rest: -6 })
    expect(wheelSteps(12, pixels(0))).toEqual({ steps: 0, rest: 12 })
  })
})

describe('[M97] a tool that paints', () => {
  it.each(PAINT_TOOLS)(
    '%s: left paints, Shift and the right button erase, the middle pans, Alt picks',
    (tool) => {
      const held = now({ tool })
      const value = tool === 'eraser' ? 0 : 1
      expect(purposeOf(left, held)).toEqual({ what: 'paint', tool, value })
      expect(purposeOf({ button: 0, shift: true }, held)).toEqual({ what: 'paint', tool, value: 0 })
      expect(purposeOf({ button: 2, shift: false }, held)).toEqual({ what: 'paint', tool, value: 0 })
      expect(purposeOf({ button: 1, shift: false }, held)).toEqual({ what: 'pan' })
      expect(purposeOf({ button: 0, shift: false, alt: true }, held)).toEqual({ what: 'pick-segment' })
      expect(purposeOf(left, { ...held, held: 'pan' })).toEqual({ what: 'pan' })
    },
  )
  it.each(PAINT_TOOLS)('%s: where nothing is painted the mouse is as with any other tool', (tool) => {
    const idle = now({ tool, mayPaint: false })
    expect(purposeOf(left, idle)).toEqual({ what: 'window' })
    expect(purposeOf({ button: 0, shift: true }, idle)).toEqual({ what: 'pan' })
    expect(purposeOf({ button: 2, shift: false }, idle)).toEqual({ what: 'zoom' })
  })
})

import { describe, expect, it } from 'vitest'
import { planesOf, type SeriesFrames, type SeriesMeta } from '../panes/series.ts'
import { toScreen } from './camera.ts'
import { initialsOf } from './ghosts.ts'
import { figure, zoomFigure } from './readouts.ts'
import { rulerFor } from './ruler.ts'
import { apart, nameOf, stepForKey } from './sliceBar.ts'
import { TIME_NAME } from './timeBar.ts'
import { Viewing } from './viewing.ts'

const meta: SeriesMeta = {
  id: 's',
  modality: 'MR',
  rows: 100,
  columns: 200,
  slices: 20,
  moments: 1,
  frames: 20,
  times: null,
  spacing: { row: 1, column: 0.5 },
  spacingAt: 'patient',
  patientOrientation: null,
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  positions: Array.from({ length: 20 }, (_, i) => [-50, -50, i * 3]),
  photometric: 'MONOCHROME2',
  samples: 'uint16',
  rescale: { slope: 1, intercept: 0, unit: '' },
  rescales: null,
  padding: null,
  voiFunction: 'LINEAR',
  voiLuts: [],
  lower: null,
  rescaled: { min: 0, max: 4000 },
  windows: [],
  packs: [{ first: 10, count: 1 }],
}
function series(own: Partial<SeriesMeta> = {}): SeriesFrames & { looked: number[] } {
  const shown = { ...meta, ...own }
  const words = Uint16Array.from({ length: 20_000 }, (_, i) => i % 1000)
  const looked: number[] = []
  return {
    meta: shown,
    planes: planesOf(shown),
    looked,
    onlyLower: false,
    have: () => true,
    stored: () => words,
    drawable: () => ({ values: words, rows: shown.rows, columns: shown.columns, factor: 1 }),
    progress: () => ({ here: 20, total: 20, fault: null }),
    lookAt: (frame) => looked.push(frame),
    onFrame: () => () => {},
    onProgress: () => () => {},
    retry() {},
    close() {},
  }
}
function opened(width = 800, height = 600, own: Partial<SeriesMeta> = {}) {
  const byHand: boolean[] = []
  const viewing = new Viewing((hand) => byHand.push(hand))
  const shown = series(own)
  viewing.resize(width, height)
  viewing.open(shown)
  byHand.length = 0
  return { viewing, byHand, shown }
}

describe('what a pane looks at', () => {
  it('opens the frame that comes first, whole, with a window made from it', () => {
    const { viewing } = opened()
    const view = viewing.view()
    expect(view?.frame).toBe(10)
    expect(view?.mmPerPixel).toBeCloseTo(100 / 600, 9)
    expect(view?.window.width).toBeLessThan(1000)
  })

  it('[W90] a window guessed from less detail is guessed once more, from the first whole frame', () => {
    const shown = series()
    const means = { values: Uint16Array.of(400, 500, 600), rows: 1, columns: 3, factor: 4 }
    const whole = shown.drawable(0)
    let now: typeof whole = means
    const viewing = new Viewing(() => {})
    viewing.resize(800, 600)
    viewing.open({ ...shown, drawable: () => now })
    const first = viewing.window
    expect(first.width).toBeLessThanOrEqual(200)
    now = { ...means, values: Uint16Array.of(0, 0, 0) }
    viewing.arrived(3)
    expect(viewing.window).toEqual(first)
    now = whole
    viewing.arrived(10)
    expect(viewing.window).toEqual(opened().viewing.window)
    now = { ...means, factor: 1 }
    viewing.arrived(11)
    expect(viewing.window).toEqual(opened().viewing.window)
  })

  it('[V121] a frame that comes changes the picture where it is in it, or gives it its window', () => {
    const { viewing, byHand, shown } = opened()
    viewing.arrived(11)
    expect(byHand).toEqual([])
    viewing.arrived(10)
    expect(byHand).toEqual([false])
    viewing.open({ ...shown, base: shown })
    byHand.length = 0
    viewing.arrived(11)
    expect(byHand).toEqual([false])
    viewing.open({ ...shown, drawable: (frame) => (frame === 11 ? shown.drawable(11) : null) })
    byHand.length = 0
    viewing.arrived(11)
    viewing.arrived(11)
    expect(byHand).toEqual([false])
  })

  it('[W32] tells what a hand did, and nothing of a view taken over', () => {
    const { viewing, byHand, shown } = opened()
    viewing.take({ series: 's', frame: 4, mmPerPixel: 0.5, center: [0, 0, 12] })
    expect(byHand).toEqual([false])
    expect(viewing.frame).toBe(4)
    viewing.turnTo(5)
    viewing.zoomBy(2)
    expect(byHand).toEqual([false, true, true])
    expect(viewing.view()?.mmPerPixel).toBeCloseTo(0.25, 9)
    expect(shown.looked).toEqual([10, 4, 5])
  })

  it('a view of another series changes nothing', () => {
    const { viewing } = opened()
    const before = viewing.view()
    viewing.take({ series: 'other', frame: 2, center: [9, 9, 9] })
    expect(viewing.view()).toEqual(before)
  })

  it('follows onto a smaller pane without losing sight of anything', () => {
    const leader = opened(1000, 800).viewing
    leader.zoomBy(3)
    const follower = opened(500, 700).viewing
    const view = leader.view()
    if (!view) throw new Error('no view')
    follower.take(view)
    const camera = follower.camera
    if (!camera) throw new Error('no camera')
    for (const [dx, dy] of [
      [-500, -400],
      [500, 400],
    ] as const) {
      const corner = [
        view.center[0] + dx * view.mmPerPixel,
        view.center[1] + dy * view.mmPerPixel,
        view.center[2],
      ] as const
      const p = toScreen(camera, corner)
      expect(p.x).toBeGreaterThanOrEqual(-1e-6)
      expect(p.x).toBeLessThanOrEqual(500 + 1e-6)
      expect(p.y).toBeGreaterThanOrEqual(-1e-6)
      expect(p.y).toBeLessThanOrEqual(700 + 1e-6)
    }
  })

  it('slices end at both ends, and the same slice again is no change', () => {
    const { viewing, byHand } = opened()
    viewing.turnTo(99)
    expect(viewing.frame).toBe(19)
    viewing.turnTo(50)
    viewing.turnTo(-3)
    expect(viewing.frame).toBe(0)
    expect(byHand).toEqual([true, true])
  })

  describe('[W67] where places have several moments', () => {
    const perfusion = { moments: 5, frames: 100 }
    it('steps go through the slices of one moment, and through time at one slice', () => {
      const { viewing } = opened(800, 600, perfusion)
      const went = [
        () => viewing.step(3),
        () => viewing.stepInTime(2),
        () => viewing.step(-20),
        () => viewing.goAlong(99),
        () => viewing.stepInTime(99),
        () => viewing.stepInTime(-99),
      ].map((go) => {
        go()
        return viewing.frame
      })
      expect(went).toEqual([13, 53, 40, 59, 99, 19])
    })
    it('the plane of a place is the same at every moment', () => {
      const { viewing } = opened(800, 600, perfusion)
      const before = viewing.plane
      viewing.stepInTime(1)
      expect(viewing.frame).toBe(30)
      expect(viewing.plane).toBe(before)
    })
    it('a film is scrolled through its moments', () => {
      const { viewing } = opened(800, 600, { slices: 1, moments: 20, positions: [[0, 0, 0]] })
      viewing.step(4)
      expect(viewing.frame).toBe(14)
      viewing.step(99)
      expect(viewing.frame).toBe(19)
    })
  })

  it('a table of the file is kept until a hand changes the window', () => {
    const { viewing } = opened()
    viewing.setWindow({ center: 8, width: 16, table: 0 })
    expect(viewing.view()?.window).toEqual({ center: 8, width: 16, table: 0 })
    viewing.setWindow({ center: 8, width: 16 })
    expect(viewing.view()?.window).toEqual({ center: 8, width: 16 })
  })

  it('a whole picture stays whole in a pane of another size; a chosen view keeps its place', () => {
    const { viewing } = opened()
    viewing.resize(400, 300)
    expect(viewing.view()?.mmPerPixel).toBeCloseTo(100 / 300, 9)
    viewing.zoomBy(2)
    const chosen = viewing.view()
    viewing.resize(900, 900)
    expect(viewing.view()?.center).toEqual(chosen?.center)
    expect(viewing.view()?.mmPerPixel).toBe(chosen?.mmPerPixel)
  })

  it('goes to a place: the picture stays where the place is in sight', () => {
    const { viewing } = opened()
    const before = viewing.view()
    viewing.focusOn([0, 0, 9], 3)
    expect(viewing.view()?.center).toEqual(before?.center)
    expect(viewing.frame).toBe(3)
    viewing.zoomBy(8)
    viewing.focusOn([-49, -49, 9], 3)
    expect(viewing.view()?.center).toEqual([-49, -49, 9])
  })

  it('reset undoes window, zoom and inversion', () => {
    const { viewing } = opened()
    const fresh = viewing.view()
    viewing.setWindow({ center: 1, width: 2 })
    viewing.zoomBy(3)
    viewing.invert()
    viewing.turnTo(10)
    viewing.reset()
    expect(viewing.view()).toEqual(fresh)
    expect(viewing.inverted).toBe(false)
  })
})

describe('the slice bar', () => {
  it('is called otherwise than the slider through time, also of a film', () => {
    expect(nameOf({ of: 'Slice' })).toBe('Slice')
    expect(nameOf({ of: 'Moment' })).not.toBe(TIME_NAME)
  })
  it('[W33] is a slider for the keyboard', () => {
    const keys = ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End', 'x']
    const to = keys.map((key) => stepForKey(key, { at: 5, count: 12 }))
    expect(to).toEqual([4, 6, 0, 11, 0, 11, null])
  })
  it('moves people apart who are close, in their order, within the bar', () => {
    const places = apart([50, 52, 51, 99, 100], 20, 100)
    const order = [0, 2, 1, 3, 4].map((i) => places[i] ?? 0)
    order.slice(1).forEach((place, i) => expect(place - (order[i] ?? 0)).toBeGreaterThanOrEqual(20 - 1e-9))
    expect(Math.max(...places)).toBeLessThanOrEqual(100)
    expect(apart([10, 60], 20, 100)).toEqual([10, 60])
  })
})

describe('read-outs', () => {
  it('the ruler is a round length', () => {
    expect(rulerFor(0.5)).toEqual({ mm: 50, px: 100, label: '5 cm' })
    expect(rulerFor(0.05)).toEqual({ mm: 5, px: 100, label: '5 mm' })
    expect(rulerFor(0.7).label).toBe('10 cm')
  })
  it('a magnification has two digits that count, however far out', () => {
    expect([23.4, 10, 2.35, 1, 0.996, 0.5, 0.0432, 0.001].map(zoomFigure)).toEqual([
      '23',
      '10',
      '2.4',
      '1.0',
      '1.0',
      '0.50',
      '0.043',
      '0.0010',
    ])
  })
  it('figures have a true minus and no needless digits', () => {
    expect([-600, 1500, 0, -0.0001, 12.345, 123_456].map(figure)).toEqual([
      '−600',
      '1500',
      '0',
      '−0.0001',
      '12.3',
      '123\u2009456',
    ])
  })
  it('initials where the page gives none', () => {
    expect(initialsOf({ name: 'Dr A. Okafor' })).toBe('DO')
    expect(initialsOf({ name: 'Tanaka' })).toBe('TA')
    expect(initialsOf({ name: 'Tanaka', initials: 'MT' })).toBe('MT')
  })
})

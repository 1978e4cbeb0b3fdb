import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Extent } from '../panes/moments.ts'
import { dueMoment, Playing, SPEEDS } from './playing.ts'

const film: Extent = { slices: 1, moments: 4, times: [0, 40, 80, 120] }

describe('[W68] the moment that is due', () => {
  it('stays for as long as the file says, then gives way to the next, and begins anew', () => {
    expect(dueMoment(1, 39, film)).toEqual({ moment: 1, restMs: 39 })
    expect(dueMoment(1, 40, film)).toEqual({ moment: 2, restMs: 0 })
    expect(dueMoment(3, 45, film)).toEqual({ moment: 0, restMs: 5 })
  })
  it('leaves moments out where the machine was too slow, and goes on with the next one after a pause', () => {
    expect(dueMoment(0, 90, film)).toEqual({ moment: 2, restMs: 10 })
    expect(dueMoment(0, 60_000, film)).toEqual({ moment: 1, restMs: 0 })
  })
})

describe('[W68] a series that is played', () => {
  const page = Object.assign(new EventTarget(), { hidden: false })
  let frames: FrameRequestCallback[] = []
  let now = 0
  beforeEach(() => {
    frames = []
    now = 1000
    page.hidden = false
    vi.stubGlobal('document', page)
    vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame))
    vi.stubGlobal('cancelAnimationFrame', () => {
      frames = []
    })
  })
  afterEach(() => vi.unstubAllGlobals())
  const pass = (ms: number): void => {
    now += ms
    for (const frame of frames.splice(0)) frame(now)
  }
  function opened(extent: Extent = film, here = () => true) {
    const at = { frame: 0 }
    const playing = new Playing({
      extent: () => extent,
      frame: () => at.frame,
      have: here,
      turnTo: (frame) => {
        at.frame = frame
      },
      changed: () => {},
    })
    return { at, playing }
  }

  it('does not start by itself, and is started and stopped by hand', () => {
    const { at, playing } = opened()
    expect([playing.active, frames.length]).toEqual([false, 0])
    playing.toggle()
    pass(0)
    pass(40)
    expect(at.frame).toBe(1)
    playing.toggle()
    expect([playing.active, frames.length]).toEqual([false, 0])
  })
  it('keeps its slice', () => {
    const { at, playing } = opened({ slices: 10, moments: 4, times: null })
    at.frame = 7
    playing.toggle()
    pass(0)
    pass(100)
    expect(at.frame).toBe(17)
  })
  it('waits for a picture that is not here, and goes on with it', () => {
    let here = false
    const { at, playing } = opened(film, () => here)
    playing.toggle()
    pass(0)
    pass(5000)
    expect(at.frame).toBe(0)
    here = true
    pass(16)
    expect(at.frame).toBe(1)
  })
  it('[V75] goes as many times as fast as asked for', () => {
    const { at, playing } = opened()
    playing.setManner({ speed: 0.5 })
    playing.toggle()
    pass(0)
    pass(79)
    expect(at.frame).toBe(0)
    pass(1)
    expect(at.frame).toBe(1)
    playing.setManner({ speed: 4 })
    pass(0)
    pass(10)
    expect(at.frame).toBe(2)
  })
  it('[V75] what took minutes from moment to moment is seen as a film, sixteen a second', () => {
    const { at, playing } = opened({ ...film, times: [0, 120_000, 240_000, 360_000] })
    playing.setManner({ speed: SPEEDS.at(-1) ?? 1 })
    playing.toggle()
    pass(0)
    pass(62)
    expect(at.frame).toBe(0)
    pass(1)
    expect(at.frame).toBe(1)
  })
  it('[V75] goes to the end and back again, and over the ends where the machine was slow', () => {
    const { at, playing } = opened()
    playing.setManner({ bounces: true })
    playing.toggle()
    pass(0)
    const seen = Array.from({ length: 8 }, () => {
      pass(40)
      return at.frame
    })
    expect(seen).toEqual([1, 2, 3, 2, 1, 0, 1, 2])
    pass(80)
    expect(at.frame).toBe(2)
    pass(40)
    expect(at.frame).toBe(1)
  })
  it('stops in a hidden tab', () => {
    const { playing } = opened()
    playing.toggle()
    page.hidden = true
    page.dispatchEvent(new Event('visibilitychange'))
    expect([playing.active, frames.length]).toEqual([false, 0])
  })
  it('one moment is not played', () => {
    const { playing } = opened({ slices: 10, moments: 1, times: null })
    playing.toggle()
    expect(playing.active).toBe(false)
  })
})

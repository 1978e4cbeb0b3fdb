import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { afterFrame, inNextFrame, notAfterFrame, notInNextFrame } from './frames.ts'

let frames: FrameRequestCallback[] = []
const come = (): void => {
  const now = frames
  frames = []
  for (const one of now) one(0)
}

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => frames.push(callback))
})
afterEach(() => {
  come()
  frames = []
  vi.unstubAllGlobals()
})

test('a pane that asks while another is painted is painted in the same frame, after it', () => {
  const painted: string[] = []
  const beside = () => void painted.push('beside')
  inNextFrame(() => {
    painted.push('under the hand')
    inNextFrame(beside)
  })
  come()
  expect(painted).toEqual(['under the hand', 'beside'])
  expect(frames).toHaveLength(0)
})

test('a pane that asks anew while it is painted waits for the next frame', () => {
  let times = 0
  const again = () => {
    times++
    if (times < 3) inNextFrame(again)
  }
  inNextFrame(again)
  come()
  expect(times).toBe(1)
  come()
  expect(times).toBe(2)
  come()
  expect(times).toBe(3)
  expect(frames).toHaveLength(0)
})

test('one that is painted at once is not painted again, and one that fails holds up nobody', () => {
  const painted: string[] = []
  const first = () => void painted.push('first')
  inNextFrame(first)
  inNextFrame(() => {
    throw new Error('fault')
  })
  inNextFrame(() => void painted.push('last'))
  notInNextFrame(first)
  expect(come).toThrow('fault')
  expect(painted).toEqual([])
  come()
  expect(painted).toEqual(['last'])
})

test('[V112] what tells of a picture comes after its frame, once, and not from a pane that has gone', () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  const done: string[] = []
  const tell = () => void done.push('told')
  const gone = () => void done.push('told by one that has gone')
  inNextFrame(() => {
    afterFrame(tell)
    afterFrame(gone)
    done.push('painted')
    afterFrame(tell)
  })
  come()
  notAfterFrame(gone)
  expect(done).toEqual(['painted'])
  vi.runAllTimers()
  expect(done).toEqual(['painted', 'told'])
  vi.useRealTimers()
})

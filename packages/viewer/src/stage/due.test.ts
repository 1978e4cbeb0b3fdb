import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Due, type Part } from './due.ts'

let frames: FrameRequestCallback[] = []
const come = (): void => {
  const now = frames
  frames = []
  for (const one of now) one(0)
}
let painted: Part[] = []
let due = new Due(() => {})

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => frames.push(callback))
  painted = []
  due = new Due((part) => painted.push(part))
})
afterEach(() => {
  due.end()
  come()
  vi.unstubAllGlobals()
})

test('[V127] a frame paints what lies above the picture where nothing else was asked for, and all of it where something was', () => {
  due.ask('above')
  due.ask('above')
  come()
  due.ask('above')
  due.ask('all')
  due.ask('above')
  come()
  expect(painted).toEqual(['above', 'all'])
})

test('what is settled at once does not come again with the frame', () => {
  due.settle()
  due.ask()
  due.settle()
  come()
  expect(painted).toEqual(['all'])
})

test('after the end nothing is painted, whoever still asks', () => {
  due.ask()
  due.end()
  due.ask()
  due.settle()
  come()
  expect(painted).toEqual([])
})

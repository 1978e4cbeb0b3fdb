import type { Plane } from '@consilium/geometry/plane'
import { describe, expect, it } from 'vitest'
import type { SeriesFrames } from '../panes/series.ts'
import { madeMeta } from '../testing/meta.ts'
import type { Scene, StageEvents } from './scene.ts'
import { type Painted, Telling } from './telling.ts'

const plane: Plane = {
  origin: [0, 0, 0],
  row: [1, 0, 0],
  column: [0, 1, 0],
  columnSpacing: 1,
  rowSpacing: 1,
}
/** A film of two moments: one place, and so one plane. */
const series = {
  meta: madeMeta({ moments: 2 }),
  planes: [plane, plane],
  base: null,
} as unknown as SeriesFrames
const scene = { drafts: [], peers: [], pins: [] } as unknown as Scene
const nothing = { valueAt: () => null }

describe('what a pane tells of what it painted', () => {
  it('[V136] tells what lies on each moment of a film, and nothing twice', () => {
    const told: number[] = []
    const events: Partial<StageEvents> = { onShown: ({ annotations }) => told.push(annotations) }
    const telling = new Telling(events as StageEvents)
    const painted = (frame: number, count: number) =>
      ({ series, frame, plane, scene, met: Array.from({ length: count }) }) as unknown as Painted
    for (const [frame, count] of [
      [0, 1],
      [1, 0],
      [1, 0],
      [0, 1],
    ] as const)
      telling.after(painted(frame, count), null, null, nothing)
    expect(told).toEqual([1, 0, 1])
  })
})

/** What is asked of the viewer, in the order of the table of figures. `is`: which series and planes a goal is about. */
import { type Goal, goal } from '../goals.ts'
import type { Figures } from './figures.ts'

export const asksOfOpening = (is: string, ours: Figures, other: Figures): Goal[] => [
  goal(`${is}: first slice, cold, by Cornerstone3D's`, ours.first / other.first, '<=', 0.6),
  goal(`${is}: first slice, cold, ms`, ours.first, '<=', 650),
]

export const asksOfAll = (is: string, ours: Figures, other: Figures, bound: number): Goal[] => [
  goal(`${is}: all slices by Cornerstone3D's`, ours.all / other.all, '<=', bound),
]

export const asksOfScroll = (is: string, ours: Figures, other: Figures, cpu: Figures | null): Goal[] => [
  goal(`${is}: scroll step by Cornerstone3D's`, ours.scroll / other.scroll, '<=', 0.25),
  goal(`${is}: scroll step p95 by Cornerstone3D's`, ours.scroll95 / other.scroll95, '<=', 0.25),
  ...(cpu
    ? [
        goal(`${is}: scroll step by that of its CPU mode`, ours.scroll / cpu.scroll, '<=', 1.25),
        goal(`${is}: scroll step p95 by that of its CPU mode`, ours.scroll95 / cpu.scroll95, '<=', 1.25),
      ]
    : []),
  goal(`${is}: scroll step, ms`, ours.scroll, '<=', 8),
  goal(`${is}: scroll step p95, ms`, ours.scroll95, '<=', 14),
]

export const asksOfWindow = (
  is: string,
  ours: Figures,
  other: Figures,
  cpu: Figures | null,
  bound: number,
): Goal[] => [
  goal(`${is}: window step by Cornerstone3D's`, ours.window / other.window, '<=', bound),
  ...(cpu ? [goal(`${is}: window step by that of its CPU mode`, ours.window / cpu.window, '<=', 1.25)] : []),
  goal(`${is}: window step, ms`, ours.window, '<=', 10),
  goal(`${is}: window step p95, ms`, ours.window95, '<=', 16),
]

export const asksOfSpin = (is: string, { perSecond, lastAfter }: Figures): Goal[] => [
  goal(`${is}: pictures a second in a spin`, perSecond, '>=', 35),
  goal(`${is}: last picture after the last event, ms`, lastAfter, '<=', 50),
]

export const asksOfMemory = (is: string, ours: Figures, other: Figures, bound: number): Goal[] => [
  goal(`${is}: memory by Cornerstone3D's`, ours.memory / other.memory, '<=', bound),
]

export const asksOfTasks = (is: string, { longest, longestScrolling }: Figures): Goal[] => [
  goal(`${is}: longest task after the first slice, ms`, longest, '<=', 100),
  goal(`${is}: longest task while scrolling, ms`, longestScrolling, '<=', 50),
]

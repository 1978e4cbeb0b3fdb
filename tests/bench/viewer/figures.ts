/** From visits to figures: the median over a page's visits of each visit's median; p95 is the median of the visits' p95; long tasks the worst visit's. */
import { median } from '../ingest/parts/part.ts'
import { percentile, type Row, round } from '../report.ts'
import type { Taken } from './visit.ts'

export interface Figures {
  readonly first: number
  readonly all: number
  readonly memory: number
  readonly scroll: number
  readonly scroll95: number
  readonly window: number
  readonly window95: number
  readonly perSecond: number
  readonly lastAfter: number
  readonly longest: number
  readonly longestScrolling: number
}

const at = (samples: readonly number[], p: number): number => percentile(samples, p) ?? Number.NaN

export function figuresOf(visits: readonly Taken[]): Figures {
  const over = (of: (visit: Taken) => number): number =>
    visits.length > 0 ? median(visits.map(of)) : Number.NaN
  return {
    first: over(({ first }) => first),
    all: over(({ all }) => all),
    memory: over(({ memory }) => memory),
    scroll: over(({ scroll }) => at(scroll, 50)),
    scroll95: over(({ scroll }) => at(scroll, 95)),
    window: over(({ window }) => at(window, 50)),
    window95: over(({ window }) => at(window, 95)),
    perSecond: over(({ spin }) => spin?.perSecond ?? Number.NaN),
    lastAfter: over(({ spin }) => spin?.lastAfter ?? Number.NaN),
    longest: Math.max(...visits.map(({ longest }) => longest)),
    longestScrolling: Math.max(...visits.map(({ longestScrolling }) => longestScrolling)),
  }
}

const shown = (value: number, digits = 0): number | null =>
  Number.isFinite(value) ? round(value, digits) : null

const pair = (middle: number, high: number): string | null =>
  Number.isFinite(middle) ? `${middle.toFixed(1)} (${high.toFixed(1)})` : null

export const rowOf = (slices: number, page: string, of: Figures): Row => ({
  slices,
  page,
  'first ms': shown(of.first),
  'all ms': shown(of.all),
  'scroll ms (p95)': pair(of.scroll, of.scroll95),
  'window ms (p95)': pair(of.window, of.window95),
  'spin, pictures/s': shown(of.perSecond),
  'last after ms': shown(of.lastAfter),
  'PSS over blank MiB': shown(of.memory),
  'longest task ms': shown(of.longest),
  'while scrolling ms': shown(of.longestScrolling),
})

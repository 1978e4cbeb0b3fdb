/** How the image area is divided, and what stands in it when a layout is chosen. Pure. */
import { ACQUIRED, type PlaneName, type Slicing } from '@consilium/viewer/slicing'
import type { Hung } from '../state/series.ts'

export type LayoutName = 'one' | 'two' | 'three' | 'four' | 'space' | 'volume'

export interface Layout {
  readonly name: LayoutName
  readonly title: string
  /** With Alt. */
  readonly key: string
  readonly panes: number
  /** Classes of the grid, and of the first pane. */
  readonly grid: string
  readonly first: string
  /** Behind the panes one with the series as a volume. */
  readonly volume?: true
}

export const LAYOUTS: readonly Layout[] = [
  { name: 'one', title: 'One plane', key: '1', panes: 1, grid: '', first: '' },
  { name: 'two', title: 'Two side by side', key: '2', panes: 2, grid: 'grid-cols-2', first: '' },
  {
    name: 'three',
    title: 'One large, two beside it',
    key: '3',
    panes: 3,
    grid: 'grid-cols-[73fr_27fr] grid-rows-2',
    first: 'row-span-2',
  },
  { name: 'four', title: 'Two by two', key: '4', panes: 4, grid: 'grid-cols-2 grid-rows-2', first: '' },
  {
    name: 'space',
    title: 'Two by two with 3D',
    key: '5',
    panes: 3,
    grid: 'grid-cols-2 grid-rows-2',
    first: '',
    volume: true,
  },
  // What stood in the pane is kept for whoever comes back to planes.
  { name: 'volume', title: '3D alone', key: '6', panes: 1, grid: '', first: 'hidden', volume: true },
]

export const layoutNamed = (name: LayoutName): Layout =>
  LAYOUTS.find((layout) => layout.name === name) ?? (LAYOUTS[0] as Layout)

const PLANES: readonly PlaneName[] = ['axial', 'coronal', 'sagittal']

/** Upright, halfway between sagittal and coronal: where a plane begins that is going to be turned. */
export const OBLIQUE: Slicing = { kind: 'oblique', normal: [Math.SQRT1_2, -Math.SQRT1_2, 0] }

/** As it was taken first, then the others in the usual order, then one that can be turned. */
export const planesFrom = (acquired: PlaneName): readonly Slicing[] => [
  { kind: 'acquired' },
  ...PLANES.filter((name) => name !== acquired).map((kind) => ({ kind })),
  OBLIQUE,
]

export interface Standing {
  readonly active: number
  /** What the slices of the active pane are called; null where they make no volume. */
  readonly acquired: PlaneName | null
  /** All of the case, in order. */
  readonly series: readonly string[]
}

/**
 * What stands in the panes of a layout that is chosen while `before` is on the screen. One pane keeps what the active one showed. Several
 * begin with the planes of one series, or where it has no others with the series that follow it; where different series stood side by
 * side they stay, and more come to them.
 */
export function hangingIn(layout: Layout, before: readonly Hung[], now: Standing): readonly Hung[] {
  const { active, acquired, series } = now
  const shown = before[active] ?? before[0]
  if (!shown) return []
  if (layout.panes === 1)
    return [before.every((one) => one.series === shown.series) ? (before[0] ?? shown) : shown]
  const isMixed = before.some((one) => one.series !== shown.series)
  if (!isMixed && acquired !== null)
    return planesFrom(acquired)
      .slice(0, layout.panes)
      .map((slicing) => ({ series: shown.series, slicing }))
  const kept = before.slice(0, layout.panes)
  const from = series.indexOf(shown.series ?? '')
  const others = [...series.slice(from + 1), ...series.slice(0, from)].filter(
    (id) => !kept.some((one) => one.series === id),
  )
  return Array.from({ length: layout.panes }, (_, pane) => {
    const next = others[pane - kept.length]
    return kept[pane] ?? (next === undefined ? shown : { series: next, slicing: ACQUIRED })
  })
}

/** How the image area is divided, and which planes stand in it when a layout is chosen. Pure. */
import type { PlaneName, Slicing } from '@consilium/viewer/slicing'

export type LayoutName = 'one' | 'two' | 'three' | 'four'

export interface Layout {
  readonly name: LayoutName
  readonly title: string
  /** With Alt. */
  readonly key: string
  readonly panes: number
  /** Classes of the grid, and of the first pane. */
  readonly grid: string
  readonly first: string
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

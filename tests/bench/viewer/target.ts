/** One page under measurement, and how its pictures are reached. In it `allHere` is when it said that it has every slice. */
import type { Box, Page } from './page.ts'

export interface Asked {
  readonly slices: number
  /** Where pictures are on the screen: as many as there are planes, at the places and of the sizes that ours has. */
  readonly places: readonly Box[]
}

export interface Target {
  readonly name: string
  /** Selects the canvases of the pictures, in the order of the places. */
  readonly canvases: string
  /** What comes before the navigation that is measured. */
  prepare(page: Page, asked: Asked): Promise<void>
  address(asked: Asked): string
  /** Before a drag is a change of the window. */
  takeWindow(page: Page): Promise<void>
}

/**
 * What draws pictures below the marks. The slice pane is the fast path for planes as they were taken; a vtk.js pane for oblique planes
 * and volumes fits the same interface.
 */
import type { Camera } from '../stage/camera.ts'
import type { Window } from '../stage/scene.ts'
import type { ColourTable } from './colour/palettes.ts'
import type { SeriesFrames } from './series.ts'

export interface Picture {
  readonly series: SeriesFrames
  readonly frame: number
  readonly camera: Camera
  readonly window: Window
  readonly inverted: boolean
  /** What stands for the greys. */
  readonly colours: ColourTable
  /** Interpolated between pixels; off shows the pixels themselves. */
  readonly smooth: boolean
}

export interface Pane {
  readonly element: HTMLElement
  resize(width: number, height: number, pixelRatio: number): void
  /** Draws at once; the stage calls it at most once per animation frame. Null: black. */
  draw(picture: Picture | null): void
  destroy(): void
}

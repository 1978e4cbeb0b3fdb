/** One pane's stage as the page sees it. */
import type { Plane } from '@consilium/geometry/plane'
import type { Vec3 } from '@consilium/geometry/vec3'
import type { ColourTable } from '@consilium/viewer/colours'
import type { Reticle } from '@consilium/viewer/reticle'
import type { ShownSlices, View, Window } from '@consilium/viewer/scene'
import type { Following } from '../layout/linked.ts'

/** What the page may ask of a stage. Set by its pane; does nothing before it is there. */
export interface StageHandle {
  /** On the screen, or about to be. */
  readonly plane: () => Plane | null
  /** The slice of the masks' grid on the screen; null where there is none. */
  readonly maskSlices: () => ShownSlices | null
  /** Where right and down on the screen lead in the patient. */
  readonly axes: () => { readonly right: Vec3; readonly down: Vec3 } | null
  readonly view: () => View | null
  /** With a pane it is linked to. `frame`: of the moment that is to be shown; null: as it is. */
  readonly goAlongWith: (pane: Following, frame: number | null) => void
  readonly setFrame: (frame: number) => void
  /** Takes a view over and tells it as one's own. */
  readonly setView: (view: View) => void
  readonly step: (slices: number) => void
  /** To a slice of the moment shown, from 0; in a film to a moment. */
  readonly goAlong: (to: number) => void
  readonly stepInTime: (moments: number) => void
  readonly togglePlay: () => void
  readonly focusOn: (at: Vec3, frame: number) => void
  /** The plane through a place, at the moment shown. */
  readonly showPlace: (at: Vec3) => void
  readonly setWindow: (window: Window) => void
  /** By the values of the slice shown. */
  readonly autoWindow: () => void
  /** As numbers, in the place of its read-out. */
  readonly typeWindow: () => void
  readonly zoomBy: (factor: number) => void
  readonly fit: () => void
  /** As the series was opened: whole picture, upright, its own window. */
  readonly reset: () => void
  readonly invert: () => void
  readonly setColours: (colours: ColourTable) => void
  /** A quarter clockwise, or with -1 the other way. */
  readonly rotate: (quarters: 1 | -1) => void
  readonly flip: (way: 'horizontal' | 'vertical') => void
  readonly hold: (tool: 'pan' | 'window' | null) => void
  readonly cancel: () => boolean
  readonly finish: () => void
  readonly deleteLastVertex: () => void
  readonly reticle: Reticle
  /** Keys are meant for the picture. */
  readonly focus: () => void
  /** A comment at the place under the pointer. */
  readonly placePinHere: () => void
}

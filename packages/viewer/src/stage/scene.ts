/**
 * What the stage is asked to show, and what it tells back. The page owns all state; the stage draws it and reports what hands do.
 * All places are patient space (LPS, mm), and every `frame` is a slice as it was taken, whatever plane a pane shows: where a pane shows
 * others it asks panes/reformat/places.ts which of its own is meant. Colours are CSS colours the page has chosen.
 */

import type { Annotation, AnnotationDraft } from '@consilium/crdt-schema/annotation'
import type { KindName } from '@consilium/crdt-schema/kinds'
import type { Plane } from '@consilium/geometry/plane'
import type { Axis, Shape } from '@consilium/geometry/raster/shape'
import type { Vec3 } from '@consilium/geometry/vec3'
import type { Turned } from '@consilium/imaging/hung'
import type { ColourTable } from '../panes/colour/palettes.ts'
import type { Slicing } from '../panes/slicing.ts'

/** Display window: the values `center ± width/2` (rescaled units) span black to white (PS3.3 C.11.2.1.2). */
export interface Window {
  readonly center: number
  readonly width: number
  /** The table of the file with this index stands in for it (VOI LUT, PS3.3 C.11.2.1.1); changed by hand it is a window again. */
  readonly table?: number | undefined
}

/** One pane's view: enough for a peer to see the same. */
export interface View {
  readonly series: string
  /** As it was taken; of a plane across the series the slice nearest to the middle of the pane. */
  readonly frame: number
  /** Absent: the slices as they were taken. */
  readonly slicing?: Slicing
  /** Patient point in the middle of the pane; of a plane across the series on that plane. */
  readonly center: Vec3
  /** mm per CSS pixel. */
  readonly mmPerPixel: number
  readonly window: Window
  readonly inverted?: boolean
  /** What stands for the greys; absent: grey. */
  readonly colours?: ColourTable
  /** How the picture hangs in the pane. */
  readonly turned?: Turned
  /** The place that all panes of a page show just now. */
  readonly crosshair?: Vec3 | undefined
  /** Size of the pane, CSS pixels: whoever follows on a smaller one still sees all of it. Absent: shown as it is. */
  readonly pane?: { readonly width: number; readonly height: number }
}

/** Tools that paint voxels; Shift or the right button takes away with each of them. */
export const PAINT_TOOLS = ['brush', 'eraser', 'threshold-brush', 'lasso', 'fill', 'grow'] as const
export type PaintTool = (typeof PAINT_TOOLS)[number]
export const isPaintTool = (tool: string): tool is PaintTool =>
  (PAINT_TOOLS as readonly string[]).includes(tool)

/** Those that begin at one place and find out for themselves how far they go: the page does, and the stage only says where. */
export const SEED_TOOLS = ['fill', 'grow'] as const satisfies readonly PaintTool[]
export type SeedTool = (typeof SEED_TOOLS)[number]
export const isSeedTool = (tool: string): tool is SeedTool => (SEED_TOOLS as readonly string[]).includes(tool)

export type Tool = 'select' | 'window' | 'pan' | 'zoom' | 'comment' | PaintTool | KindName

export interface PaintSettings {
  /** What is painted in; null: nothing is, and `fault` says why. */
  readonly segment: string | null
  /** Why nothing can be painted just now, in a sentence; said when a hand tries. */
  readonly fault: string | null
  /** CSS colour of the segment. */
  readonly colour: string
  /** Of the fill of the segment, 0 to 1. */
  readonly opacity: number
  readonly radiusMm: number
  /** A pen paints the larger the harder it is pressed. */
  readonly byPressure?: boolean
  /** Within one slice; a ball is round. */
  readonly square: boolean
  /** In 3D: a ball through the slices rather than a disc in one. */
  readonly ball: boolean
  /** What the threshold brush paints on: rescaled values, both ends included. */
  readonly range: { readonly min: number; readonly max: number }
}

/** One stroke or lasso. `shape` holds more than one act may where a hand went far: it is cut where it is written. */
export interface Painted {
  readonly segment: string
  /** 1 paints, 0 erases. */
  readonly value: 0 | 1
  readonly shape: Shape
  /** Further parts of it, where a pen was pressed more or less hard. */
  readonly more?: readonly Shape[]
}

/** Where a tool that finds out for itself how far it goes was set to work. */
export interface Seed {
  readonly tool: SeedTool
  /** 1 paints, 0 erases. */
  readonly value: 0 | 1
  /** Column, row and slice as they were taken, from 0. */
  readonly voxel: Vec3
  /** The slice of the grid that is on the screen; null where the plane passes between voxels. */
  readonly slice: { readonly axis: Axis; readonly index: number } | null
}

/** The slice of the grid of masks that a pane shows, and those that lie beside it in that plane; null at an end. */
export interface ShownSlices {
  readonly axis: Axis
  readonly index: number
  readonly next: number | null
  readonly previous: number | null
}

/** A stroke that somebody else is making, or one's own hand in another pane. */
export interface ScenePaintDraft extends Painted {
  readonly id: string
  /** CSS colour of the segment. */
  readonly colour: string
  /** CSS colour of the person; absent of one's own, which looks like what is painted. */
  readonly by?: string
}

export interface ScenePaint {
  readonly settings: PaintSettings
  readonly drafts: readonly ScenePaintDraft[]
}

export interface SceneAnnotation {
  readonly annotation: Annotation
  /** Colour of its label. */
  readonly colour: string
  /** Label's title, on the tag beside it. */
  readonly title: string
  /** Colours of the people who have it selected, self left out. */
  readonly heldBy: readonly string[]
  readonly disputed: boolean
  /** What the values inside of it are like, on the tag behind its figure: "35.2 ± 12.9 HU". */
  readonly values?: string | undefined
  /** 0 to 1; absent: in full. */
  readonly opacity?: number
}

/** A shape somebody else is drawing or moving right now: dashed, without fill. */
export interface SceneDraft {
  readonly id: string
  readonly kind: KindName
  /** As it was taken, nearest to the shape. */
  readonly frame: number
  /** Of the plane it is drawn in; absent: that of the slices as they were taken. */
  readonly normal?: Vec3 | undefined
  readonly points: readonly Vec3[]
  readonly colour: string
  readonly name: string
  /** The annotation being moved, hidden meanwhile. */
  readonly replaces: string | null
  /** 0 to 1; absent: in full. */
  readonly opacity?: number
}

export interface ScenePeer {
  readonly id: string
  readonly name: string
  /** Two letters, on the slice bar and in the ghost at the edge. */
  readonly initials?: string
  readonly colour: string
  readonly frame: number
  readonly at: Vec3
  readonly idle: boolean
}

export interface ScenePin {
  readonly id: string
  readonly at: Vec3
  readonly frame: number
  readonly count: number
  readonly disputed: boolean
  readonly resolved: boolean
}

export interface Scene {
  readonly annotations: readonly SceneAnnotation[]
  readonly drafts: readonly SceneDraft[]
  readonly peers: readonly ScenePeer[]
  readonly pins: readonly ScenePin[]
  readonly selection: string | null
  /** Drawing is off: observers, decided cases, and whoever looks at the past. */
  readonly readOnly: boolean
  /** Comments may be pinned, also where nothing can be drawn. */
  readonly mayComment: boolean
  /** Whether this reader may move the annotation: selected, it has handles. Asked of the few under a hand, not of all. */
  readonly mayMove: (id: string) => boolean
  /** Label given to the next annotation, with its colour for the draft. */
  readonly label: string
  readonly labelColour: string
  /** Absent: nothing is painted here. Strokes that end stay on the screen until the next frame; the view must hold them by then. */
  readonly paint?: ScenePaint
}

export interface Shown {
  readonly annotations: number
  readonly drafts: number
  readonly peers: number
}

/** What is on what a pane shows. */
export interface OnPicture {
  /** The same list for as long as nothing of it is different. */
  readonly met: readonly {
    readonly entry: SceneAnnotation
    /** `across`: its own plane is another one, and this one cuts it. */
    readonly meeting: 'on' | 'across'
  }[]
  readonly pins: readonly ScenePin[]
  /** Wherever they look. */
  readonly peers: readonly ScenePeer[]
}

export interface VertexMove {
  readonly key: string
  readonly at: Vec3
}

export interface Probe {
  readonly at: Vec3
  readonly frame: number
  /** Column and row of the picture, from 1; null outside of it. */
  readonly pixel: readonly [column: number, row: number] | null
  /** Of the mask shown: column, row and slice as they were taken, from 0. Absent outside of it, and where none is shown. */
  readonly voxel?: Vec3
  /** Rescaled value under the cursor, or red, green and blue; null outside the picture, on padding, or while it loads. */
  readonly value: number | readonly [red: number, green: number, blue: number] | null
  /** Of the series laid over the picture, at the same place. Absent where nothing lies there. */
  readonly over?: number
}

export interface StageEvents {
  /** While drawing (or moving, then `replaces` names what): each new state; null when it is let go. */
  onDraft(
    draft: {
      kind: KindName
      frame: number
      normal: Vec3
      points: readonly Vec3[]
      replaces: string | null
    } | null,
  ): void
  onCreate(draft: Omit<AnnotationDraft, 'label'>): void
  onMove(id: string, moves: readonly VertexMove[]): void
  /** A stroke or lasso is done. */
  onPaint?(painted: Painted): void
  /** A tool that finds out for itself how far it goes was set down somewhere. */
  onSeed?(seed: Seed): void
  /** While it is made, 30 times a second at most; null when it is let go or done. */
  onPaintDraft?(draft: Painted | null): void
  /** Alt and a press with a tool that paints: what is painted there is to be painted in from now on. */
  onPickSegment?(segment: string): void
  onSelect(id: string | null): void
  onOpenPin(id: string): void
  /** The comment tool was used, or `m` pressed over a place. */
  onPlacePin(at: Vec3, frame: number, annotation: string | null): void
  onProbe(probe: Probe | null): void
  /** Slice, window, zoom or pan changed by hand. */
  onView(view: View): void
  /** Another plane is on the screen, whoever turned to it; null where there is no picture. */
  onPlane?(plane: Plane | null): void
  /** Shift and a move of the hand: all panes are to show this place. */
  onPoint?(at: Vec3): void
  /** The line of another pane's plane was taken hold of: that plane is to be this one, through `at`. */
  onTurnPlane?(pane: number, normal: Vec3, at: Vec3): void
  onShiftPlane?(pane: number, at: Vec3): void
  /** A double click where nothing is drawn: this pane alone, or all again. */
  onMaximise?(): void
  /** How many of the scene's annotations, drafts and peers are on what is shown. */
  onShown?(counts: Shown): void
  /** The same by name. */
  onPicture?(on: OnPicture): void
  /** A shape could not be made or moved so; one sentence saying why. */
  onFault?(sentence: string): void
}

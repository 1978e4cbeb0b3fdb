/** The tools of the rail: the fixed ones, and one per mark. Marks name their own icon and key; nothing here names a kind. */

import { kindOf } from '@consilium/crdt-schema/kinds'
import { MARKS } from '@consilium/viewer/marks'
import type { Tool } from '@consilium/viewer/scene'

export interface ToolEntry {
  readonly tool: Tool
  readonly title: string
  /** By its name in toolIcons.ts. */
  readonly icon: string
  /** Usual key; which one it has is the keymap's to say (commands/tools.ts). */
  readonly key: string
  readonly hint: string
  /** What must be allowed for it: null for looking. */
  readonly writes: 'annotations' | 'threads' | null
  /** Behind a button of the rail, with others. */
  readonly seldom?: boolean | undefined
}

const LOOKING: readonly ToolEntry[] = [
  {
    tool: 'select',
    title: 'Select',
    icon: 'mouse-pointer-2',
    key: 'v',
    hint: 'Click a shape; drag its points',
    writes: null,
  },
  {
    tool: 'window',
    title: 'Window',
    icon: 'contrast',
    key: 'w',
    hint: 'Drag: sideways width, up and down level',
    writes: null,
  },
  { tool: 'zoom', title: 'Zoom', icon: 'zoom-in', key: 'z', hint: 'Drag up and down', writes: null },
  { tool: 'pan', title: 'Pan', icon: 'hand', key: 'h', hint: 'Drag the image', writes: null },
]

/** What has no vertices is made elsewhere. */
const DRAWN = MARKS.filter(({ kind }) => kindOf(kind).vertices.max > 0)

const DRAWING: readonly ToolEntry[] = DRAWN.map((mark) => ({
  tool: mark.kind,
  title: mark.title,
  icon: mark.icon,
  key: mark.key,
  hint: mark.hint,
  writes: 'annotations',
  seldom: mark.seldom,
}))

/** Paint with the hand; which segment and how large is in the options. */
const PAINTING: readonly ToolEntry[] = [
  {
    tool: 'brush',
    title: 'Brush',
    icon: 'brush',
    key: 's',
    hint: 'Drag paints, with Shift erases',
    writes: 'annotations',
  },
  {
    tool: 'eraser',
    title: 'Eraser',
    icon: 'eraser',
    key: 'e',
    hint: 'Drag erases',
    writes: 'annotations',
  },
  {
    tool: 'threshold-brush',
    title: 'Threshold brush',
    icon: 'blend',
    key: 'y',
    hint: 'Drag paints where values lie in the range',
    writes: 'annotations',
  },
  {
    tool: 'lasso',
    title: 'Paint lasso',
    icon: 'lasso-select',
    key: 'Shift+s',
    hint: 'Draw around what is to be painted, with Shift erased',
    writes: 'annotations',
  },
  {
    tool: 'fill',
    title: 'Fill',
    icon: 'paint-bucket',
    key: 'Shift+f',
    hint: 'Click into an outline to fill it, with Shift on a part to clear it',
    writes: 'annotations',
  },
  {
    tool: 'grow',
    title: 'Grow by values',
    icon: 'sprout',
    key: 'Shift+g',
    hint: 'Click a place: what hangs together with it and has values near its own is filled',
    writes: 'annotations',
  },
]

const TALKING: readonly ToolEntry[] = [
  {
    tool: 'comment',
    title: 'Comment',
    icon: 'message-square-plus',
    key: 'm',
    hint: 'Click a place or a shape',
    writes: 'threads',
  },
]

export const TOOL_GROUPS: readonly (readonly ToolEntry[])[] = [LOOKING, DRAWING, PAINTING, TALKING]
export const TOOLS: readonly ToolEntry[] = TOOL_GROUPS.flat()
export const toolEntry = (tool: Tool): ToolEntry =>
  TOOLS.find((entry) => entry.tool === tool) ?? (LOOKING[0] as ToolEntry)

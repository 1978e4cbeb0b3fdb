/** The tools of the rail: the fixed ones, and one per mark. Marks name their own icon and key; nothing here names a kind. */

import { kindOf } from '@consilium/crdt-schema/kinds'
import { MARKS } from '@consilium/viewer/marks'
import type { Tool } from '@consilium/viewer/scene'
import Blend from 'lucide-solid/icons/blend'
import Brush from 'lucide-solid/icons/brush'
import Contrast from 'lucide-solid/icons/contrast'
import Eraser from 'lucide-solid/icons/eraser'
import Flag from 'lucide-solid/icons/flag'
import Hand from 'lucide-solid/icons/hand'
import Lasso from 'lucide-solid/icons/lasso'
import LassoSelect from 'lucide-solid/icons/lasso-select'
import Layers from 'lucide-solid/icons/layers'
import MapPin from 'lucide-solid/icons/map-pin'
import MessageSquarePlus from 'lucide-solid/icons/message-square-plus'
import MousePointer2 from 'lucide-solid/icons/mouse-pointer-2'
import Pentagon from 'lucide-solid/icons/pentagon'
import Ruler from 'lucide-solid/icons/ruler'
import Shapes from 'lucide-solid/icons/shapes'
import Square from 'lucide-solid/icons/square'
import ZoomIn from 'lucide-solid/icons/zoom-in'
import type { Icon } from '../../parts/icon.ts'

export interface ToolEntry {
  readonly tool: Tool
  readonly title: string
  readonly icon: Icon
  /** As printed on the rail. */
  readonly key: string
  readonly hint: string
  /** What must be allowed for it: null for looking. */
  readonly writes: 'annotations' | 'threads' | null
}

/** Icons by the name a mark gives; an unknown name still gets a tool. */
const ICONS: Readonly<Record<string, Icon>> = {
  square: Square,
  pentagon: Pentagon,
  lasso: Lasso,
  'map-pin': MapPin,
  ruler: Ruler,
  flag: Flag,
  layers: Layers,
}

export const iconNamed = (name: string): Icon => ICONS[name] ?? Shapes

const LOOKING: readonly ToolEntry[] = [
  {
    tool: 'select',
    title: 'Select',
    icon: MousePointer2,
    key: 'v',
    hint: 'Click a shape; drag its points',
    writes: null,
  },
  {
    tool: 'window',
    title: 'Window',
    icon: Contrast,
    key: 'w',
    hint: 'Drag: sideways width, up and down level',
    writes: null,
  },
  { tool: 'zoom', title: 'Zoom', icon: ZoomIn, key: 'z', hint: 'Drag up and down', writes: null },
  { tool: 'pan', title: 'Pan', icon: Hand, key: 'h', hint: 'Drag the image', writes: null },
]

/** What has no vertices is made elsewhere. */
const DRAWN = MARKS.filter(({ kind }) => kindOf(kind).vertices.max > 0)

const DRAWING: readonly ToolEntry[] = DRAWN.map((mark) => ({
  tool: mark.kind,
  title: mark.title,
  icon: iconNamed(mark.icon),
  key: mark.key,
  hint: mark.hint,
  writes: 'annotations',
}))

/** Paint with the hand; which segment and how large is in the options. */
const PAINTING: readonly ToolEntry[] = [
  {
    tool: 'brush',
    title: 'Brush',
    icon: Brush,
    key: 's',
    hint: 'Drag paints, with Shift erases; [ and ] change the size',
    writes: 'annotations',
  },
  {
    tool: 'eraser',
    title: 'Eraser',
    icon: Eraser,
    key: 'e',
    hint: 'Drag erases; [ and ] change the size',
    writes: 'annotations',
  },
  {
    tool: 'threshold-brush',
    title: 'Threshold brush',
    icon: Blend,
    key: 'y',
    hint: 'Drag paints where values lie in the range',
    writes: 'annotations',
  },
  {
    tool: 'lasso',
    title: 'Paint lasso',
    icon: LassoSelect,
    key: 'd',
    hint: 'Draw around what is to be painted, with Shift erased',
    writes: 'annotations',
  },
]

const TALKING: readonly ToolEntry[] = [
  {
    tool: 'comment',
    title: 'Comment',
    icon: MessageSquarePlus,
    key: 'm',
    hint: 'Click a place or a shape',
    writes: 'threads',
  },
]

export const TOOL_GROUPS: readonly (readonly ToolEntry[])[] = [LOOKING, DRAWING, PAINTING, TALKING]
export const TOOLS: readonly ToolEntry[] = TOOL_GROUPS.flat()
export const toolEntry = (tool: Tool): ToolEntry =>
  TOOLS.find((entry) => entry.tool === tool) ?? (LOOKING[0] as ToolEntry)

/**
 * What a press of the hand means: OHIF's mouse. Middle pans, right zooms, whatever tool is held; left does what the tool says, and
 * window and level on empty ground. Held keys lend the left button another meaning for as long as they are down. Pure.
 */
import { isKindName, type KindName } from '@consilium/crdt-schema/kinds'
import type { Hit } from '../overlay/hit.ts'
import { isPaintTool, type PaintTool, type Tool } from './scene.ts'

export type Held = 'pan' | 'window' | null

export type Purpose =
  | { readonly what: 'pan' | 'zoom' | 'window' | 'none' }
  /** Window by dragging; a press that does not move selects what is there, or nothing. */
  | { readonly what: 'select-or-window'; readonly id: string | null }
  | { readonly what: 'draw'; readonly kind: KindName }
  /** 1 paints, 0 erases. */
  | { readonly what: 'paint'; readonly tool: PaintTool; readonly value: 0 | 1 }
  | { readonly what: 'pick-segment' }
  | { readonly what: 'move'; readonly id: string; readonly handle: string | null }
  | { readonly what: 'select'; readonly id: string }
  | { readonly what: 'place-pin'; readonly annotation: string | null }
  | { readonly what: 'open-pin'; readonly id: string }

export interface Press {
  /** 0 left, 1 middle, 2 right. */
  readonly button: number
  readonly shift: boolean
  readonly alt?: boolean
}

export interface Circumstances {
  readonly tool: Tool
  readonly held: Held
  /** Nothing can be drawn. */
  readonly readOnly: boolean
  /** There are masks to paint in. */
  readonly mayPaint: boolean
  readonly mayComment: boolean
  /** What lies under the hand may be moved by it. */
  readonly editable: boolean
  readonly hit: Hit | null
  readonly selection: string | null
}

export function purposeOf(press: Press, now: Circumstances): Purpose {
  if (press.button === 1) return { what: 'pan' }
  if (press.button !== 0 && press.button !== 2) return { what: 'none' }
  if (press.button === 0 && now.held) return { what: now.held }
  if (isPaintTool(now.tool) && now.mayPaint) return painting(press, now.tool)
  if (press.button === 2) return { what: 'zoom' }
  if (press.shift) return { what: 'pan' }
  if (now.tool === 'pan' || now.tool === 'zoom' || now.tool === 'window') return { what: now.tool }
  if (isPaintTool(now.tool)) return { what: 'window' }
  if (now.tool === 'comment') return placing(now)
  if (isKindName(now.tool)) {
    return now.readOnly ? { what: 'window' } : { what: 'draw', kind: now.tool }
  }
  return selecting(now)
}

/** As in every program that paints: Shift or the right button takes away, Alt takes what lies there. */
function painting({ button, shift, alt }: Press, tool: PaintTool): Purpose {
  if (button === 0 && alt) return { what: 'pick-segment' }
  return { what: 'paint', tool, value: tool === 'eraser' || shift || button === 2 ? 0 : 1 }
}

function placing({ hit, mayComment }: Circumstances): Purpose {
  if (hit?.what === 'pin') return { what: 'open-pin', id: hit.id }
  if (!mayComment) return { what: 'window' }
  return { what: 'place-pin', annotation: hit?.id ?? null }
}

function selecting({ hit, editable, selection }: Circumstances): Purpose {
  if (!hit) return { what: 'select-or-window', id: null }
  if (hit.what === 'pin') return { what: 'open-pin', id: hit.id }
  // The area of a large shape must not stop the window drag; only a shape already selected is moved by its inside.
  if (hit.what === 'inside' && (hit.id !== selection || !editable))
    return { what: 'select-or-window', id: hit.id }
  if (!editable) return { what: 'select', id: hit.id }
  return { what: 'move', id: hit.id, handle: hit.what === 'handle' ? hit.handle : null }
}

const CURSORS: { readonly [What in Purpose['what']]: string } = {
  pan: 'grab',
  zoom: 'zoom-in',
  window: 'default',
  none: 'default',
  'select-or-window': 'default',
  draw: 'crosshair',
  paint: 'crosshair',
  'pick-segment': 'crosshair',
  move: 'move',
  select: 'pointer',
  'place-pin': 'crosshair',
  'open-pin': 'pointer',
}

/** CSS cursor for what a left press would do. */
export const cursorFor = (purpose: Purpose): string =>
  purpose.what === 'select-or-window' && purpose.id !== null ? 'pointer' : CURSORS[purpose.what]

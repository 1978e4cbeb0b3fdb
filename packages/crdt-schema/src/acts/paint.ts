/**
 * Painting: acts laid into one's own lane, one transaction for those that belong together. Taking back is an act too, and so is putting
 * back what was taken back: nothing is ever removed. Whether somebody *may* turn an act is asked elsewhere (policy/judge.ts).
 */
import { faultOf } from '@consilium/geometry/raster/fault'
import type { Grid } from '@consilium/geometry/raster/grid'
import { workOf } from '@consilium/geometry/raster/limits'
import type { Shape } from '@consilium/geometry/raster/shape'
import * as Y from 'yjs'
import type { AnnotationDraft } from '../annotation.ts'
import type { EntryKey } from '../entry.ts'
import type { ActId, Hand, MaskAct, Paint, Switch } from '../kinds/mask/act.ts'
import { inParts } from '../kinds/mask/bytes/inParts.ts'
import { LaneWriter } from '../kinds/mask/bytes/lane.ts'
import { ACT_LIMITS, TOGETHER_LIMITS } from '../kinds/mask/bytes/limits.ts'
import { type Lane, laneKey, lanesOf } from '../kinds/mask/lanes.ts'
import { type PaintRecord, recordOf } from '../kinds/mask/record.ts'
import { Act, ActFault, entryOf, perform } from './act.ts'
import { annotate, checkDraft } from './annotate.ts'

export interface PaintDraft {
  readonly segment: EntryKey
  /** 1 paints, 0 erases. */
  readonly value: 0 | 1
  readonly shape: Shape
  /** It fits one act: `inParts` has cut it, in a worker. To find that out takes as long as to write it. */
  readonly isCut?: boolean
}

/** Acts that are turned together: so many of one client's from this number on. */
export interface Turn {
  readonly target: ActId
  readonly count: number
}

/** Everything here belongs together: it is undone as one. What is too much for one act becomes several. Returns the first act; the others have the numbers after its own. */
export function paint(doc: Y.Doc, grid: Grid, drafts: readonly PaintDraft[], title = 'painting'): ActId {
  for (const { segment } of drafts) checkSegment(doc, segment)
  const parts = drafts.flatMap((draft) =>
    partsOf(draft.shape, grid, draft.isCut).map((shape) => ({ ...draft, shape })),
  )
  checkTogether(
    parts.map(({ shape }) => shape),
    grid,
  )
  const bodies = parts.map(({ segment, value, shape }): Paint => ({ act: 'paint', segment, value, shape }))
  return perform(doc, new Act('paint', title), () => lay(doc, bodies))
}

/** A mask of somewhere else: what the segment for it says, and what is to be painted in it. */
export interface BroughtMask extends Pick<PaintDraft, 'isCut'> {
  readonly segment: AnnotationDraft
  readonly shapes: readonly Shape[]
}

/** A segment for each mask, and all that is painted in them: one act, undone as one. Returns their keys. */
export function bringMasks(
  doc: Y.Doc,
  grid: Grid,
  masks: readonly BroughtMask[],
  title = 'masks',
): EntryKey[] {
  for (const { segment } of masks) checkDraft(segment)
  const parts = masks.map(({ shapes, isCut }) => shapes.flatMap((shape) => partsOf(shape, grid, isCut)))
  checkTogether(parts.flat(), grid)
  return perform(doc, new Act('bring masks', title), () => {
    const segments = masks.map(({ segment }) => annotate(doc, segment))
    const bodies = segments.flatMap((segment, k) =>
      (parts[k] ?? []).map((shape): Paint => ({ act: 'paint', segment, value: 1, shape })),
    )
    lay(doc, bodies)
    return segments
  })
}

function partsOf(shape: Shape, grid: Grid, isCut = false): readonly Shape[] {
  const parts = isCut ? [shape] : inParts(shape, grid)
  for (const part of parts) {
    const fault = faultOf(part, grid)
    if (fault !== null) throw new ActFault('invalid-geometry', fault)
  }
  return parts
}

/** Takes acts out of effect, or puts them back. Returns the act that does. */
export function turn(
  doc: Y.Doc,
  act: Switch['act'],
  hand: Hand,
  turns: readonly Turn[],
  title = 'painting',
): ActId {
  checkCount(turns.length)
  if (turns.reduce((sum, { count }) => sum + count, 0) > TOGETHER_LIMITS.turned)
    throw new ActFault('too-long', `At most ${TOGETHER_LIMITS.turned} acts of painting are turned at once.`)
  const record = recordNow(doc)
  for (const { target, count } of turns) {
    checkCount(count)
    for (let n = 0; n < count; n++)
      if (record.find({ ...target, lamport: target.lamport + n })?.act.body.act !== 'paint')
        throw new ActFault('unknown-entry', 'There is no such act of painting in this document.')
  }
  const bodies = turns.map(({ target, count }): Switch => ({ act, hand, target, count }))
  return perform(doc, new Act(act, title), () => lay(doc, bodies))
}

/**
 * The same acts once more, above everything that was painted since, and the old ones taken out of effect: for work that was done offline
 * and lies under newer work. One's own only.
 */
export function bringToTop(doc: Y.Doc, { target, count }: Turn): ActId {
  const record = recordNow(doc)
  const bodies = Array.from({ length: count }, (_, n): Paint => {
    const body = record.find({ ...target, lamport: target.lamport + n })?.act.body
    if (body?.act !== 'paint')
      throw new ActFault('unknown-entry', 'There is no such act of painting in this document.')
    return body
  })
  const withdrawn: Switch = { act: 'withdraw', hand: 'author', target, count }
  return perform(doc, new Act('bring to top', 'bringing to the top'), () => lay(doc, [...bodies, withdrawn]))
}

/** With what the transaction that is going on has laid so far. */
function recordNow(doc: Y.Doc): PaintRecord {
  const record = recordOf(doc)
  record.catchUp(doc._transaction?.origin ?? null)
  return record
}

function checkCount(count: number): void {
  if (count < 1) throw new ActFault('invalid-value', 'There is nothing to be done.')
  if (count > ACT_LIMITS.together)
    throw new ActFault('too-long', `At most ${ACT_LIMITS.together} acts of painting belong together.`)
}

/** The gate asks the same of all that comes in one update. */
function checkTogether(shapes: readonly Shape[], grid: Grid): void {
  checkCount(shapes.length)
  if (shapes.reduce((sum, shape) => sum + workOf(shape, grid), 0) > TOGETHER_LIMITS.work)
    throw new ActFault('too-long', 'This paints more at once than others can take in. Paint it in parts.')
}

function checkSegment(doc: Y.Doc, id: EntryKey): void {
  const entry = entryOf(doc, 'annotations', id)
  if (entry.get('kind') !== 'segment') throw new ActFault('unknown-entry', 'This is no segment.')
  if (entry.get('retired'))
    throw new ActFault('retired', 'This segment was taken back; bring it back before painting in it.')
}

/** For acts only; inside a transaction. All elements are made before the first is laid: what is too long for an act leaves no trace. */
export function lay(doc: Y.Doc, bodies: readonly MaskAct['body'][]): ActId {
  const client = doc.clientID
  const record = recordNow(doc)
  const first = record.nextLamport
  const at = Date.now()
  const open = record.standing(client)
  let number = open?.number ?? 0
  let writer = new LaneWriter(open?.state ?? client)
  const laid: { readonly number: number; readonly elements: Uint8Array[] }[] = []
  bodies.forEach((body, n) => {
    if (writer.isFull) {
      number += 1
      writer = new LaneWriter(client)
    }
    const group = n === 0 ? bodies.length : 1
    laid.push({ number, elements: written(writer, { id: { client, lamport: first + n }, at, group, body }) })
  })
  for (const { number, elements } of laid) laneAt(doc, number).push(elements)
  return { client, lamport: first }
}

function written(writer: LaneWriter, act: MaskAct): Uint8Array[] {
  try {
    return writer.write(act)
  } catch (error) {
    if (error instanceof RangeError)
      throw new ActFault('too-long', 'This is too much for one act of painting. Paint it in parts.')
    throw error
  }
}

function laneAt(doc: Y.Doc, number: number): Lane {
  const lanes = lanesOf(doc)
  const key = laneKey({ client: doc.clientID, number })
  const known = lanes.get(key)
  if (known) return known
  const made: Lane = new Y.Array()
  lanes.set(key, made)
  return made
}

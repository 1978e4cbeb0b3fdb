/**
 * Making painting again what it once was. Acts since then are taken out of effect, and those taken out since are put back, each by the hand
 * of whoever restores; so blame stays where it was. What that hand cannot bring back (an author took it out themselves) is painted anew, voxel
 * by voxel. The past is another document, as it was then.
 */
import type { Grid } from '@consilium/geometry/raster/grid'
import type * as Y from 'yjs'
import type { EntryKey } from '../entry.ts'
import type { ActId, Hand, Switch } from '../kinds/mask/act.ts'
import { type DifferingAct, differingActs, voxelsBetween } from '../kinds/mask/between.ts'
import { type PaintRecord, recordOf } from '../kinds/mask/record.ts'
import { Act, perform } from './act.ts'
import { type PaintDraft, paint, type Turn, turn } from './paint.ts'

export interface PaintRestore {
  /** This segment only; null: all. */
  readonly segment: EntryKey | null
  /** Was it made under a clientID of whoever restores? */
  isOwn(client: number): boolean
  /** Of a segment; null where nobody can paint in it any more. */
  grid(segment: EntryKey): Grid | null
}

/** Where every voxel is what it was, nothing is written: then what it was made by may stay. */
export function restorePainting(doc: Y.Doc, then: Y.Doc, wanted: PaintRestore): void {
  const [now, past] = [recordOf(doc), recordOf(then)]
  now.catchUp(null)
  const all = [...differingActs(now, past, wanted.segment)]
    .filter(([segment, list]) => draftsFor(segment, list, now, past, wanted)?.length !== 0)
    .flatMap(([, list]) => list)
  if (all.length === 0) return
  perform(doc, new Act('restore'), () => {
    for (const act of ['withdraw', 'restore'] as const)
      for (const hand of ['author', 'adjudicator'] as const) {
        const turns = turnsOf(
          all.filter((one) => isTurnedBy(one, act, hand, now, wanted)).map(({ id }) => id),
        )
        if (turns.length > 0) turn(doc, act, hand, turns)
      }
    now.catchUp(null)
    for (const [segment, acts] of Map.groupBy(all, ({ body }) => body.segment)) {
      const drafts = draftsFor(segment, acts, now, past, wanted) ?? []
      const grid = wanted.grid(segment)
      if (drafts.length > 0 && grid) paint(doc, grid, drafts)
    }
  })
}

/** What is in effect goes by the hand that its painter gives; what is not comes back by the hand that took it out. */
function isTurnedBy(
  { id }: DifferingAct,
  act: Switch['act'],
  hand: Hand,
  now: PaintRecord,
  { isOwn }: PaintRestore,
): boolean {
  const own = isOwn(id.client)
  if (now.effective(id)) return act === 'withdraw' && hand === (own ? 'author' : 'adjudicator')
  return act === 'restore' && now.isOut(id, hand) && (hand === 'adjudicator' || own)
}

/** Of one client each, neighbours together. */
function turnsOf(ids: readonly ActId[]): Turn[] {
  const turns: Turn[] = []
  const ordered = [...ids].sort((a, b) => a.client - b.client || a.lamport - b.lamport)
  for (const id of ordered) {
    const last = turns.at(-1)
    if (last && last.target.client === id.client && last.target.lamport + last.count === id.lamport)
      turns[turns.length - 1] = { ...last, count: last.count + 1 }
    else turns.push({ target: id, count: 1 })
  }
  return turns
}

/** What has to be painted so that a segment is what it was; null where nothing can be painted in it. */
function draftsFor(
  segment: EntryKey,
  acts: readonly DifferingAct[],
  now: PaintRecord,
  past: PaintRecord,
  { grid }: PaintRestore,
): PaintDraft[] | null {
  const on = grid(segment)
  if (!on) return null
  const { gained, lost } = voxelsBetween(now, past, segment, acts, on)
  return [draftOf(segment, 0, gained), draftOf(segment, 1, lost)].flat()
}

const draftOf = (segment: EntryKey, value: 0 | 1, rows: readonly number[]): PaintDraft[] =>
  rows.length === 0 ? [] : [{ segment, value, shape: { shape: 'runs', rows: Int32Array.from(rows) } }]

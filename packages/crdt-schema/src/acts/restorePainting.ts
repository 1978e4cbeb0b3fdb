/**
 * Making painting again what it once was. Acts since then are taken out of effect, and those taken out since are put back, each by the hand
 * of whoever restores; so blame stays where it was. What that hand cannot bring back (an author took it out themselves) is painted anew, voxel
 * by voxel. The past is another document, as it was then.
 */
import type { Grid, VoxelBox } from '@consilium/geometry/raster/grid'
import { boundsOf } from '@consilium/geometry/raster/limits'
import type * as Y from 'yjs'
import type { EntryKey } from '../entry.ts'
import type { ActId, Hand, Paint, Switch } from '../kinds/mask/act.ts'
import { MaskEngine } from '../kinds/mask/engine/engine.ts'
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

interface Differing {
  readonly id: ActId
  readonly body: Paint
}

/** Where every voxel is what it was, nothing is written: then what it was made by may stay. */
export function restorePainting(doc: Y.Doc, then: Y.Doc, wanted: PaintRestore): void {
  const [now, past] = [recordOf(doc), recordOf(then)]
  now.catchUp(null)
  const all = [...Map.groupBy(differing(now, past, wanted.segment), ({ body }) => body.segment)]
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
    for (const [segment, left] of Map.groupBy(all, ({ body }) => body.segment)) {
      const drafts = draftsFor(segment, left, now, past, wanted) ?? []
      const grid = wanted.grid(segment)
      if (drafts.length > 0 && grid) paint(doc, grid, drafts)
    }
  })
}

function differing(now: PaintRecord, past: PaintRecord, segment: EntryKey | null): Differing[] {
  return now.acts.flatMap(({ act: { id, body } }) => {
    if (body.act !== 'paint' || (segment !== null && body.segment !== segment)) return []
    return now.effective(id) === past.effective(id) ? [] : [{ id, body }]
  })
}

/** What is in effect goes by the hand that its painter gives; what is not comes back by the hand that took it out. */
function isTurnedBy(
  { id }: Differing,
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
  list: readonly Differing[],
  now: PaintRecord,
  past: PaintRecord,
  { grid }: PaintRestore,
): PaintDraft[] | null {
  const on = grid(segment)
  if (!on) return null
  const box = unionOf(list.map(({ body }) => boundsOf(body.shape, on)))
  return rowsBetween(engineOf(now, on, segment), engineOf(past, on, segment), segment, box)
}

function engineOf(record: PaintRecord, grid: Grid, segment: EntryKey): MaskEngine {
  const engine = new MaskEngine({ grid })
  engine.feed(
    record.acts.map(({ act }) => act).filter(({ body }) => body.act !== 'paint' || body.segment === segment),
  )
  return engine
}

const unionOf = (boxes: readonly VoxelBox[]): VoxelBox => ({
  x0: Math.min(...boxes.map(({ x0 }) => x0)),
  x1: Math.max(...boxes.map(({ x1 }) => x1)),
  y0: Math.min(...boxes.map(({ y0 }) => y0)),
  y1: Math.max(...boxes.map(({ y1 }) => y1)),
  z0: Math.min(...boxes.map(({ z0 }) => z0)),
  z1: Math.max(...boxes.map(({ z1 }) => z1)),
})

/** What has to be painted and what erased. */
function rowsBetween(is: MaskEngine, was: MaskEngine, segment: EntryKey, box: VoxelBox): PaintDraft[] {
  const rows: [erased: number[], painted: number[]] = [[], []]
  const width = box.x1 - box.x0
  const [a, b] = [new Uint8Array(width), new Uint8Array(width)]
  for (let z = box.z0; z < box.z1; z++)
    for (let y = box.y0; y < box.y1; y++) {
      const line = { ...box, y0: y, y1: y + 1, z0: z, z1: z + 1 }
      is.copyBox(segment, line, a.fill(0))
      was.copyBox(segment, line, b.fill(0))
      for (let from = 0; from < width; ) {
        let to = from + 1
        while (to < width && a[to] === a[from] && b[to] === b[from]) to++
        if (a[from] !== b[from]) rows[b[from] === 1 ? 1 : 0].push(z, y, box.x0 + from, box.x0 + to)
        from = to
      }
    }
  return rows.flatMap((list, value) =>
    list.length === 0
      ? []
      : [{ segment, value: value === 1 ? 1 : 0, shape: { shape: 'runs', rows: Int32Array.from(list) } }],
  )
}

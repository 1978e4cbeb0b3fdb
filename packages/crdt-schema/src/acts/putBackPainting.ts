/**
 * Painting of a refused document, laid into the record anew: the same acts in the same order, under this page's own clientID and above what
 * was painted since. What they turned is turned again, where it is in the record or came back with them.
 */
import type * as Y from 'yjs'
import type { EntryKey } from '../entry.ts'
import type { ActId, MaskAct, Switch } from '../kinds/mask/act.ts'
import { archivedUntil } from '../kinds/mask/archives.ts'
import { compareActs } from '../kinds/mask/order.ts'
import { recordOf } from '../kinds/mask/record.ts'
import { Act, perform, rootOf } from './act.ts'
import { lay } from './paint.ts'

/** Acts that the refused document has and the record has not, its archives included, the lowest first. `doc` null: all that it has. */
export function paintingNotTaken(doc: Y.Doc | null, refused: Y.Doc): MaskAct[] {
  const kept = doc && recordOf(doc)
  const archived = doc ? archivedUntil(doc) : null
  return recordOf(refused)
    .acts.map(({ act }) => act)
    .filter(({ id }) => !kept?.find(id) && id.lamport > (archived?.get(id.client)?.state.lamport ?? 0))
    .sort((a, b) => compareActs(a.id, b.id))
}

/** In which segment an act paints, or painted what it turns; null where that is not known. */
export function segmentOf(doc: Y.Doc, { body }: MaskAct): EntryKey | null {
  if (body.act === 'paint') return body.segment
  const turned = recordOf(doc).find(body.target)?.act.body
  return turned?.act === 'paint' ? turned.segment : null
}

export interface PaintReturn {
  /** Under which keys segments were put back before. */
  readonly places?: ReadonlyMap<EntryKey, EntryKey>
  /** Of this segment alone. */
  readonly only?: EntryKey
  /** Of these clientIDs alone. */
  readonly by?: readonly number[]
}

/** Returns how many acts could be: those of a segment that is not in the record are left out. */
export function putBackPainting(doc: Y.Doc, refused: Y.Doc, { places, only, by }: PaintReturn = {}): number {
  const lost = paintingNotTaken(doc, refused).filter(
    (act) =>
      (by?.includes(act.id.client) ?? true) && (only === undefined || segmentOf(refused, act) === only),
  )
  const ids = new Map<string, ActId>()
  let count = 0
  if (lost.length === 0) return 0
  perform(doc, new Act('put back', 'return of what was not taken'), () => {
    for (const { id, body } of lost) {
      const again = body.act === 'paint' ? inPlace(doc, body, places) : turnedAgain(doc, body, ids)
      if (again.length === 0) continue
      ids.set(nameOf(id), lay(doc, again))
      count += 1
    }
  })
  return count
}

function inPlace(
  doc: Y.Doc,
  body: Extract<MaskAct['body'], { act: 'paint' }>,
  places: PaintReturn['places'],
): MaskAct['body'][] {
  const segment = places?.get(body.segment) ?? body.segment
  return rootOf(doc, 'annotations').has(segment) ? [{ ...body, segment }] : []
}

/** Each by itself: acts that were neighbours need not be any more. */
function turnedAgain(doc: Y.Doc, body: Switch, ids: ReadonlyMap<string, ActId>): MaskAct['body'][] {
  const { target, count } = body
  return Array.from({ length: count }, (_, n) => ({ ...target, lamport: target.lamport + n })).flatMap(
    (id) => {
      const now = ids.get(nameOf(id)) ?? (recordOf(doc).find(id) ? id : null)
      return now ? [{ ...body, target: now, count: 1 }] : []
    },
  )
}

const nameOf = ({ client, lamport }: ActId): string => `${client} ${lamport}`

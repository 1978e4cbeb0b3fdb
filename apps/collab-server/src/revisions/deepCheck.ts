/**
 * Is what is kept to be quick what the rows make? Every snapshot, and the document that is open, are held against a replay from the first
 * row; and the table of touches against what the bytes of each row touch. Work for as long as the document is large, all of it in the
 * worker.
 */
import type { ChainReport } from '@consilium/contract/revisions'
import type { Sql } from '../db/open.ts'
import type { Journal } from '../journal/journal.ts'
import { updatesIn } from '../journal/pages.ts'
import { readPages } from '../journal/rowPages.ts'
import { DamagedSnapshot, readSnapshot } from '../journal/snapshots.ts'
import { FIELDS, KIND_BITS, rootOfCode } from '../journal/touch.ts'
import { changes, updateIn } from '../journal/update.ts'
import type { LiveDocument } from '../room/live.ts'
import type { Place } from './touches.ts'

type Fault = NonNullable<ChainReport['fault']>

/** Of what differs first. `live`: null where nobody has it open. */
export async function deepFault(
  sql: Sql,
  journal: Pick<Journal, 'moment' | 'travel'>,
  doc: number,
  live: LiveDocument | null,
): Promise<Fault | null> {
  const fromRows = (seq: number) => journal.moment(doc, seq, 'digest', { snapshotUpTo: 0 })
  const same = async (seq: number, digest: Uint8Array): Promise<boolean> =>
    Buffer.compare(digest, await fromRows(seq)) === 0

  const kept = await sql<{ seq: number }[]>`select seq from snapshot where doc = ${doc} order by seq`
  for (const { seq } of kept) {
    const digest = await digestOfSnapshot(seq)
    if (digest === 'damaged') return { seq, what: 'the snapshot of it is damaged' }
    if (digest && !(await same(seq, digest)))
      return { seq, what: 'the snapshot of it is not what the rows make' }
  }
  const held = await live?.digest()
  if (held && !(await same(held.seq, held.digest)))
    return { seq: held.seq, what: 'what is open is not what the rows make' }
  return touchFault()

  async function touchFault(): Promise<Fault | null> {
    const { pages, seqs } = await allRows(sql, doc)
    const answer = await journal.travel.ask({ asked: 'touches', rows: pages })
    const told = await toldTouches(sql, doc)
    let n = 0
    for (const found of updatesIn([answer])) {
      const seq = seqs[n++] as number
      const places = (JSON.parse(Buffer.from(found).toString()) as Place[]).map(nameOf)
      if (!isSame(new Set(places), told.get(seq) ?? new Set()))
        return { seq, what: 'what it touches is not what the table of touches says' }
    }
    return null
  }

  /** Null where it is gone meanwhile. */
  async function digestOfSnapshot(seq: number): Promise<Uint8Array | 'damaged' | null> {
    const snapshot = await readSnapshot(sql, doc, seq)
    if (snapshot?.seq !== seq) return null
    try {
      return await journal.travel.make('digest', { snapshot, pages: [], rows: 0, seq })
    } catch (error) {
      if (error instanceof DamagedSnapshot) return 'damaged'
      throw error
    }
  }
}

/** An entry and one of its fields; that the entry is touched follows from it. */
const nameOf = ([root, entry, field]: Place): string => `${root} ${entry} ${field ?? ''}`

const isSame = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((one) => b.has(one))

async function allRows(sql: Sql, doc: number): Promise<{ pages: readonly Uint8Array[]; seqs: number[] }> {
  const rows = sql`select seq, ${updateIn(sql)} as update from revision where doc = ${doc} and ${changes(sql)}`
  const { pages } = await readPages(sql, rows)
  const [list] = await sql<{ seqs: number[] }[]>`
    select coalesce(json_agg(seq order by seq), '[]') as seqs from revision where doc = ${doc} and ${changes(sql)}`
  return { pages, seqs: list?.seqs ?? [] }
}

/** What the table says, by row. */
async function toldTouches(sql: Sql, doc: number): Promise<Map<number, Set<string>>> {
  const rows = await sql<{ seq: number; fields: number; kind: number; root: number; key: string }[]>`
    select t.seq, t.fields, t.kind, e.root, e.key from touch t join entry e on e.id = t.entry where e.doc = ${doc}`
  const told = new Map<number, Set<string>>()
  for (const { seq, fields, kind, root: code, key } of rows) {
    const root = rootOfCode(code)
    const names = FIELDS[root]
      .filter((_, bit) => fields & (1 << bit))
      .map((field) => nameOf([root, key, field]))
    if (kind & KIND_BITS.create) names.push(nameOf([root, key, null]))
    const known = told.get(seq) ?? new Set()
    told.set(seq, known)
    for (const name of names) known.add(name)
  }
  return told
}

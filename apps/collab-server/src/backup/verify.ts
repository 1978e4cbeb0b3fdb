/** Is a record that was loaded the one that was signed? Every row's hash, every checkpoint, and that each signs rows that are there. */
import type { Checkpoint } from '@consilium/contract/checkpoints'
import { AUDIT_DOCUMENT } from '../audit/audit.ts'
import { AUDIT_ORIGIN, entryHash } from '../audit/chain.ts'
import type { KeptRow } from '../audit/store.ts'
import type { Sql } from '../db/open.ts'
import { sameHash } from '../journal/chain.ts'
import { verifyChain } from '../journal/verify.ts'
import { hashOf, isSigned, NOTHING_BEFORE } from '../ledger/statement.ts'
import { checkpointsAfter } from '../ledger/store.ts'
import { Tree } from '../ledger/tree.ts'
import { BadBackup } from './unpack.ts'

export interface Verified {
  readonly documents: number
  readonly rows: number
  /** Of these, signed by a checkpoint. */
  readonly sealed: number
  readonly checkpoints: number
  /** Entries of the audit log. */
  readonly audit: number
}

const CHECKPOINTS = 100
const ENTRIES = 1_000

/** Throws a BadBackup that names the first thing that does not hold. `tx`: a transaction that sees the record whole. */
export async function verifyLoaded(tx: Sql, head: Checkpoint | null): Promise<Verified> {
  const { last, tree } = await verifyCheckpoints(tx)
  if (last ? head === null || hashOf(last) !== hashOf(head) : head !== null)
    throw fault(`its latest checkpoint is ${last?.n ?? 'missing'}, and not the one that it says`)
  await mustBeThere(tx)
  const documents = await tx<{ id: number; name: string }[]>`select id, name from document order by id`
  let rows = 0
  for (const { id, name } of documents) {
    // Inside the transaction it is given.
    const report = await verifyChain(
      { begin: ((_: string, walk: (sql: Sql) => unknown) => walk(tx)) as never },
      id,
    )
    if (report.fault) throw fault(`document ${name}, revision ${report.fault.seq}: ${report.fault.what}`)
    rows += report.rows
  }
  const audit = await verifyAudit(tx)
  const sealed = tree.rows - (tree.headOf(AUDIT_DOCUMENT)?.seq ?? 0)
  return { documents: documents.length, rows, sealed, checkpoints: last?.n ?? 0, audit }
}

const fault = (what: string): BadBackup => new BadBackup(`The record in the backup is not whole: ${what}.`)

async function verifyCheckpoints(tx: Sql): Promise<{ last: Checkpoint | null; tree: Tree }> {
  const tree = new Tree()
  let last: Checkpoint | null = null
  for (;;) {
    const some = await checkpointsAfter(tx, last?.n ?? 0, CHECKPOINTS)
    for (const one of some) {
      const heads = one.heads.map(([doc, seq, hash]) => ({ doc, seq, hash: Buffer.from(hash, 'hex') }))
      if (one.n !== (last?.n ?? 0) + 1) throw fault(`checkpoint ${(last?.n ?? 0) + 1} is missing`)
      if (one.previous !== (last ? hashOf(last) : NOTHING_BEFORE))
        throw fault(`checkpoint ${one.n} does not follow the one before it`)
      if (last && one.key !== (last.next ?? last.key))
        throw fault(`checkpoint ${one.n} is signed by a key that nobody endorsed`)
      if (!isSigned(one)) throw fault(`the signature of checkpoint ${one.n} is wrong`)
      if (heads.some(({ doc, seq }) => seq < (tree.headOf(doc)?.seq ?? 0)))
        throw fault(`checkpoint ${one.n} goes back`)
      await tree.set(heads)
      const root = Buffer.from(tree.root).toString('hex')
      if (root !== one.root || tree.rows !== one.rows || tree.size !== one.documents)
        throw fault(`what checkpoint ${one.n} signs are not the heads beside it`)
      last = one
    }
    if (some.length === 0) return { last, tree }
  }
}

async function verifyAudit(tx: Sql): Promise<number> {
  let [n, before] = [0, AUDIT_ORIGIN]
  for (;;) {
    const rows = await tx<KeptRow[]>`
      select n, at, act, role, person, subject, project, "case", detail, sealed, hash from audit
      where n > ${n} order by n limit ${ENTRIES}`
    for (const row of rows) {
      if (row.n !== n + 1 || !sameHash(entryHash(before, row), row.hash))
        throw fault(`entry ${n + 1} of the audit log is missing or altered`)
      ;[n, before] = [row.n, row.hash]
    }
    if (rows.length === 0) return n
  }
}

/** Whatever was signed. The chains are walked as well, so that rows are what their hashes say. */
async function mustBeThere(tx: Sql): Promise<void> {
  const [missing] = await tx<{ n: number; doc: number; seq: number }[]>`
    select h.n, h.doc, h.seq from checkpoint_head h
    left join revision r on r.doc = h.doc and r.seq = h.seq
    left join audit a on h.doc = ${AUDIT_DOCUMENT} and a.n = h.seq
    where coalesce(r.hash, a.hash) is distinct from h.hash order by h.n limit 1`
  if (missing)
    throw fault(
      `revision ${missing.seq} of document ${missing.doc}, which checkpoint ${missing.n} signed, is missing or another`,
    )
}

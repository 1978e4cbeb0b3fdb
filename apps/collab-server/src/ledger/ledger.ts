/**
 * The ledger seals the record: from time to time it signs one hash over the heads of all documents, linked to the checkpoint before.
 * Whoever keeps such a hash elsewhere can prove later that nothing below it was changed; whoever changes the database without the key is
 * found without that.
 *
 *   when       1,000 rows or 5 minutes after the last one; when a document rests for 10 s, is put away or enters another phase; at the end
 *   where to   the tables, then `checkpoints.log` in the data folder, then the witnesses outside (witnesses.ts)
 *   never      a head that does not continue what was sealed before: it stays as it was sealed, and somebody is woken
 *
 * A row that was committed waits for none of this. Where a checkpoint cannot be written it is tried again; what is unsealed is counted.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Checkpoint, LoggedCheckpoint } from '@consilium/contract/checkpoints'
import type { Sql } from '../db/open.ts'
import { type RowHeader, sameHash } from '../journal/chain.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { type Copies, openCopies } from './copies.ts'
import type { SigningKey } from './keys.ts'
import { fingerprintOf, hashOf, NOTHING_BEFORE, signed } from './statement.ts'
import { currentHeads, insertCheckpoint, lastCheckpoint, sealedHeads } from './store.ts'
import { type Head, type Place, Tree } from './tree.ts'
import type { Witnesses } from './witnesses.ts'

export interface Ledger {
  /** A row was committed; `before` is the hash of the row before it. */
  committed(row: Pick<RowHeader, 'doc' | 'seq'> & { readonly hash: Uint8Array }, before: Uint8Array): void
  /** Something came to an end: what is unsealed is sealed soon. */
  soon(): void
  /** Seals what was committed until now; false where that cannot be done. */
  seal(): Promise<boolean>
  readonly latest: { readonly checkpoint: Checkpoint; readonly hash: string } | null
  /** Rows in no checkpoint yet. */
  readonly unsealed: number
  /** Of the key that signs. */
  readonly fingerprint: string
  /** Where a document stands in the latest checkpoint; null where it does not, or while another one is made. */
  placeOf(doc: number): Place | null
  close(): Promise<void>
}

/** For a journal that nobody seals. */
export const NO_LEDGER: Pick<Ledger, 'committed' | 'soon'> = {
  committed: () => undefined,
  soon: () => undefined,
}

/** Rows, and times in ms. */
export interface Pace {
  readonly rows: number
  readonly every: number
  /** A document without a change for so long rests. */
  readonly rest: number
  /** Between two, at least; also until the next try. */
  readonly gap: number
}

const PACE: Pace = { rows: 1_000, every: 5 * 60_000, rest: 10_000, gap: 1_000 }
/** Documents in one checkpoint: a first one over very many is several, so that each is short. */
const MOST_HEADS = 1_000
/** The last one may take so long when we stop. */
const LAST_ONE_MS = 2_000

export interface LedgerOptions {
  readonly sql: Sql
  readonly log: Log
  readonly metrics: Metrics
  /** Where `checkpoints.log` is. */
  readonly folder: string
  /** Oldest first; the last one signs. */
  readonly keys: readonly SigningKey[]
  readonly witnesses?: Witnesses
  readonly pace?: Pace
  /** ms since 1970 */
  readonly clock?: () => number
}

async function sealedTree(sql: Sql): Promise<Tree> {
  const tree = new Tree()
  await tree.set(await sealedHeads(sql))
  return tree
}

interface Moved extends Head {
  /** performance.now() */
  readonly at: number
}

/** Resolves when what is in the tables and in the file agrees, as far as it can, and everything unsealed is known. */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { sql, log, metrics, folder, keys, witnesses, pace = PACE, clock = Date.now } = options
  const signer = keys.at(-1) as SigningKey
  const copies: Copies = await openCopies({ sql, log, metrics, folder })
  let latest = await lastCheckpoint(sql)
  let tree = await sealedTree(sql)
  const isSealed = (): boolean => latest !== null && Buffer.from(tree.root).toString('hex') === latest.root
  if (latest && !isSealed()) metrics.alarm('checkpoint-altered', { n: latest.n })

  /** By document: the last row we know of, and those that moved since the checkpoint. */
  const known = new Map<number, Head>()
  const moved = new Map<number, Moved>()
  /** Documents of which we are not sure: they are looked at before the next checkpoint. */
  const doubtful = new Set<number>()
  /** Documents that do not continue what was sealed. */
  const cut = new Set<number>()
  let unsealed = 0
  let failing = false
  let working: Promise<boolean> | null = null
  let last = performance.now()
  let timer: NodeJS.Timeout | null = null
  let closed = false
  await review()

  metrics.watch('consilium_checkpoint_number', 'Number of the latest checkpoint', () => latest?.n ?? 0)
  metrics.watch('consilium_checkpoint_unsealed_rows', 'Rows in no checkpoint yet', () => unsealed)
  witnesses?.show(latest)

  function move(head: Head): void {
    known.set(head.doc, head)
    moved.set(head.doc, { ...head, at: performance.now() })
  }

  function count(): void {
    const sealed = (doc: number): number => tree.headOf(doc)?.seq ?? 0
    unsealed = [...moved.values()].reduce((sum, { doc, seq }) => sum + seq - sealed(doc), 0)
  }

  function isMissing(doc: number, seq: number): void {
    if (!cut.has(doc)) metrics.alarm('sealed-row-missing', { doc, seq })
    cut.add(doc)
    known.delete(doc)
    moved.delete(doc)
  }

  function committed(
    { doc, seq, hash }: Pick<RowHeader, 'doc' | 'seq'> & { readonly hash: Uint8Array },
    before: Uint8Array,
  ): void {
    const head = known.get(doc)
    if (head ? head.seq === seq - 1 && sameHash(head.hash, before) : seq === 1) {
      move({ doc, seq, hash })
      unsealed++
    } else doubtful.add(doc) // Somebody else wrote to it, or it was cut.
    if (unsealed >= pace.rows) soon()
    else wake(pace.rest)
  }

  /** Takes the heads from the database, where they continue what was sealed. */
  async function review(only?: Set<number>): Promise<void> {
    const sealed = tree.heads.filter(({ doc }) => only?.has(doc) ?? true)
    // Whatever is committed to these while they are read puts them in doubt again.
    for (const doc of only ?? []) for (const held of [doubtful, known, moved]) held.delete(doc)
    const current = await currentHeads(sql, sealed, only).catch((error: unknown) => {
      for (const doc of only ?? []) doubtful.add(doc)
      throw error
    })
    const seen = new Set<number>()
    for (const { doc, seq, hash, whole } of current) {
      seen.add(doc)
      if ((known.get(doc)?.seq ?? 0) > seq) continue
      const below = tree.headOf(doc)?.seq ?? 0
      if (!whole) isMissing(doc, below)
      else if (seq > below) move({ doc, seq, hash })
      else {
        known.set(doc, { doc, seq, hash })
        moved.delete(doc)
      }
    }
    for (const { doc, seq } of sealed) if (!seen.has(doc)) isMissing(doc, seq)
    count()
  }

  /** Looks again in so many ms, unless it does so earlier anyhow. */
  function wake(after: number): void {
    if (timer || closed) return
    timer = setTimeout(() => {
      timer = null
      if (moved.size === 0 && doubtful.size === 0) return
      const now = performance.now()
      const resting = [...moved.values()].some(({ at }) => now - at >= pace.rest)
      if (resting || doubtful.size > 0 || now - last >= pace.every) return void seal()
      wake(Math.min(...[...moved.values()].map(({ at }) => at + pace.rest - now), last + pace.every - now))
    }, after).unref()
  }

  function soon(): void {
    if (closed || working || (moved.size === 0 && doubtful.size === 0)) return
    const rest = last + pace.gap - performance.now()
    if (rest <= 0) return void seal()
    if (timer) clearTimeout(timer)
    timer = setTimeout(() => {
      timer = null
      void seal()
    }, rest).unref()
  }

  async function seal(): Promise<boolean> {
    // What was committed meanwhile is not in the one that is under way.
    while (working) await working
    working = write().finally(() => {
      working = null
      last = performance.now()
      if (moved.size > 0 || doubtful.size > 0) wake(pace.gap)
    })
    return working
  }

  async function write(): Promise<boolean> {
    try {
      if (doubtful.size > 0) await review(new Set(doubtful))
      await endorse()
      // Once more where there is a checkpoint of that number already; and not for ever, where people go on.
      for (let left = Math.ceil(moved.size / MOST_HEADS) + 1; left > 0 && moved.size > 0; left--) {
        if (!(await writeOne(signer, null))) await endorse()
      }
      await copies.complete()
      witnesses?.show(latest)
      failing = false
      return true
    } catch (error) {
      if (!failing) log.warn({ err: error }, 'a checkpoint could not be written; it is tried again')
      failing = true
      return false
    }
  }

  /** The key that signed last endorses the one that signs from now on. */
  async function endorse(): Promise<unknown> {
    const expected = latest && (latest.next ?? latest.key)
    if (!expected || expected === signer.key) return
    const before = keys.find(({ key }) => key === expected)
    if (before) return writeOne(before, signer.key)
    metrics.alarm('checkpoint-key-unknown', { fingerprint: fingerprintOf(expected) })
  }

  /** False where there is one of that number: then everything is read again. */
  async function writeOne(by: SigningKey, next: string | null): Promise<boolean> {
    const heads = [...moved.values()].slice(0, MOST_HEADS)
    await tree.set(heads)
    const checkpoint = signed(
      {
        n: (latest?.n ?? 0) + 1,
        at: Math.max(clock(), latest?.at ?? 0),
        documents: tree.size,
        rows: tree.rows,
        root: Buffer.from(tree.root).toString('hex'),
        previous: latest ? hashOf(latest) : NOTHING_BEFORE,
        key: by.key,
        next,
      },
      by.secret,
    )
    const logged: LoggedCheckpoint = {
      ...checkpoint,
      heads: heads
        .toSorted((a, b) => a.doc - b.doc)
        .map(({ doc, seq, hash }) => [doc, seq, Buffer.from(hash).toString('hex')]),
    }
    if (!(await insertCheckpoint(sql, logged))) {
      // Ours, of which we missed the answer; or another process keeps a ledger over the same database. We go on from there.
      latest = await lastCheckpoint(sql)
      tree = await sealedTree(sql)
      copies.doubt()
      await review()
      return false
    }
    latest = checkpoint
    for (const head of heads) {
      if (moved.get(head.doc) === head) moved.delete(head.doc)
    }
    count()
    await copies.add(logged)
    return true
  }

  if (moved.size > 0) soon()
  return {
    committed,
    soon,
    seal,
    get latest() {
      return latest && { checkpoint: latest, hash: hashOf(latest) }
    },
    get unsealed() {
      return unsealed
    },
    fingerprint: fingerprintOf(signer.key),
    placeOf: (doc) => (!working && isSealed() ? tree.place(doc) : null),
    async close() {
      if (timer) clearTimeout(timer)
      // The database may hang: what is left is sealed at the next start.
      const sealed = moved.size > 0 || working ? seal() : Promise.resolve(true)
      await Promise.race([sealed, sleep(LAST_ONE_MS, undefined, { ref: false })])
      closed = true
      if (timer) clearTimeout(timer)
      await witnesses?.close()
      await copies.close()
    },
  }
}

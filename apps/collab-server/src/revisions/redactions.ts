/**
 * Words that are taken out of the record: one redaction after the other, each to its end. The row that says so is the promise: whatever
 * breaks after it, the next start, or the next redaction in the document, finds the rows that still hold the words and replaces them.
 * Then the files of the database are written anew, for what was replaced still stands in them.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../db/open.ts'
import { RECORD, sweep } from '../db/sweep.ts'
import { hashOfBytes, sameHash } from '../journal/chain.ts'
import type { Journal } from '../journal/journal.ts'
import { decodeRedact, type RedactRow } from '../journal/rows.ts'
import { ROOT_CODES } from '../journal/touch.ts'
import type { Log } from '../log.ts'
import type { Visitor } from '../room/visitor.ts'
import { recordRedaction, type Wanted } from './redact.ts'
import { restores } from './restore.ts'
import { redactRows, replaceRows, takenOut } from './takeOut.ts'

export interface Redactions {
  /** Resolves when the words are gone, from the files too where nobody reads them for long. Throws a Refusal. */
  take(visitor: Visitor, wanted: Wanted): Promise<{ readonly seq: number; readonly rows: number }>
  /** What was promised before the server stopped. Before anybody comes in. */
  finish(): Promise<void>
  close(): Promise<void>
}

export interface RedactionParts {
  readonly db: Pick<Database, 'sql' | 'upkeep' | 'embedded'>
  readonly journal: Pick<Journal, 'travel' | 'vault' | 'rewriting'>
  readonly log: Log
}

/** Whoever took words out is answered by then; the files are written anew as soon as it is possible. */
const ANSWER_WITHIN_MS = 20_000
const PURGE_AGAIN_MS = 60_000
/** What is written under it is thrown away. */
const NOBODY = 1

export function createRedactions({ db, journal, log }: RedactionParts): Redactions {
  const { sql } = db
  const closing = new AbortController()
  let purging: Promise<void> | null = null

  /** Rows of this document, or of all, that still hold words which a revision took out. */
  async function finishIn(only: number | null): Promise<void> {
    for (const [doc, rows] of Map.groupBy(await redactRows(sql, only), (row) => row.doc)) {
      /** By row: the last revision that took words out of it. */
      const last = new Map<number, { readonly by: number; readonly hash: Uint8Array }>()
      const redactions = new Map(rows.map(({ seq, bytes }) => [seq, decodeRedact(bytes)]))
      for (const [by, redaction] of redactions)
        for (const { seq, hash } of redaction.rows) last.set(seq, { by, hash })
      const unfinished = new Set<number>()
      for (const { seq, hash } of await hashesOf(doc, [...last.keys()])) {
        const told = last.get(seq)
        if (told && !sameHash(hash, told.hash)) unfinished.add(told.by)
      }
      for (const by of [...unfinished].sort((a, b) => a - b))
        await finishOne(doc, by, redactions.get(by) as RedactRow).catch((error: unknown) =>
          log.error({ err: error, doc, seq: by }, 'words that a revision took out are still there'),
        )
    }
  }

  const hashesOf = (doc: number, seqs: readonly number[]) => sql<{ seq: number; hash: Buffer }[]>`
    select seq, sha256(bytes) as hash from revision where doc = ${doc} and seq = any(${`{${seqs}}`}::bigint[])`

  async function finishOne(
    doc: number,
    by: number,
    { root, entry: id, field, rows }: RedactRow,
  ): Promise<void> {
    const [entry] = await sql<{ id: number }[]>`
      select id from entry where doc = ${doc} and root = ${ROOT_CODES[root]} and key = ${id}`
    const place = { root, id, number: entry?.id ?? 0, field }
    const found = await takenOut(sql, journal.travel, doc, place, by - 1, NOBODY)
    const left = new Map(found.rows.map((row) => [row.seq, row.bytes]))
    for (const { seq, hash } of rows)
      if (!sameHash(hashOfBytes(left.get(seq) ?? new Uint8Array()), hash))
        throw new Error(`what is left of revision ${seq} is not what was to be left: it was altered`)
    await journal.rewriting(doc, () => replaceRows(sql, doc, by, found.rows))
    log.warn({ doc, seq: by }, 'words were taken out that a stopped server had left')
  }

  function purge(): Promise<void> {
    purging ??= purgeAll().finally(() => {
      purging = null
    })
    return purging
  }

  async function purgeAll(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        const due = await sql<{ doc: number; seq: number }[]>`select doc, seq from purge_due`
        if (due.length === 0) return
        await sweep(db, RECORD, closing.signal)
        for (const { doc, seq } of due) await sql`delete from purge_due where doc = ${doc} and seq = ${seq}`
      } catch (error) {
        if (closing.signal.aborted) return
        log.error({ err: error }, 'the files of the database were not written anew; trying again')
        await sleep(PURGE_AGAIN_MS, undefined, { ref: false, signal: closing.signal }).catch(() => undefined)
      }
    }
  }

  return {
    take: (visitor, wanted) =>
      // One at a time, and no restore meanwhile: it would bring back what it has read before.
      restores.pass(async () => {
        const { live } = visitor
        const { doc } = live.book
        await finishIn(doc)
        const { row, left } = await recordRedaction(sql, journal, visitor, wanted)
        await journal.rewriting(doc, () => replaceRows(sql, doc, row.seq, left))
        live.rewritten(row.seq)
        await Promise.race([purge(), sleep(ANSWER_WITHIN_MS, undefined, { ref: false })])
        return { seq: row.seq, rows: left.length }
      }),
    async finish() {
      await finishIn(null)
      void purge()
    },
    async close() {
      closing.abort()
      await purging
    },
  }
}

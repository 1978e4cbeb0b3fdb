/** The record of a shared document: leases to write under, authors, revisions, any moment of it, and its chain of hashes. */

import { Refusal } from '@consilium/contract/refusals'
import { Authors, ChainReport, Leases, NewLease, Revisions } from '@consilium/contract/revisions'
import { ROOTS } from '@consilium/crdt-schema/documents'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { type Book, entryId } from '../journal/book.ts'
import { holderOf } from '../people/holder.ts'
import { deepFault } from '../revisions/deepCheck.ts'
import { KINDS } from '../revisions/filter.ts'
import { instantOf, revisionAt } from '../revisions/instants.ts'
import { everLabelled } from '../revisions/labels.ts'
import { Lately } from '../revisions/lately.ts'
import { authorsOf, listRevisions } from '../revisions/list.ts'
import { paintFile } from '../room/paintFiles.ts'
import type { Services } from '../services.ts'
import { unchanged } from './caching.ts'
import { body, promises, query } from './describe.ts'
import { type ApiEnv, signedIn } from './env.ts'
import { mayIn } from './policy.ts'

const PAGE = 50
const REVISION = 'Consilium-Revision'
/** Documents at whose moments somebody looks: the next question does not begin by reading the book. */
const BOOKS = 8
const Instant = z
  .string()
  .refine((text) => !Number.isNaN(instantOf(text)), 'is no time')
  .describe('ms since 1970, or ISO 8601')
const Asked = z.object({
  before: z.coerce.number().int().positive().optional().describe('Only revisions below this number'),
  limit: z.coerce.number().int().min(1).max(500).default(PAGE),
  author: z.string().optional().describe('Id of a person'),
  entry: z.string().optional().describe('Id of an annotation, thread, comment, decision or dissent'),
  label: z.string().optional().describe('Key of a label: of annotations that have or had it'),
  kind: z.enum(KINDS).optional(),
  from: Instant.optional(),
  to: Instant.optional(),
})
const Deep = z.object({
  deep: z
    .enum(['true'])
    .optional()
    .describe('Also whether snapshots, and what is open, are what the rows make'),
})
const Moment = z.object({
  as: z.enum(['json', 'painting']).optional().describe('Plain values, or an archive of painting'),
})

export function documentRoutes({ db, journal, room }: Services): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>()
  const lately = new Lately<Book>(BOOKS)

  routes.post(
    '/documents/:name/leases',
    promises({
      tag: 'Documents',
      summary: 'Get clientIDs to write under in this document',
      answer: Leases,
      status: 201,
      refusals: [
        'not-signed-in',
        'not-found',
        'invalid-body',
        'wrong-origin',
        'too-many-leases',
        'not-durable',
      ],
    }),
    body(NewLease),
    async (c) => {
      const book = await journal.open(c.req.param('name'))
      const leases = await journal.lease(
        book,
        holderOf(signedIn(c), c.get('access').role),
        c.req.valid('json').count,
      )
      return c.json({ clients: leases.map((lease) => lease.client) } satisfies Leases, 201)
    },
  )

  routes.get(
    '/documents/:name/authors',
    promises({
      tag: 'Documents',
      summary: 'Who stands behind each clientID',
      answer: Authors,
      refusals: ['not-signed-in', 'not-found'],
    }),
    async (c) => {
      const book = await journal.find(c.req.param('name'))
      return c.json(book ? authorsOf(book) : ({ clients: [] } satisfies Authors))
    },
  )

  routes.get(
    '/documents/:name/revisions',
    promises({
      tag: 'Documents',
      summary: 'Revisions, newest first',
      answer: Revisions,
      refusals: ['not-signed-in', 'not-found', 'invalid-body'],
    }),
    query(Asked),
    async (c) => {
      const book = await journal.find(c.req.param('name'))
      if (!book) return c.json({ head: 0, items: [], next: null } satisfies Revisions)
      const { before, limit, author, kind, from, to, ...about } = c.req.valid('query')
      const filter = {
        author,
        kind,
        from: from === undefined ? undefined : instantOf(from),
        to: to === undefined ? undefined : instantOf(to),
        entries: await entriesOf(book, about),
      }
      return c.json(await listRevisions(db.sql, journal.vault, book, { before, limit }, filter))
    },
  )

  routes.get(
    '/documents/:name/at/:seq',
    promises({
      tag: 'Documents',
      summary: 'The document as it was at a revision: a Yjs update, or plain values with ?as=json',
      bytes: 'application/octet-stream',
      refusals: ['not-signed-in', 'not-found', 'invalid-body'],
    }),
    query(Moment),
    async (c) => {
      const { book, seq } = await momentOf(c.req.param('name'), c.req.param('seq'))
      return answerMoment(c, book, seq, c.req.valid('query').as)
    },
  )

  routes.get(
    '/documents/:name/at',
    promises({
      tag: 'Documents',
      summary: `The document as it was at a time, like /at/{seq}; the header ${REVISION} says which revision that is`,
      bytes: 'application/octet-stream',
      refusals: ['not-signed-in', 'not-found', 'invalid-body'],
    }),
    query(Moment.extend({ time: Instant })),
    async (c) => {
      const book = await journal.find(c.req.param('name'))
      if (!book) throw new Refusal('not-found')
      const { as, time } = c.req.valid('query')
      return answerMoment(c, book, await revisionAt(db.sql, book.doc, book.head.seq, instantOf(time)), as)
    },
  )

  routes.get(
    '/documents/:name/chain',
    promises({
      tag: 'Documents',
      summary: 'Walk the chain of hashes from its first row',
      answer: ChainReport,
      refusals: ['not-signed-in', 'not-found', 'not-allowed', 'invalid-body'],
    }),
    query(Deep),
    async (c) => {
      const name = c.req.param('name')
      const { deep } = c.req.valid('query')
      // It costs what the document costs, several times.
      if (deep && !mayIn(signedIn(c), c.get('access').role, 'audit')) throw new Refusal('not-allowed')
      const report = await journal.verify(name)
      if (!report) return c.json({ ok: true, rows: 0, head: '', fault: null } satisfies ChainReport)
      const book = deep && report.ok ? await journal.find(name) : null
      const fault = book && (await deepFault(db.sql, journal, book.doc, room.live(name)))
      return c.json(fault ? { ...report, ok: false, fault } : report)
    },
  )

  async function answerMoment(
    c: Context<ApiEnv>,
    book: Book,
    seq: number,
    as: 'json' | 'painting' | undefined,
  ): Promise<Response> {
    c.header(REVISION, String(seq))
    if (as === 'painting') return answerPainting(c, book, seq)
    c.header('Content-Type', as ? 'application/json; charset=utf-8' : 'application/octet-stream')
    const made = await journal.moment(lately.use(book).doc, seq, as ?? 'update')
    // The bytes themselves: to copy a large document is long work.
    return c.body(Buffer.from(made.buffer as ArrayBuffer, made.byteOffset, made.byteLength))
  }

  /** What lay in lanes of painting; the same bytes for ever, as long as its row stands. */
  async function answerPainting(c: Context<ApiEnv>, book: Book, seq: number): Promise<Response> {
    const kept = unchanged(c, `${book.name} ${seq} painting`)
    if (kept) return kept
    const file = await paintFile(journal, book.doc, seq)
    if (!file) throw new Refusal('not-found')
    c.header('Content-Type', 'application/octet-stream')
    return c.body(Buffer.from(file))
  }

  /** Numbers of the entries that are meant; undefined: of none in particular. */
  async function entriesOf(
    book: Book,
    { entry, label }: { entry?: string | undefined; label?: string | undefined },
  ): Promise<readonly number[] | undefined> {
    const named =
      entry === undefined ? undefined : ROOTS.flatMap((root) => book.entries.get(entryId(root, entry)) ?? [])
    if (label === undefined) return named
    const labelled = await everLabelled(db.sql, book, label)
    return named ? labelled.filter((number) => named.includes(number)) : labelled
  }

  /** Revision 0 is the empty document. */
  async function momentOf(name: string, text: string): Promise<{ book: Book; seq: number }> {
    const seq = /^\d{1,15}$/.test(text) ? Number(text) : null
    const book = await journal.find(name)
    if (seq === null || !book || seq > book.head.seq) throw new Refusal('not-found')
    return { book, seq }
  }

  return routes
}

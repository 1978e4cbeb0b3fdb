/** The past of a document without opening it: what differs between two revisions, the life of one annotation, and who made what. */
import { Blame, Comparison, EntryHistory } from '@consilium/contract/history'
import { Refusal } from '@consilium/contract/refusals'
import { gridOfSeries } from '@consilium/crdt-schema/painting/grid'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { type Book, entryId } from '../journal/book.ts'
import { blame } from '../revisions/blame.ts'
import { blameIndex } from '../revisions/blameIndex.ts'
import { compare, comparePainting } from '../revisions/compare.ts'
import { entryHistory } from '../revisions/entryHistory.ts'
import { Lately } from '../revisions/lately.ts'
import type { Directions } from '../revisions/life.ts'
import type { PaintCanvas } from '../revisions/painted.ts'
import { createPast, type NumberedEntry } from '../revisions/past.ts'
import { paintFiles } from '../room/paintFiles.ts'
import type { Services } from '../services.ts'
import { json } from './coded.ts'
import { promises, query } from './describe.ts'
import type { ApiEnv } from './env.ts'

const PAGE = 50
const Page = z.object({
  before: z.coerce.number().int().positive().optional().describe('Only revisions below this number'),
  limit: z.coerce.number().int().min(1).max(1000).default(PAGE),
})
const Moment = z.object({
  at: z.coerce.number().int().nonnegative().optional().describe('Revision; absent: the newest'),
})
/** Documents whose past is looked into; a book of 10,000 annotations takes some 2 MB. */
const BOOKS = 8
const NOTHING = Buffer.from('[]')

export function historyRoutes({ db, journal, room, studies }: Services): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>()
  const { travel, vault, sound } = journal
  const past = createPast({ sql: db.sql, travel, vault, sound })
  const lately = new Lately<Book>(BOOKS)

  routes.get(
    '/documents/:name/compare/:a/:b',
    promises({
      tag: 'Documents',
      summary: 'What differs between two revisions',
      answer: Comparison,
      refusals: ['not-signed-in', 'not-found'],
    }),
    async (c) => {
      const book = await journal.find(c.req.param('name'))
      const [a, b] = [revisionIn(book, c.req.param('a')), revisionIn(book, c.req.param('b'))]
      const differences = book ? await compare(past, book, a, b, await directionsOf(c)) : NOTHING
      const painting = book
        ? await comparePainting(past, book, a, b, (last) => canvasOf(c, book, last))
        : NOTHING
      const head = Buffer.from(`{"a":${a},"b":${b},"differences":`)
      const middle = Buffer.from(',"painting":')
      return json(c, Buffer.concat([head, differences, middle, painting, Buffer.from('}')]))
    },
  )

  routes.get(
    '/documents/:name/annotations/:id/history',
    promises({
      tag: 'Documents',
      summary: 'Every revision that touched an annotation, and what it changed, newest first',
      answer: EntryHistory,
      refusals: ['not-signed-in', 'not-found', 'invalid-body'],
    }),
    query(Page),
    async (c) => {
      const { book, entry } = await annotationOf(c.req.param('name'), c.req.param('id'))
      const page = c.req.valid('query')
      return json(c, await entryHistory(past, book, entry, page, () => directionsOf(c)))
    },
  )

  routes.get(
    '/documents/:name/annotations/:id/blame',
    promises({
      tag: 'Documents',
      summary: 'Who made each field, vertex and character of an annotation',
      answer: Blame,
      refusals: ['not-signed-in', 'not-found', 'invalid-body'],
    }),
    query(Moment),
    async (c) => {
      const { book, entry } = await annotationOf(c.req.param('name'), c.req.param('id'))
      const at = revisionIn(book, String(c.req.valid('query').at ?? book.head.seq))
      const open = room.live(book.name)?.standing ?? null
      const made = await blame(past, book, entry, at, { open })
      if (!made) throw nothing(`At revision ${at} this annotation was not there yet.`)
      return json(c, JSON.stringify(made satisfies Blame))
    },
  )

  routes.get(
    '/documents/:name/blame',
    promises({
      tag: 'Documents',
      summary: 'In which revision every item was written, as bytes',
      bytes: 'application/octet-stream',
      refusals: ['not-signed-in', 'not-found'],
    }),
    async (c) => {
      const book = await journal.find(c.req.param('name'))
      c.header('content-type', 'application/octet-stream')
      return c.body(book ? await blameIndex(db.sql, book) : Buffer.of(0))
    },
  )

  /** How the pictures of the case lie: what the area of some shapes is depends on it. */
  async function directionsOf(c: Context<ApiEnv>): Promise<Directions> {
    const { case: record } = c.get('access')
    const series = record ? await studies.catalogue.ofCase(record.id) : []
    return Object.fromEntries(series.map(({ id, direction }) => [id, direction]))
  }

  async function canvasOf(c: Context<ApiEnv>, { doc }: Book, last: number): Promise<PaintCanvas> {
    const { case: record } = c.get('access')
    const series = record ? await studies.catalogue.ofCase(record.id) : []
    const files = await paintFiles(journal, doc, await journal.moment(doc, last, 'archives'))
    return { grids: series.map((one) => [one.id, gridOfSeries(one)]), archives: [...files] }
  }

  async function annotationOf(name: string, id: string): Promise<{ book: Book; entry: NumberedEntry }> {
    const book = await journal.find(name)
    const number = book?.entries.get(entryId('annotations', id))
    if (!book || number === undefined) throw nothing('This document has no such annotation.')
    return { book: lately.use(book), entry: { root: 'annotations', id, number } }
  }

  return routes
}

/** Revision 0 is the empty document. */
function revisionIn(book: Book | null, text: string): number {
  const head = book?.head.seq ?? 0
  if (!/^\d{1,15}$/.test(text)) throw nothing('A revision is a whole number.')
  if (Number(text) > head) throw nothing(`This document has ${head} revisions.`)
  return Number(text)
}

const nothing = (message: string): Refusal => new Refusal('not-found', { message })

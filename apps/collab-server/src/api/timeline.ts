/** The past of a document as a page plays it: who did what when, in little room, and the bytes of a film. */
import { hash } from 'node:crypto'
import { Timeline } from '@consilium/contract/history'
import { Refusal } from '@consilium/contract/refusals'
import { FILM_ROWS } from '@consilium/contract/rows'
import { Hono } from 'hono'
import { z } from 'zod'
import { filmOf } from '../revisions/film.ts'
import { timelineOf } from '../revisions/timeline.ts'
import type { Services } from '../services.ts'
import { chooseCoding, encode } from '../studies/encoding.ts'
import { ASKED_AGAIN, unchanged } from './caching.ts'
import { promises, query } from './describe.ts'
import type { ApiEnv } from './env.ts'

const From = z.object({
  from: z.coerce.number().int().nonnegative().default(0).describe('The rows after this revision'),
})
const FILM = 'application/octet-stream'

export function timelineRoutes({ db, journal }: Services): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>()

  routes.get(
    '/documents/:name/timeline',
    promises({
      tag: 'Documents',
      summary: 'Who did what when, oldest first, in columns',
      answer: Timeline,
      refusals: ['not-signed-in', 'not-found', 'invalid-body'],
    }),
    query(From),
    async (c) => {
      const { from } = c.req.valid('query')
      const book = await journal.find(c.req.param('name'))
      if (!book) return c.json({ ...NOTHING, from } satisfies Timeline)
      const timeline = await timelineOf(db.sql, journal.vault, book, from)
      // What comes after the last of these rows is not told here: such an answer stays as it is.
      if (timeline.next === null) return c.json(timeline)
      const name = nameOf(JSON.stringify({ ...timeline, head: 0 }))
      return unchanged(c, name, ASKED_AGAIN) ?? c.json(timeline)
    },
  )

  routes.get(
    '/documents/:name/film/:from',
    promises({
      tag: 'Documents',
      summary: `Up to ${FILM_ROWS} rows after a revision as bytes: for each the length of its update (int32), then the update`,
      bytes: FILM,
      refusals: ['not-signed-in', 'not-found'],
    }),
    async (c) => {
      const text = c.req.param('from')
      const book = await journal.find(c.req.param('name'))
      const head = book?.head.seq ?? 0
      if (!/^\d{1,15}$/.test(text) || Number(text) > head) throw new Refusal('not-found')
      const { bytes, last } = book ? await filmOf(db.sql, book.doc, Number(text)) : NO_FILM
      const coding = chooseCoding(c.req.header('accept-encoding'))
      c.header('vary', 'accept-encoding')
      const same = last < head ? unchanged(c, `${nameOf(bytes)}-${coding}`, ASKED_AGAIN) : null
      if (same) return same
      c.header('content-type', FILM)
      if (coding !== 'identity') c.header('content-encoding', coding)
      return c.body((await encode(bytes, coding)) as Uint8Array<ArrayBuffer>)
    },
  )

  return routes
}

/** By what it holds: whatever is ever taken out of the record, the name is another one afterwards. */
const nameOf = (content: string | Uint8Array): string => hash('sha256', content, 'base64url').slice(0, 22)

const NO_FILM = { bytes: new Uint8Array(), last: 0 }
const NOTHING = { head: 0, at: [], by: [], act: [], touched: [], writers: [], entries: [], next: null }

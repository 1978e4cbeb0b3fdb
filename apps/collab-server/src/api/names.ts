/** Names that people give to moments of a document. */
import { NamedMoment, NamedMoments, NewName } from '@consilium/contract/history'
import { Refusal } from '@consilium/contract/refusals'
import { Hono } from 'hono'
import { holderOf } from '../people/holder.ts'
import { namesOf } from '../revisions/names.ts'
import { writerOf } from '../revisions/writer.ts'
import type { Services } from '../services.ts'
import { body, promises } from './describe.ts'
import { type ApiEnv, signedIn } from './env.ts'
import { asked } from './noting.ts'

export function nameRoutes({ audit, db, journal, memberships, whoIs }: Services): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>()

  routes.get(
    '/documents/:name/names',
    promises({
      tag: 'Documents',
      summary: 'Moments with a name, in their order: given by people, or the phases of the case',
      answer: NamedMoments,
      refusals: ['not-signed-in', 'not-found'],
    }),
    async (c) => {
      const book = await journal.find(c.req.param('name'))
      const items = book ? await namesOf(db.sql, journal.vault, book) : []
      return c.json({ items } satisfies NamedMoments)
    },
  )

  routes.post(
    '/documents/:name/names',
    promises({
      tag: 'Documents',
      summary: 'Give a moment a name',
      answer: NamedMoment,
      status: 201,
      refusals: ['not-signed-in', 'not-found', 'not-allowed', 'invalid-body', 'wrong-origin', 'not-durable'],
    }),
    body(NewName),
    async (c) => {
      const { seq, title } = c.req.valid('json')
      const book = await journal.find(c.req.param('name'))
      if (!book || seq > book.head.seq)
        throw new Refusal('invalid-body', { message: `There is no revision ${seq} yet.`, field: 'seq' })
      const { project, role } = c.get('access')
      const by = holderOf(signedIn(c), role)
      await audit.note({ act: 'named-revision', ...asked(c), detail: { revision: seq } })
      // What was true when they asked may not be any more.
      const row = await journal.recordName(book, { moment: seq, title, by }, async () => {
        const who = await whoIs(c.req.raw)
        if (!who) throw new Refusal('not-signed-in')
        if ((await memberships.roleIn(project.id, who.person.id)) !== role)
          throw new Refusal('not-allowed', { message: 'Your role in this project changed meanwhile.' })
      })
      const writer = writerOf({ person: by.person, identity: by, session: by.session }, row.role)
      return c.json({ seq, title, named: row.seq, at: row.at, writer } satisfies NamedMoment, 201)
    },
  )

  return routes
}

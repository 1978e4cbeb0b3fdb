/** Making a document, or one entry of it, what it was. */
import { NewRestore, Restored } from '@consilium/contract/history'
import { Refusal } from '@consilium/contract/refusals'
import { Hono } from 'hono'
import { entryId } from '../journal/book.ts'
import { restoreTo } from '../revisions/restore.ts'
import type { Services } from '../services.ts'
import { body, promises } from './describe.ts'
import { type ApiEnv, signedIn } from './env.ts'
import { asked } from './noting.ts'

export function restoreRoutes({ audit, db, journal, room }: Services): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>()

  routes.post(
    '/documents/:name/restore',
    promises({
      tag: 'Documents',
      summary: 'Make all annotations, or one entry, what they were after a revision, as a new revision',
      answer: Restored,
      refusals: [
        'not-signed-in',
        'not-found',
        'not-allowed',
        'invalid-body',
        'wrong-origin',
        'role-may-not-annotate',
        'role-may-not-decide',
        'not-yours',
        'never-removed',
        'case-decided',
        'case-closed',
        'invalid-value',
        'too-large',
        'too-large-to-open',
        'not-durable',
        'not-ready',
      ],
    }),
    body(NewRestore),
    async (c) => {
      const { to, entry } = c.req.valid('json')
      const name = c.req.param('name')
      const book = await journal.find(name)
      if (!book || to > book.head.seq)
        throw new Refusal('invalid-body', { message: `There is no revision ${to} yet.`, field: 'to' })
      const known = entry && book.entries.has(entryId(entry.root, entry.id))
      const what: Readonly<Record<string, string>> = known ? { root: entry.root, entry: entry.id } : {}
      await audit.note({ act: 'restored-revision', ...asked(c), detail: { to, ...what } })
      const row = await room.visit(name, signedIn(c), c.req.raw, (visitor) =>
        restoreTo(db.sql, journal, visitor, { to, place: entry ?? null }, journal.travel.restorer),
      )
      return c.json({ seq: row?.seq ?? null } satisfies Restored)
    },
  )

  return routes
}

/** Taking words out of the record for good. */
import { NewRedaction, Redacted } from '@consilium/contract/history'
import { Refusal } from '@consilium/contract/refusals'
import { holdsWords } from '@consilium/crdt-schema/takenOut'
import { Hono } from 'hono'
import type { Services } from '../services.ts'
import { body, promises } from './describe.ts'
import { type ApiEnv, signedIn } from './env.ts'
import { asked } from './noting.ts'

export function redactionRoutes({ audit, redactions, room }: Services): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>()

  routes.post(
    '/documents/:name/redactions',
    promises({
      tag: 'Documents',
      summary: 'Take the words of one field out of the record for good',
      answer: Redacted,
      refusals: [
        'not-signed-in',
        'not-found',
        'not-allowed',
        'invalid-body',
        'wrong-origin',
        'too-large-to-open',
        'not-durable',
        'not-ready',
      ],
    }),
    body(NewRedaction),
    async (c) => {
      const wanted = c.req.valid('json')
      const { root, id, field } = wanted
      if (!holdsWords(root, field))
        throw new Refusal('invalid-body', { message: 'Nobody writes words there.', field: 'field' })
      const by = signedIn(c)
      const taken = await room.visit(c.req.param('name'), by, c.req.raw, (visitor) =>
        redactions.take(visitor, wanted),
      )
      await audit.note({
        act: 'redacted',
        ...asked(c),
        detail: { revision: taken.seq, root, entry: id, field, rows: taken.rows },
      })
      return c.json(taken satisfies Redacted)
    },
  )

  return routes
}

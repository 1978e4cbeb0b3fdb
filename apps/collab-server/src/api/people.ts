/** Everybody who may sign in here; administrators only. */
import { Erase, NewPerson, Person } from '@consilium/contract/people'
import { Refusal } from '@consilium/contract/refusals'
import { Hono } from 'hono'
import { z } from 'zod'
import { publicPerson } from '../people/accounts.ts'
import type { Services } from '../services.ts'
import { body, promises } from './describe.ts'
import { type ApiEnv, signedIn } from './env.ts'
import { asked } from './noting.ts'

export function peopleRoutes({ people, erasing, audit }: Services): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>()

  routes.get(
    '/people',
    promises({
      tag: 'People',
      summary: 'Everybody who may sign in',
      answer: z.array(Person),
      refusals: ['not-signed-in', 'not-allowed'],
    }),
    async (c) => c.json((await people.list()).map(publicPerson)),
  )

  routes.post(
    '/people',
    promises({
      tag: 'People',
      summary: 'Add a person',
      answer: Person,
      status: 201,
      refusals: ['not-signed-in', 'not-allowed', 'name-taken', 'invalid-body', 'wrong-origin'],
    }),
    body(NewPerson),
    async (c) => {
      const person = await people.create(c.req.valid('json'))
      const detail = { admin: person.admin ? 1 : 0 }
      await audit.note({ act: 'made-person', ...asked(c), subject: person.id, detail })
      return c.json(publicPerson(person), 201)
    },
  )

  routes.post(
    '/people/:id/erase',
    promises({
      tag: 'People',
      summary: 'Forget a person for good; what they did stays under a number',
      refusals: [
        'not-signed-in',
        'not-allowed',
        'not-found',
        'must-stay',
        'already-erased',
        'invalid-body',
        'wrong-origin',
      ],
    }),
    body(Erase),
    async (c) => {
      const by = signedIn(c)
      const person = await people.byHandle(c.req.param('id'))
      if (!person) throw new Refusal('not-found')
      await erasing.check(person, c.req.valid('json').login, by)
      // Before it: cut off in between they are still here, and can be erased again.
      await audit.note({ act: 'erased-person', ...asked(c), subject: person.id })
      await erasing.erase(person.id, by)
      return c.body(null, 204)
    },
  )

  return routes
}

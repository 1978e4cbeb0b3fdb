/** Everybody who may sign in here; administrators only. */
import { Erase, NewPerson, Person } from '@consilium/contract/people'
import { Refusal } from '@consilium/contract/refusals'
import { Hono } from 'hono'
import { z } from 'zod'
import { publicPerson } from '../people/accounts.ts'
import type { Services } from '../services.ts'
import { body, promises } from './describe.ts'
import { type ApiEnv, signedIn } from './env.ts'

export function peopleRoutes({ people, erasing }: Services): Hono<ApiEnv> {
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
    async (c) => c.json(publicPerson(await people.create(c.req.valid('json'))), 201),
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
      await erasing.erase(person.id, by)
      return c.body(null, 204)
    },
  )

  return routes
}

/** Everybody who may sign in here; administrators only. */
import { NewPerson, Person } from '@consilium/contract/people'
import { Hono } from 'hono'
import { z } from 'zod'
import { publicPerson } from '../people/accounts.ts'
import type { Services } from '../services.ts'
import { body, promises } from './describe.ts'
import type { ApiEnv } from './env.ts'

export function peopleRoutes({ people }: Services): Hono<ApiEnv> {
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

  return routes
}

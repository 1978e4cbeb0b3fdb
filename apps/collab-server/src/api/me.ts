/** One's own name, sessions and access tokens. */
import { IssuedToken, Me, NewToken, Session, Token } from '@consilium/contract/people'
import { Refusal } from '@consilium/contract/refusals'
import { Hono } from 'hono'
import { z } from 'zod'
import { publicPerson } from '../people/accounts.ts'
import type { TokenRecord } from '../people/tokens.ts'
import type { Services } from '../services.ts'
import { json } from './coded.ts'
import { body, promises } from './describe.ts'
import { type ApiEnv, signedIn } from './env.ts'
import { asked } from './noting.ts'

export function meRoutes({ audit, people, sessions, tokens }: Services): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>()

  routes.get(
    '/me',
    promises({ tag: 'Sign-in', summary: 'Who am I', answer: Me, refusals: ['not-signed-in'] }),
    (c) => {
      const { person, session } = signedIn(c)
      const me: Me = { person: publicPerson(person), sessionExpiresAt: session.expiresAt }
      return json(c, JSON.stringify(me))
    },
  )

  routes.get(
    '/me/sessions',
    promises({
      tag: 'Sign-in',
      summary: 'Where I am signed in',
      answer: z.array(Session),
      refusals: ['not-signed-in'],
    }),
    async (c) => {
      const { person, session } = signedIn(c)
      const list = await sessions.list(person.id)
      return c.json(
        list.map(
          ({ handle, ...rest }): Session => ({ id: handle, ...rest, current: handle === session.handle }),
        ),
      )
    },
  )

  routes.delete(
    '/me/sessions/:id',
    promises({
      tag: 'Sign-in',
      summary: 'Sign out there',
      refusals: ['not-signed-in', 'not-found', 'wrong-origin'],
    }),
    async (c) => {
      const { person } = signedIn(c)
      const id = c.req.param('id')
      if (!(await sessions.list(person.id)).some(({ handle }) => handle === id))
        throw new Refusal('not-found')
      await audit.note({ act: 'session-ended', ...asked(c), subject: person.id, detail: { session: id } })
      if (!(await sessions.end(person.id, id))) throw new Refusal('not-found')
      return c.body(null, 204)
    },
  )

  routes.get(
    '/tokens',
    promises({
      tag: 'Sign-in',
      summary: 'My access tokens',
      answer: z.array(Token),
      refusals: ['not-signed-in'],
    }),
    async (c) => c.json((await tokens.list(signedIn(c).person.id)).map(publicToken)),
  )

  routes.post(
    '/tokens',
    promises({
      tag: 'Sign-in',
      summary: 'Make an access token',
      answer: IssuedToken,
      status: 201,
      refusals: ['not-signed-in', 'not-allowed', 'invalid-body', 'wrong-origin'],
    }),
    body(NewToken),
    async (c) => {
      const { person } = signedIn(c)
      const { title, login } = c.req.valid('json')
      if (login !== undefined && !person.admin)
        throw new Refusal('not-allowed', {
          message: 'Only an administrator may make a token for somebody else.',
        })
      const owner = login === undefined ? person : await people.byLogin(login)
      if (!owner)
        throw new Refusal('invalid-body', {
          message: 'There is nobody by this sign-in name.',
          field: 'login',
        })
      const issued = await tokens.issue(owner.id, title)
      // Its secret is only told once it is noted.
      await audit.note({
        act: 'made-token',
        ...asked(c),
        subject: owner.id,
        detail: { token: issued.handle },
      })
      return c.json({ ...publicToken(issued), secret: issued.secret } satisfies IssuedToken, 201)
    },
  )

  routes.delete(
    '/tokens/:id',
    promises({
      tag: 'Sign-in',
      summary: 'Revoke one of my access tokens',
      refusals: ['not-signed-in', 'not-found', 'wrong-origin'],
    }),
    async (c) => {
      const { person } = signedIn(c)
      const id = c.req.param('id')
      if (!(await tokens.list(person.id)).some(({ handle }) => handle === id)) throw new Refusal('not-found')
      await audit.note({ act: 'revoked-token', ...asked(c), subject: person.id, detail: { token: id } })
      if (!(await tokens.revoke(person.id, id))) throw new Refusal('not-found')
      return c.body(null, 204)
    },
  )

  return routes
}

const publicToken = ({ handle, title, createdAt, lastUsedAt }: TokenRecord): Token => ({
  id: handle,
  title,
  createdAt,
  lastUsedAt,
})

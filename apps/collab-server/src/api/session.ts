/** Signing in and out; what the sign-in page may know; the first administrator. */
import { DemoSignIn, FirstAdmin, Me, SignIn, Welcome } from '@consilium/contract/people'
import { Refusal } from '@consilium/contract/refusals'
import { getConnInfo } from '@hono/node-server/conninfo'
import { type Context, Hono } from 'hono'
import type { Noted } from '../audit/audit.ts'
import { type PersonRecord, publicPerson } from '../people/accounts.ts'
import { demoPeople } from '../projects/demo.ts'
import type { Services } from '../services.ts'
import { VERSION } from '../version.ts'
import { body, promises } from './describe.ts'
import type { ApiEnv } from './env.ts'
import { asked } from './noting.ts'

export function sessionRoutes(services: Services): Hono<ApiEnv> {
  const { audit, people, sessions, tries } = services
  const routes = new Hono<ApiEnv>()

  /** A new session at every sign-in; one that was open in this browser ends, so that nobody can be handed a prepared one. */
  async function signIn(c: Context<ApiEnv>, person: PersonRecord): Promise<Me> {
    const before = c.get('who')
    const notes: Noted[] = [{ act: 'signed-in', ...asked(c), by: null, person: person.id }]
    if (before?.session.kind === 'cookie') notes.unshift({ act: 'signed-out', ...asked(c) })
    await Promise.all(notes.map(audit.note))
    if (before?.session.kind === 'cookie') await sessions.end(before.person.id, before.session.handle)
    const { cookie, expiresAt } = await sessions.start(person.id, c.req.header('user-agent') ?? '')
    c.header('Set-Cookie', cookie)
    return { person: publicPerson(person), sessionExpiresAt: expiresAt }
  }

  routes.get(
    '/welcome',
    promises({ tag: 'Sign-in', summary: 'What the sign-in page shows', answer: Welcome }),
    async (c) => c.json({ version: VERSION, demo: await demoPeople(services) } satisfies Welcome),
  )

  routes.post(
    '/session',
    promises({
      tag: 'Sign-in',
      summary: 'Sign in',
      answer: Me,
      refusals: ['wrong-password', 'too-many-tries', 'invalid-body', 'wrong-origin'],
    }),
    body(SignIn),
    async (c) => {
      const { login, password } = c.req.valid('json')
      const address = addressOf(c)
      await tries.begin(login, address)
      const person = await people.checkPassword(login, password)
      if (!person) {
        // Whatever was typed is not kept: people type passwords where names belong.
        const meant = await people.byLogin(login)
        await audit.note({ act: 'sign-in-failed', ...asked(c), by: null, person: meant?.id })
        throw new Refusal('wrong-password')
      }
      await tries.succeeded(login, address)
      return c.json(await signIn(c, person))
    },
  )

  routes.post(
    '/session/demo',
    promises({
      tag: 'Sign-in',
      summary: 'Sign in as one of the demo people, while there is a demo',
      answer: Me,
      refusals: ['not-found', 'too-many-tries', 'invalid-body', 'wrong-origin'],
    }),
    body(DemoSignIn),
    async (c) => {
      const { person: handle } = c.req.valid('json')
      await tries.oneClick(addressOf(c))
      const demo = await demoPeople(services)
      const person = demo.some((one) => one.person.id === handle) ? await people.byHandle(handle) : null
      if (!person) {
        await audit.note({ act: 'sign-in-failed', ...asked(c), by: null })
        throw new Refusal('not-found')
      }
      return c.json(await signIn(c, person))
    },
  )

  routes.delete(
    '/session',
    promises({ tag: 'Sign-in', summary: 'Sign out', refusals: ['not-signed-in', 'wrong-origin'] }),
    async (c) => {
      const who = c.get('who')
      if (who?.session.kind === 'cookie') {
        await audit.note({ act: 'signed-out', ...asked(c) })
        await sessions.end(who.person.id, who.session.handle)
        c.header('Set-Cookie', sessions.blankCookie)
      }
      return c.body(null, 204)
    },
  )

  routes.post(
    '/first-admin',
    promises({
      tag: 'Sign-in',
      summary: 'Make the first administrator, with the key of the one-time link',
      answer: Me,
      refusals: ['already-set-up', 'not-found', 'name-taken', 'invalid-body', 'wrong-origin'],
    }),
    body(FirstAdmin),
    async (c) => {
      const { key, ...account } = c.req.valid('json')
      const person = await services.firstAdmin.create(key, account)
      await audit.note({
        act: 'made-person',
        ...asked(c),
        by: null,
        subject: person.id,
        detail: { admin: 1 },
      })
      return c.json(await signIn(c, person))
    },
  )

  return routes
}

const addressOf = (c: Context): string => getConnInfo(c).remote.address ?? 'unknown'

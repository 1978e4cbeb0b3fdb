import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { colourOfPerson } from '@consilium/contract/colour'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { Client, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ demo: true })
})
afterAll(() => server.close())

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Every text in every table that is ours, as one string. */
async function dump(): Promise<string> {
  const { sql } = server.running.services.db
  const tables = await sql<
    { name: string }[]
  >`select table_name as name from information_schema.tables where table_schema = 'public'`
  const rows = await Promise.all(
    tables.map(({ name }) => sql`select row_to_json(t)::text as row from ${sql(name)} t`),
  )
  return rows
    .flat()
    .map((row) => String(row['row']))
    .join('\n')
}

describe('[I5] sessions and tokens are kept as hashes, and the cookie is out of reach of scripts', () => {
  it('a copy of the database signs nobody in', async () => {
    const okafor = await server.signIn('okafor')
    const secret = okafor.cookie.split('=')[1] as string
    const token = await okafor.post<{ secret: string }>('/tokens', { title: 'a script' })
    const copy = await dump()
    for (const known of [
      secret,
      token.secret,
      'consilium-demo',
      readFileSync(join(server.data, 'admin-token'), 'utf8').trim(),
    ])
      expect(copy).not.toContain(known)
    expect(copy).toContain(sha256(secret))
    expect(copy).toContain(sha256(token.secret))
    expect(copy).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
    for (const inDatabase of [sha256(secret), sha256(token.secret)]) {
      expect((await asCookie(`consilium=${inDatabase}`)).status).toBe(401)
      expect((await Client.withToken(server.url, inDatabase).ask('GET', '/me')).status).toBe(401)
    }
  })

  it('the cookie is HttpOnly and SameSite, and Secure on this host alone where people come by https', async () => {
    const answer = await server
      .client()
      .ask('POST', '/session', { login: 'okafor', password: 'consilium-demo' })
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^consilium=[a-z0-9]{40}; HttpOnly; Max-Age=1209600; Path=\/; SameSite=Lax$/),
    ])
    const secure = await startTestServer({
      demo: true,
      env: { CONSILIUM_ORIGIN: 'https://consilium.example.org' },
    })
    const other = await fetch(`http://127.0.0.1:${secure.port}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://consilium.example.org' },
      body: JSON.stringify({ login: 'okafor', password: 'consilium-demo' }),
    })
    expect(other.headers.getSetCookie()[0]).toMatch(
      /^__Host-consilium=[a-z0-9]{40}; HttpOnly; Max-Age=1209600; Path=\/; SameSite=Lax; Secure$/,
    )
    expect(other.headers.get('strict-transport-security')).toMatch(/^max-age=\d+/)
    await secure.close()
  })

  it('the machine’s own token is for its owner’s eyes', async () => {
    expect(statSync(join(server.data, 'admin-token')).mode & 0o777).toBe(0o600)
    expect(await (await server.admin()).get('/me')).toMatchObject({
      person: { admin: true },
      sessionExpiresAt: null,
    })
  })
})

describe('[I6] what has ended opens nothing', () => {
  it('signing out', async () => {
    const okafor = await server.signIn('okafor')
    const { cookie } = okafor
    expect((await okafor.ask('DELETE', '/session')).status).toBe(204)
    expect(okafor.cookie).toBe('')
    expect((await asCookie(cookie)).status).toBe(401)
  })

  it('signing out elsewhere, by a public handle that is no secret', async () => {
    const [here, there] = [await server.signIn('lindqvist'), await server.signIn('lindqvist')]
    const sessions = await here.get<{ id: string; current: boolean }[]>('/me/sessions')
    expect(sessions.filter((session) => session.current)).toHaveLength(1)
    const elsewhere = sessions.find((session) => !session.current)
    expect(JSON.stringify(sessions)).not.toContain(there.cookie.split('=')[1])
    const okafor = await server.signIn('okafor')
    expect((await okafor.ask('DELETE', `/me/sessions/${elsewhere?.id}`)).status).toBe(404)
    expect((await there.ask('GET', '/me')).status).toBe(200)
    expect((await here.ask('DELETE', `/me/sessions/${elsewhere?.id}`)).status).toBe(204)
    expect((await there.ask('GET', '/me')).status).toBe(401)
    expect((await here.ask('GET', '/me')).status).toBe(200)
  })

  it('running out: whoever notices first, what it holds open is closed', async () => {
    const okafor = await server.signIn('okafor')
    const { sessions, db } = server.running.services
    const [mine] = (await okafor.get<{ id: string; current: boolean }[]>('/me/sessions')).filter(
      (session) => session.current,
    )
    const told: string[] = []
    const stop = sessions.onEnded(({ handle }) => {
      told.push(handle)
    })
    await db.sql`update sessions set expires_at = 1 where handle = ${mine?.id ?? ''}`
    expect((await okafor.ask('GET', '/me')).status).toBe(401)
    expect(told).toEqual([mine?.id])
    stop()
  })

  it('revoking a token', async () => {
    const okafor = await server.signIn('okafor')
    const token = await okafor.post<{ id: string; secret: string }>('/tokens', { title: 'a script' })
    const script = Client.withToken(server.url, token.secret)
    expect(await script.get('/me')).toMatchObject({ person: { login: 'okafor' }, sessionExpiresAt: null })
    expect((await (await server.signIn('vasquez')).ask('DELETE', `/tokens/${token.id}`)).status).toBe(404)
    expect((await okafor.ask('DELETE', `/tokens/${token.id}`)).status).toBe(204)
    expect((await script.ask('GET', '/me')).status).toBe(401)
  })

  it('signing in again ends the session this browser had, so that none can be prepared for somebody', async () => {
    const browser = await server.signIn('okafor')
    const { cookie } = browser
    await browser.signIn('lindqvist')
    expect((await asCookie(cookie)).status).toBe(401)
    expect(await browser.get('/me')).toMatchObject({ person: { login: 'lindqvist' } })
  })

  it('time: an expired session is refused, and a used one is prolonged', async () => {
    const { sql } = server.running.services.db
    const okafor = await server.signIn('okafor')
    const hash = sha256(okafor.cookie.split('=')[1] as string)
    await sql`update sessions set expires_at = ${Date.now() + 24 * 3_600_000} where hash = ${hash}`
    const answer = await okafor.ask('GET', '/me')
    expect(answer.headers.getSetCookie()[0]).toMatch(/Max-Age=1209600/)
    const [row] = await sql<{ expires_at: number }[]>`select expires_at from sessions where hash = ${hash}`
    expect(row?.expires_at).toBeGreaterThan(Date.now() + 13 * 24 * 3_600_000)
    await sql`update sessions set expires_at = ${Date.now() - 1} where hash = ${hash}`
    expect((await okafor.ask('GET', '/me')).status).toBe(401)
  })
})

describe('[I7] signing in tells a stranger nothing, and not for long', () => {
  it('a wrong name and a wrong password get the same answer', async () => {
    const answers = await Promise.all(
      ['nobody', 'okafor', 'this-machine'].map(async (login) => {
        const answer = await server.client().ask('POST', '/session', { login, password: 'wrong' })
        return `${answer.status} ${await answer.text()}`
      }),
    )
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toMatch(/^401 .*wrong-password/)
  })

  it('after eight failures even the right password waits; the next address is not concerned', async () => {
    const tries = (password: string) =>
      server.client().ask('POST', '/session', { login: 'solberg', password })
    for (let n = 0; n < 8; n++) expect((await tries('wrong')).status).toBe(401)
    const refused = await tries('consilium-demo')
    expect([refused.status, await refused.json()]).toMatchObject([429, { code: 'too-many-tries' }])
    const { tries: counter } = server.running.services
    await expect(counter.begin('solberg', '192.0.2.1')).resolves.toBeUndefined()
    await expect(counter.begin('SOLBERG ', '127.0.0.1')).rejects.toMatchObject({ code: 'too-many-tries' })
    expect(
      (await server.client().ask('POST', '/session', { login: 'okafor', password: 'consilium-demo' })).status,
    ).toBe(200)
  })
})

it('[I7] asking many times at once is no way around it', async () => {
  const answers = await Promise.all(
    Array.from({ length: 30 }, () =>
      server.client().ask('POST', '/session', { login: 'nobody-at-all', password: 'wrong' }),
    ),
  )
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused).toHaveLength(22)
})

describe('[I8] another site cannot use somebody’s cookie', () => {
  it.each([['https://evil.example'], ['null'], [`http://localhost:1`], [undefined]])(
    'a change from origin %s is refused',
    async (origin) => {
      const okafor = await server.signIn('okafor')
      const answer = await fetch(`${server.url}/api/tokens`, {
        method: 'POST',
        headers: { cookie: okafor.cookie, 'content-type': 'application/json', ...(origin ? { origin } : {}) },
        body: JSON.stringify({ title: 'stolen' }),
      })
      expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'wrong-origin' }])
      expect(await okafor.get('/tokens')).not.toContainEqual(expect.objectContaining({ title: 'stolen' }))
    },
  )

  it('not even to sign in under another name', async () => {
    const answer = await server
      .client()
      .ask(
        'POST',
        '/session',
        { login: 'okafor', password: 'consilium-demo' },
        { origin: 'https://evil.example' },
      )
    expect(answer.status).toBe(403)
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  it('nor through a name that was pointed at this machine', async () => {
    expect(await statusWithHost('evil.example')).toBe(403)
    expect(await statusWithHost(`localhost:${server.port}`)).toBe(200)
    expect(await statusWithHost('evil.example', '/healthz')).toBe(200)
  })

  it.each([
    ['another site', { origin: 'https://evil.example' }, '/collab', 403],
    ['a sandboxed frame', { origin: 'null' }, '/collab', 403],
    ['nowhere, with a cookie', {}, '/collab', 403],
    ['our page, to a name that is not ours', { origin: 'OURS', host: 'evil.example' }, '/collab', 403],
    ['our page, elsewhere', { origin: 'OURS' }, '/elsewhere', 404],
  ])('a live connection from %s is turned away before it opens', async (_, headers, path, status) => {
    const okafor = await server.signIn('okafor')
    const sent = {
      ...headers,
      ...('origin' in headers && headers.origin === 'OURS' ? { origin: server.url } : {}),
    }
    expect(await upgradeStatus(path, { cookie: okafor.cookie, ...sent })).toBe(status)
  })

  it('a live connection of our own page opens; a stranger’s does not', async () => {
    const okafor = await server.signIn('okafor')
    expect(await upgradeStatus('/collab', { origin: server.url, cookie: okafor.cookie })).toBe(101)
    expect(await upgradeStatus('/collab', { origin: server.url })).toBe(401)
    const token = await okafor.post<{ secret: string }>('/tokens', { title: 'a script' })
    expect(await upgradeStatus(`/collab?token=${token.secret}`, {})).toBe(101)
    expect(await upgradeStatus('/collab?token=consilium_wrong', {})).toBe(401)
  })

  it('a token in the address is for the live channel only', async () => {
    const okafor = await server.signIn('okafor')
    const token = await okafor.post<{ secret: string }>('/tokens', { title: 'a script' })
    expect((await fetch(`${server.url}/api/me?token=${token.secret}`)).status).toBe(401)
  })

  it('only our own scripts run on our pages, and nobody frames them', async () => {
    for (const path of ['/', '/api/docs', '/api/me', '/cases/aaaaaaaaaaaaaaaa', '/assets/none.js']) {
      const { headers } = await fetch(server.url + path, { headers: { accept: 'text/html' } })
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy, path).toContain("default-src 'self'")
      expect(policy, path).toMatch(/script-src 'self' 'wasm-unsafe-eval';/)
      expect(policy, path).toContain("frame-ancestors 'none'")
      expect(headers.get('x-content-type-options'), path).toBe('nosniff')
      expect(headers.get('referrer-policy'), path).toBe('no-referrer')
    }
  })
})

describe('[I9] the first administrator is made once, by whoever reads the console', () => {
  it('the link works once; then there is nothing to set up', async () => {
    const link = new URL(server.running.firstAdminUrl ?? '')
    expect(link.pathname).toBe('/first-admin')
    const key = link.searchParams.get('key') ?? ''
    const account = { name: 'Dr R. Root', login: 'root', password: 'correct horse battery' }
    const wrong = await server.client().ask('POST', '/first-admin', { ...account, key: 'f'.repeat(40) })
    expect(wrong.status).toBe(404)
    expect((await server.client().ask('POST', '/first-admin', { ...account, key, login: '-' })).status).toBe(
      400,
    )
    const both = await Promise.all(
      ['root', 'second'].map((login) =>
        server.client().ask('POST', '/first-admin', { ...account, key, login }),
      ),
    )
    expect(both.map((answer) => answer.status).toSorted()).toEqual([200, 409])
    const admin = await server
      .signIn('root', account.password)
      .catch(() => server.signIn('second', account.password))
    expect(await admin.get<unknown[]>('/people')).toHaveLength(5)
    expect(await dump()).not.toContain(sha256(key))
  })
})

describe('[I10] the demo lets in demo people only, and only while it is offered', () => {
  it('[W149] one click signs in as one of them', async () => {
    const stranger = server.client()
    const { demo } = await stranger.get<{ demo: { person: { id: string; login: string }; role: string }[] }>(
      '/welcome',
    )
    expect(demo.map(({ person, role }) => [person.login, role])).toEqual([
      ['okafor', 'reader'],
      ['lindqvist', 'reader'],
      ['vasquez', 'adjudicator'],
      ['solberg', 'observer'],
    ])
    const colours = demo.map(({ person }) => colourOfPerson(person.id))
    expect(colours, '[W149] the first people of an installation all differ').toEqual([0, 1, 2, 3])
    await stranger.post('/session/demo', { person: demo[2]?.person.id })
    expect(await stranger.get('/me')).toMatchObject({ person: { login: 'vasquez', initials: 'HV' } })
  })

  it('not as anybody else', async () => {
    const machine = await (await server.admin()).get<{ person: { id: string } }>('/me')
    for (const person of [machine.person.id, 'aaaaaaaaaaaaaaaa', '']) {
      expect((await server.client().ask('POST', '/session/demo', { person })).status).toBe(404)
    }
  })

  it('not where it is switched off', async () => {
    const without = await startTestServer({ demo: false })
    expect(await without.client().get('/welcome')).toMatchObject({ demo: [] })
    expect(await (await without.admin()).get('/projects')).toEqual([])
    expect(
      (await without.client().ask('POST', '/session', { login: 'okafor', password: 'consilium-demo' }))
        .status,
    ).toBe(401)
    await without.close()
  })
})

const asCookie = (cookie: string): Promise<Response> => fetch(`${server.url}/api/me`, { headers: { cookie } })

function statusWithHost(host: string, path = '/api/welcome'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port: server.port, path, headers: { host } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

/** 101 where the WebSocket opened, else the status it was turned away with. */
function upgradeStatus(path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers })
    socket.on('open', () => {
      socket.terminate()
      resolve(101)
    })
    socket.on('unexpected-response', (_, answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    socket.on('error', (error) => reject(error))
  })
}

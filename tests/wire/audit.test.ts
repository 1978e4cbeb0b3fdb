/** Who read, took away and administered what can be found afterwards, by whoever may know it, and by nobody else. */
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { AUDIT_ACTS, type AuditEntry, type AuditPage } from '../../packages/contract/src/audit.ts'
import type { Case } from '../../packages/contract/src/projects.ts'
import { annotate } from '../../packages/crdt-schema/src/acts/all.ts'
import { Client, startServerProcess, temporaryFolder } from '../support/server.ts'
import { openPage } from './page.ts'
import { box, openWard, type Ward } from './ward.ts'

let ward: Ward
let admin: Client
beforeAll(async () => {
  ward = await openWard()
  admin = await ward.server.admin()
})
afterAll(() => ward.server.close())

const page = (query = ''): Promise<AuditPage> => admin.get<AuditPage>(`/audit?limit=500${query}`)
const all = async (query = ''): Promise<AuditEntry[]> => (await page(query)).items
const ofProject = (who: Client, query = ''): Promise<AuditPage> =>
  who.get<AuditPage>(`/projects/${ward.projectId}/audit?limit=500${query}`)
const idOf = async (who: Client): Promise<string> =>
  (await who.get<{ person: { id: string } }>('/me')).person.id
/** What the act left in the log, oldest first. */
async function left(act: () => Promise<unknown>): Promise<AuditEntry[]> {
  const { head } = await page()
  await act()
  return (await all()).filter(({ n }) => n > head).toReversed()
}

describe('[A9] an auditor finds who opened a case', () => {
  test('over the socket: who, in which role, when and from where', async () => {
    const { name, caseId } = await ward.newDocument()
    const opened = await openPage(ward.okafor, name)
    opened.close()
    const { items, intact } = await ofProject(ward.vasquez, `&case=${caseId}&act=opened-case`)
    expect(intact).toBe(true)
    expect(items).toHaveLength(1)
    const { key } = await ward.okafor.get<Case>(`/cases/${caseId}`)
    expect(items[0]).toMatchObject({
      by: { id: await idOf(ward.okafor), name: 'Dr A. Okafor' },
      role: 'reader',
      project: { id: ward.projectId },
      case: { id: caseId, key },
    })
    expect(items[0]?.from).toMatch(/^(::ffff:)?127\.0\.0\.1/)
    expect((await ofProject(ward.vasquez, `&text=${key}`)).items).toEqual(items)
    expect((await ofProject(ward.vasquez, `&by=${await idOf(ward.solberg)}&case=${caseId}`)).items).toEqual(
      [],
    )
  })

  test('by a script over /yjs', async () => {
    const { name, caseId } = await ward.newDocument()
    const { secret } = await ward.lindqvist.post<{ secret: string }>('/tokens', { title: 'script' })
    const address = `${ward.server.url.replace('http', 'ws')}/yjs/${name}?token=${secret}`
    const socket = new WebSocket(address)
    await once(socket, 'open')
    socket.send(Buffer.from([0, 0, 1, 0]))
    await once(socket, 'message')
    socket.close()
    const entries = await all(`&case=${caseId}`)
    expect(entries).toMatchObject([{ act: 'opened-case', by: { id: await idOf(ward.lindqvist) } }])
  })

  test('over REST; the list of cases opens none', async () => {
    const { caseId } = await ward.newDocument()
    const seen = await left(async () => {
      await ward.solberg.get(`/projects/${ward.projectId}/cases`)
      await ward.solberg.get(`/cases/${caseId}`)
      await ward.solberg.get(`/cases/${caseId}/series`)
      await ward.solberg.ask('HEAD', `/documents/panel:${caseId}/revisions`)
    })
    expect(seen).toMatchObject([
      { act: 'opened-case', case: { id: caseId }, by: { id: await idOf(ward.solberg) } },
    ])
  })

  test('[A8] the same session again is the same look; another session is another', async () => {
    const { name, caseId } = await ward.newDocument()
    const again = await ward.server.signIn('okafor')
    for (const who of [ward.okafor, ward.okafor, again]) (await openPage(who, name)).close()
    await ward.okafor.get(`/cases/${caseId}`)
    expect(await all(`&case=${caseId}`)).toHaveLength(2)
  })
})

test('[A10] looking into the past, and taking it away, is noted as that', async () => {
  const { name, caseId } = await ward.newDocument()
  const drawing = await openPage(ward.okafor, name)
  const shape = annotate(drawing.doc, box)
  await drawing.saved()
  drawing.close()
  const acts = async (who: Client, ...paths: string[]): Promise<string[]> =>
    (
      await left(async () => {
        for (const path of paths)
          expect((await who.ask('GET', `/documents/${name}${path}`)).status, path).toBe(200)
      })
    ).map(({ act }) => act)
  const past = ['/at/1', '/film/0', '/compare/1/2', `/annotations/${shape}/history`]
  for (const path of past) {
    const fresh = await ward.server.signIn('lindqvist')
    expect(await acts(fresh, path), path).toEqual(['read-history'])
  }
  expect(await acts(ward.lindqvist, ...past)).toEqual(['read-history'])
  expect(await acts(ward.lindqvist, '/at/1?as=json')).toEqual(['exported-annotations'])
  expect(await acts(ward.vasquez, '/evidence', '/journal')).toEqual(['exported-history'])
  expect((await ofProject(ward.vasquez, `&case=${caseId}`)).intact).toBe(true)
})

describe('[A11] signing in and out, and what fails, is noted; what was typed is not', () => {
  test('a sign-in, a wrong password, a name that nobody has, the end of a session', async () => {
    const typed = 'hunter2-typed-as-a-name'
    const entries = await left(async () => {
      const okafor = await ward.server.signIn('okafor')
      expect(
        (await okafor.ask('POST', '/session', { login: 'okafor', password: 'wrong-secret' })).status,
      ).toBe(401)
      await ward.server.client().ask('POST', '/session', { login: typed, password: 'x' })
      const sessions = await ward.okafor.get<{ id: string; current: boolean }[]>('/me/sessions')
      const [newest] = sessions.filter(({ current }) => !current)
      await ward.okafor.ask('DELETE', `/me/sessions/${newest?.id}`)
      await (await ward.server.signIn('okafor')).ask('DELETE', '/session')
    })
    const me = { id: await idOf(ward.okafor) }
    expect(entries).toMatchObject([
      { act: 'signed-in', by: me },
      { act: 'sign-in-failed', by: me },
      { act: 'sign-in-failed', by: null, from: null },
      { act: 'session-ended', by: me, subject: me },
      { act: 'signed-in', by: me },
      { act: 'signed-out', by: me },
    ])
    expect(JSON.stringify(entries)).not.toMatch(/hunter2|wrong-secret/)
  })

  test('one click as a demo person is a sign-in', async () => {
    const entries = await left(async () => {
      const { demo } = await ward.server.client().get<{ demo: { person: { id: string } }[] }>('/welcome')
      await ward.server.client().post('/session/demo', { person: demo[0]?.person.id })
    })
    expect(entries.map(({ act }) => act)).toEqual(['signed-in'])
  })
})

test('[A12] administration is noted, with what was before', async () => {
  const { name, caseId } = await ward.newDocument()
  const entries = await left(async () => {
    const login = 'nakamura'
    const made = await admin.post<{ id: string }>('/people', {
      name: 'Dr H. Nakamura',
      login,
      password: 'a long password',
    })
    const member = `/projects/${ward.projectId}/members/${made.id}`
    await admin.put(member, { role: 'observer' })
    await admin.put(member, { role: 'reader' })
    await admin.ask('DELETE', member)
    const token = await admin.post<{ id: string }>('/tokens', { title: 'for Nakamura', login })
    const mine = await ward.vasquez.post<{ id: string }>('/tokens', { title: 'mine' })
    await ward.vasquez.ask('DELETE', `/tokens/${mine.id}`)
    expect((await ward.vasquez.ask('DELETE', `/tokens/${token.id}`)).status).toBe(404)
    await admin.post('/projects', { title: 'Another', key: 'AN' })
    await ward.vasquez.put(`/cases/${caseId}/phase`, { phase: 'decided' })
    await ward.vasquez.put(`/cases/${caseId}/phase`, { phase: 'panel' })
    const drawing = await openPage(ward.vasquez, name)
    annotate(drawing.doc, box)
    await drawing.saved()
    drawing.close()
    await ward.vasquez.post(`/documents/${name}/names`, { seq: 2, title: 'A patient’s name' })
    await ward.vasquez.post(`/documents/${name}/restore`, { to: 1 })
    const { id } = await admin.post<{ id: string }>(`/projects/${ward.projectId}/imports`, {})
    await admin.post(`/imports/${id}/finish`, {})
  })
  const person = { name: 'Dr H. Nakamura' }
  const vasquez = { id: await idOf(ward.vasquez) }
  expect(entries).toMatchObject([
    { act: 'made-person', subject: person, detail: { admin: 0 } },
    { act: 'set-role', subject: person, detail: { role: 'observer', before: 'none' } },
    { act: 'set-role', subject: person, detail: { role: 'reader', before: 'observer' } },
    { act: 'removed-member', subject: person, detail: { before: 'reader' } },
    { act: 'made-token', subject: person },
    { act: 'made-token', by: vasquez },
    { act: 'revoked-token', by: vasquez },
    { act: 'made-project', project: { title: 'Another' } },
    { act: 'set-phase', case: { id: caseId }, detail: { phase: 'decided', before: 'panel' } },
    { act: 'set-phase', case: { id: caseId }, detail: { phase: 'panel', before: 'decided' } },
    { act: 'opened-case', case: { id: caseId }, role: 'adjudicator' },
    { act: 'named-revision', case: { id: caseId }, detail: { revision: 2 } },
    { act: 'restored-revision', case: { id: caseId }, detail: { to: 1 } },
    { act: 'imported-study', project: { id: ward.projectId }, detail: { 'files-stored': 0 } },
  ])
  expect((await page('&text=nakamura')).items).toHaveLength(5)
})

test('[A13] a project’s auditors see what names the project; others are told that they may not', async () => {
  for (const who of [ward.okafor, ward.solberg])
    for (const file of ['', '.csv', '.json'])
      expect((await who.ask('GET', `/projects/${ward.projectId}/audit${file}`)).status).toBe(403)
  for (const path of ['/audit', '/audit.csv', '/audit.json', '/audit/rows', '/checkpoints'])
    expect((await ward.vasquez.ask('GET', path)).status, path).toBe(403)
  const { items } = await ofProject(ward.vasquez)
  expect(items.length).toBeGreaterThan(0)
  expect(new Set(items.map(({ project }) => project?.id))).toEqual(new Set([ward.projectId]))
  expect(items.map(({ act }) => act)).not.toContain('signed-in')
})

test('[A14] nothing in the log is a name, or what somebody typed', async () => {
  const rows = await ward.server.running.services.db.sql`select * from audit`
  const kept = rows.map((row) =>
    Object.values(row)
      .map((value) => (value instanceof Buffer ? value.toString('latin1') : String(value)))
      .join('\t'),
  )
  const names = [
    'Okafor',
    'Lindqvist',
    'Vasquez',
    'Solberg',
    'Nakamura',
    'hunter2',
    'wrong-secret',
    'patient',
    'Another',
    '127.0.0.1',
    'node',
  ]
  expect(rows.length).toBeGreaterThan(30)
  for (const name of names)
    expect(
      kept.filter((row) => row.toLowerCase().includes(name.toLowerCase())),
      name,
    ).toEqual([])
})

describe('[A15] the log is read in pages and taken away as a file', () => {
  test('pages follow each other without a gap, newest first, and every filter holds', async () => {
    const whole = await all()
    const paged: AuditEntry[] = []
    for (let next: number | null = whole.length + 1; next !== null; ) {
      const some: AuditPage = await admin.get<AuditPage>(`/audit?limit=7&before=${next}`)
      paged.push(...some.items)
      next = some.next
    }
    expect(paged.map(({ n }) => n)).toEqual(whole.map((_, i) => whole.length - i))
    const middle = whole[whole.length >> 1] as AuditEntry
    const between = await all(`&since=${middle.at}&until=${middle.at}`)
    expect(between.map(({ n }) => n)).toEqual(whole.filter(({ at }) => at === middle.at).map(({ n }) => n))
    expect(new Set((await all('&act=signed-in,signed-out')).map(({ act }) => act))).toEqual(
      new Set(['signed-in', 'signed-out']),
    )
    expect(await all('&act=nothing-of-the-kind')).toEqual([])
    expect(await all('&by=zzzzzzzzzzzzzzzz')).toEqual([])
    // Not a pattern: what is looked for is meant as it stands.
    expect(await all('&text=%25')).toEqual([])
  })

  test('CSV and JSON hold what is asked for; what a spreadsheet would run is text; taking it away is itself noted', async () => {
    await admin.post('/people', {
      name: '=HYPERLINK("http://x")',
      login: 'formula',
      password: 'a long password',
    })
    const json = await admin.get<AuditEntry[]>('/audit.json?act=made-person')
    expect(json).toEqual(await all('&act=made-person'))
    const answer = await admin.ask('GET', '/audit.csv?act=made-person')
    expect(answer.headers.get('content-type')).toContain('text/csv')
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="audit.csv"')
    const lines = (await answer.text()).split('\r\n')
    expect(lines[0]).toMatch(/^number,time,act,person,person id,role/)
    expect(lines).toHaveLength(json.length + 2)
    expect(lines[1]).toContain(`,"'=HYPERLINK(""http://x"")",`)
    const noted = (await all('&act=exported-audit')).slice(0, 2)
    expect(noted.map(({ detail }) => detail.format)).toEqual(['csv', 'json'])
    expect(
      await (await ward.vasquez.ask('GET', `/projects/${ward.projectId}/audit.json?act=made-person`)).text(),
    ).toBe('[]\n')
  })
})

test('[A16] a hundred pages that open one case cost a few commits', async () => {
  const { caseId } = await ward.newDocument()
  const people = await Promise.all(
    Array.from({ length: 100 }, () =>
      ward.okafor.post<{ secret: string }>('/tokens', { title: 'one of many' }),
    ),
  )
  const { head } = await page()
  await Promise.all(
    people.map(({ secret }) => Client.withToken(ward.server.url, secret).get(`/cases/${caseId}`)),
  )
  const [made] = await ward.server.running.services.db.sql<{ entries: number; commits: number }[]>`
    select count(*)::int as entries, count(distinct xmin::text)::int as commits from audit where n > ${head} and act = ${AUDIT_ACTS['opened-case']}`
  expect(made?.entries).toBe(100)
  expect(made?.commits).toBeLessThan(40)
})

test('[A17] while nothing can be noted nothing is shown and nothing is done', async () => {
  const { caseId } = await ward.newDocument()
  const { services } = ward.server.running
  const held = await services.db.sql.reserve()
  await held`begin`
  // Whoever notes waits for this number, as for a database that is away.
  await held`insert into audit (n, at, act, role, hash) select max(n) + 1, 0, 1, 0, ''::bytea from audit`
  const answers = Promise.all([
    ward.lindqvist.ask('GET', `/cases/${caseId}`),
    ward.vasquez.ask('PUT', `/cases/${caseId}/phase`, { phase: 'decided' }),
  ])
  const early = await Promise.race([
    answers,
    new Promise((resolve) => setTimeout(() => resolve('waiting'), 300)),
  ])
  expect(early).toBe('waiting')
  expect((await services.projects.caseById(caseId))?.phase).toBe('panel')
  await held`rollback`
  held.release()
  expect((await answers).map(({ status }) => status)).toEqual([200, 200])
  expect(await all(`&case=${caseId}`)).toHaveLength(2)
})

test('[A18] what was answered is noted, also where the server is killed right after', async () => {
  const folder = temporaryFolder('consilium-audit')
  const data = `${folder.path}/data`
  try {
    let server = await startServerProcess({ data, demo: true })
    const answered: string[] = []
    const signIns = Array.from({ length: 8 }, async (_, n) => {
      for (;;) {
        const login = ['okafor', 'lindqvist', 'vasquez', 'solberg'][n % 4] as string
        const client = new Client(server.url)
        if (
          !(await client.signIn(login).then(
            () => true,
            () => false,
          ))
        )
          return
        answered.push(login)
      }
    })
    while (answered.length < 12) await new Promise((resolve) => setTimeout(resolve, 5))
    await server.kill('SIGKILL')
    await Promise.all(signIns)
    server = await startServerProcess({ data, demo: true })
    const { readFileSync } = await import('node:fs')
    const again = Client.withToken(server.url, readFileSync(`${data}/admin-token`, 'utf8').trim())
    const { items, intact } = await again.get<AuditPage>('/audit?limit=500&act=signed-in')
    expect(intact).toBe(true)
    expect(items.length).toBeGreaterThanOrEqual(answered.length)
    await server.kill('SIGTERM')
  } finally {
    folder.remove()
  }
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp, resourceRoutes } from '../../apps/collab-server/src/api/app.ts'
import { POLICIES } from '../../apps/collab-server/src/api/policy.ts'
import { type Client, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let okafor: Client
let admin: Client
/** A project and a case that none of the demo people may know of. */
let foreign: { project: string; case: string }
let own: { project: string; case: string }

beforeAll(async () => {
  server = await startTestServer({ demo: true })
  okafor = await server.signIn('okafor')
  admin = await server.admin()
  const { projects } = server.running.services
  const [demo] = await okafor.get<{ id: string }[]>('/projects')
  const other = await admin.post<{ id: string }>('/projects', { title: 'Elsewhere', key: 'EL' })
  foreign = { project: other.id, case: (await projects.addCase(other.id)).id }
  own = { project: demo?.id ?? '', case: (await projects.addCase(demo?.id ?? '')).id }
})
afterAll(() => server.close())

const routes = (): string[] => [
  ...new Set(
    resourceRoutes(server.running.services)
      .routes.filter((route) => route.method !== 'ALL')
      .map((route) => `${route.method} ${route.path}`),
  ),
]

/** The route with its parameters filled in: the first one names the thing, the others are numbers or ids. */
const address = (path: string, name: string): string =>
  path
    .replace(/:[a-z]+/, name)
    .replace(':person', 'aaaaaaaaaaaaaaaa')
    .replace(/:[a-z]+/g, '1')

const NOBODY = 'aaaaaaaaaaaaaaaa'
const nameFor = (path: string, ids: { project: string; case: string }): string =>
  path.startsWith('/documents') ? `panel:${ids.case}` : path.startsWith('/cases') ? ids.case : ids.project

it('the router is made before the first question comes', () => {
  expect(createApp(server.running.services).router.name).toMatch(/RegExpRouter$/)
})

it('[I1] every route has a policy, and every policy a route', () => {
  const documented = Object.keys(POLICIES).filter((route) => !/ \/(docs|openapi)/.test(route))
  expect(routes().toSorted()).toEqual(documented.toSorted())
})

it('[I1] without a session, every route that is not open to anyone answers 401', async () => {
  for (const [route, policy] of Object.entries(POLICIES)) {
    if (policy === 'anyone') continue
    const [method = '', path = ''] = route.split(' ')
    const answer = await server.client().ask(method, address(path, NOBODY), method === 'GET' ? undefined : {})
    expect([route, answer.status], route).toEqual([route, 401])
    expect(await answer.json()).toMatchObject({ code: 'not-signed-in' })
  }
})

it('[I2] what does not exist and what one may not know of answer the same, byte for byte', async () => {
  for (const [route, policy] of Object.entries(POLICIES)) {
    if (typeof policy === 'string') continue
    const [method = '', path = ''] = route.split(' ')
    const body = method === 'GET' ? undefined : {}
    const inside = policy.in === 'project' || policy.in === 'case' || policy.in === 'document'
    const nothing = await okafor.ask(
      method,
      address(path, nameFor(path, { project: NOBODY, case: NOBODY })),
      body,
    )
    const hidden = inside ? await okafor.ask(method, address(path, nameFor(path, foreign)), body) : nothing
    expect([route, nothing.status, hidden.status]).toEqual([route, 404, 404])
    const said = await nothing.text()
    expect(JSON.parse(said)).toMatchObject({ code: 'not-found' })
    if (inside) {
      expect(await hidden.text()).toBe(said)
      expect(listed(hidden)).toEqual(listed(nothing))
    }
  }
})

const listed = (answer: Response): string[] =>
  [...answer.headers].filter(([name]) => name !== 'date').map(([name, value]) => `${name}: ${value}`)

it('[I2] unknown addresses, methods and names are 404, in words', async () => {
  for (const [method, path] of [
    ['GET', '/nothing'],
    ['PATCH', '/me'],
    ['GET', '/projects/..%2f..%2fetc'],
    ['GET', '/projects/%E0%A4%A'],
    ['GET', '/cases/constructor'],
    ['GET', '/documents/read:aaaaaaaaaaaaaaaa:bbbbbbbbbbbbbbbb/revisions'],
    ['GET', '/documents/__proto__/revisions'],
    ['GET', `/series/${'a'.repeat(4000)}`],
  ] as const) {
    const answer = await okafor.ask(method, path)
    expect([path, answer.status]).toEqual([path, 404])
    expect(await answer.json()).toMatchObject({ code: 'not-found', next: expect.any(String) })
  }
})

describe('[I3] a member may do what the role allows, and is told where it does not', () => {
  it('a reader sees the project, and neither manages it nor administers the server', async () => {
    expect(await okafor.get(`/projects/${own.project}`)).toMatchObject({
      key: 'LN',
      role: 'reader',
      demo: true,
    })
    expect(await okafor.get<unknown[]>(`/projects/${own.project}/members`)).toHaveLength(4)
    expect(await okafor.get(`/projects/${own.project}/cases`)).toMatchObject([
      { id: own.case, key: 'LN-0001' },
    ])
    const [me] = [await okafor.get<{ person: { id: string } }>('/me')]
    for (const [method, path, body] of [
      ['PUT', `/projects/${own.project}/members/${me?.person.id}`, { role: 'manager' }],
      ['DELETE', `/projects/${own.project}/members/${me?.person.id}`, undefined],
      ['POST', `/projects/${own.project}/imports`, {}],
      ['PATCH', `/projects/${own.project}`, { hanging: [] }],
      ['POST', '/projects', { title: 'Mine', key: 'MI' }],
      ['GET', '/people', undefined],
      ['POST', '/people', { name: 'Eve', login: 'eve', password: 'longer than ten', admin: true }],
      ['POST', '/tokens', { title: 'theirs', login: 'vasquez' }],
    ] as const) {
      const answer = await okafor.ask(method, path, body)
      expect([method, path, answer.status]).toEqual([method, path, 403])
      expect(await answer.json()).toMatchObject({ code: 'not-allowed' })
    }
    expect(await okafor.get(`/projects/${own.project}`)).toMatchObject({ role: 'reader' })
  })

  it('an administrator who is no member runs every project and takes part in none', async () => {
    expect(await admin.get(`/projects/${own.project}`)).toMatchObject({ role: null })
    const person = await admin.post<{ id: string }>('/people', {
      name: 'Dr N. New',
      login: 'new',
      password: 'correct horse',
    })
    expect(
      await admin.put(`/projects/${own.project}/members/${person.id}`, { role: 'reader' }),
    ).toMatchObject({ role: 'reader' })
    const newcomer = await server.signIn('new', 'correct horse')
    expect(await newcomer.get(`/projects/${own.project}`)).toMatchObject({ role: 'reader' })
    await admin.put(`/projects/${own.project}/members/${person.id}`, { role: 'observer' })
    expect(await newcomer.get(`/projects/${own.project}`)).toMatchObject({ role: 'observer' })
    expect((await admin.ask('DELETE', `/projects/${own.project}/members/${person.id}`)).status).toBe(204)
    expect((await newcomer.ask('GET', `/projects/${own.project}`)).status).toBe(404)
  })
})

it('[V19] how the cases of a project open is kept and told with each case; what is wrong is named, and changes nothing', async () => {
  const panes = [{ plane: 'axial' }, { plane: 'coronal', window: { center: 40, width: 400 } }]
  const rule = { name: 'CT', when: { modalities: ['CT'] }, stages: [{ layout: 'two', panes }] }
  const path = `/projects/${own.project}`
  const answer = await admin.ask('PATCH', path, { hanging: [rule] })
  expect(await answer.json()).toMatchObject({ hanging: [rule] })
  expect(await okafor.get(`/cases/${own.case}`)).toMatchObject({ hanging: [rule] })
  const wrong = await admin.ask('PATCH', path, { hanging: [rule, { ...rule, stages: [] }] })
  expect([wrong.status, await wrong.json()]).toMatchObject([
    400,
    { code: 'invalid-body', field: 'hanging.1.stages' },
  ])
  expect(await okafor.get(path)).toMatchObject({ hanging: [rule] })
  await admin.ask('PATCH', path, { hanging: [] })
})

describe('[I4] a body that is not as promised is refused with the field that is wrong', () => {
  it.each([
    ['POST', '/people', { name: 'Eve', login: 'eve' }, 'password'],
    ['POST', '/people', { name: 'Eve', login: 'EVE!', password: 'longer than ten' }, 'login'],
    ['POST', '/people', { name: 7, login: 'eve', password: 'longer than ten' }, 'name'],
    ['POST', '/projects', { title: 'x', key: 'lower' }, 'key'],
    [
      'POST',
      '/projects',
      {
        title: 'x',
        key: 'TWO',
        labels: [
          { key: 'a', title: 'A', colour: 1 },
          { key: 'b', title: 'B', colour: 0 },
        ],
      },
      'labels.1.colour',
    ],
    [
      'POST',
      '/projects',
      {
        title: 'x',
        key: 'TWO',
        labels: [
          { key: 'a', title: 'A', colour: 1 },
          { key: 'a', title: 'B', colour: 2 },
        ],
      },
      'labels.1.key',
    ],
    ['POST', '/tokens', { title: '' }, 'title'],
    ['POST', '/tokens', { title: 'x', login: 'nobody' }, 'login'],
    ['POST', '/session', { login: 'okafor' }, 'password'],
    ['POST', '/session', null, ''],
    ['POST', '/session', [], ''],
  ])('%s %s %j: %s', async (method, path, body, field) => {
    const answer = await admin.ask(method, path, body)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'invalid-body', field })
  })

  it('JSON that is none, and more than is taken at once', async () => {
    const post = (body: string) =>
      fetch(`${server.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
    const broken = await post('{"login":')
    expect([broken.status, await broken.json()]).toMatchObject([400, { code: 'invalid-body' }])
    const large = await post(JSON.stringify({ login: 'a', password: 'b', more: 'c'.repeat(100_000) }))
    expect([large.status, await large.json()]).toMatchObject([413, { code: 'too-large' }])
  })

  it('what nobody promised is ignored: no rights by writing them into a body', async () => {
    const person = await admin.post<{ id: string; admin: boolean }>('/people', {
      name: 'Mallory',
      login: 'mallory',
      password: 'longer than ten',
      role: 'admin',
      isAdmin: true,
      id: 1,
      handle: 'mine',
    })
    expect(person.admin).toBe(false)
    expect(person.id).toMatch(/^[a-z0-9]{16}$/)
  })
})

it('[V24] who runs a project says with which keys people begin in it, and that is noted', async () => {
  const path = `/projects/${own.project}`
  const keymap = {
    format: 'consilium-keymap',
    version: 1,
    profile: 'annotator',
    keys: { radiology: {}, annotator: { 'tool.box': ['q'] } },
  }
  const hangingOf = async () => (await okafor.get<{ hanging: unknown }>(path)).hanging
  const before = await hangingOf()
  expect((await okafor.ask('PATCH', path, { keymap })).status).toBe(403)
  expect((await admin.ask('PATCH', path, { keymap })).status).toBe(200)
  expect(await okafor.get(path)).toMatchObject({ keymap })
  expect(await okafor.get(`/cases/${own.case}`)).toMatchObject({ keymap })
  expect(await hangingOf()).toEqual(before)
  for (const wrong of [
    { keymap: { ...keymap, profile: 'surgeon' } },
    { keymap: { ...keymap, keys: { radiology: { 'tool.box': ['x'.repeat(99)] }, annotator: {} } } },
    { keymap: { ...keymap, script: 'x' } },
    {},
  ])
    expect((await admin.ask('PATCH', path, wrong)).status).toBe(400)
  expect((await admin.ask('PATCH', path, { keymap: null })).status).toBe(200)
  expect(await okafor.get(path)).toMatchObject({ keymap: null })
  const noted = await admin.get<{ items: { detail: object }[] }>(`${path}/audit?act=set-keymap`)
  expect(noted.items.map(({ detail }) => detail)).toEqual([{ profile: 'none' }, { profile: 'annotator' }])
})

it('[V31] who brings studies in says which case of the project is the prior, and that is noted', async () => {
  const { projects } = server.running.services
  const vasquez = await server.signIn('vasquez')
  const earlier = await projects.addCase(own.project)
  const path = `/cases/${own.case}/prior`
  const priorOf = async (id: string) => (await okafor.get<{ prior: unknown }>(`/cases/${id}`)).prior
  expect(await priorOf(own.case)).toBeNull()

  expect((await okafor.ask('PUT', path, { case: earlier.id })).status).toBe(403)
  for (const wrong of [foreign.case, own.case, 'nothing']) {
    const answer = await vasquez.ask('PUT', path, { case: wrong })
    expect([answer.status, await answer.json()]).toMatchObject([400, { field: 'case' }])
  }
  expect((await vasquez.ask('PUT', path, { case: earlier.id, days: '2020-01-01' })).status).toBe(400)
  expect((await vasquez.ask('PUT', path, { case: earlier.id, days: 412 })).status).toBe(204)
  expect(await priorOf(own.case)).toEqual({ case: earlier.id, key: earlier.key, days: 412 })
  expect((await vasquez.ask('PUT', `/cases/${earlier.id}/prior`, { case: own.case })).status).toBe(400)
  // Whoever may open the case may look at what is beside it.
  expect((await okafor.ask('GET', `/cases/${earlier.id}/series`)).status).toBe(200)
  expect((await vasquez.ask('PUT', path, { case: null })).status).toBe(204)
  expect(await priorOf(own.case)).toBeNull()

  const noted = await admin.get<{ items: object[] }>(`/projects/${own.project}/audit?act=set-prior`)
  expect(noted.items).toMatchObject([
    { case: { id: own.case }, detail: { prior: 'none', before: earlier.key } },
    { case: { id: own.case }, detail: { prior: earlier.key, days: 412, before: 'none' } },
  ])
})

it('the OpenAPI file lists every route, with its refusals', async () => {
  const spec = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as {
    openapi: string
    info: { description: string }
    paths: Record<
      string,
      Record<
        string,
        { summary?: string; responses: Record<string, { description?: string }>; requestBody?: unknown }
      >
    >
  }
  expect(spec.openapi).toBe('3.1.0')
  const described = Object.entries(spec.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  )
  expect(described.toSorted()).toEqual(routes().toSorted())
  for (const [route, policy] of Object.entries(POLICIES)) {
    const [method = '', path = ''] = route.split(' ')
    const operation = spec.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
    if (!operation) continue
    expect(operation.summary, route).toBeTruthy()
    if (policy !== 'anyone')
      expect(operation.responses.default, route).toMatchObject({ $ref: '#/components/responses/Refusal' })
  }
  expect(spec.info.description).toContain(
    '401 not-signed-in, 403 wrong-origin, 403 not-allowed, 404 not-found, 400 invalid-body',
  )
  expect(spec.paths['/imports/{id}/parts/{sha256}']?.put?.responses.default?.description).toContain(
    '409 wrong-offset',
  )
  // It is to be looked through, by people too.
  expect(JSON.stringify(spec).length).toBeLessThan(64_500)
})

it('the page about the interface is served whole from here', async () => {
  const page = await (await fetch(`${server.url}/api/docs`)).text()
  const files = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1] as string)
  expect(files).toHaveLength(3)
  for (const file of files) expect((await fetch(server.url + file)).status, file).toBe(200)
  expect(page).not.toMatch(/<script>|onload=|https?:/)
})

/** The past of a document over HTTP: its rows in columns, its film, and the names people gave to its moments. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { updatesIn } from '../../apps/collab-server/src/journal/pages.ts'
import type { NamedMoment, NamedMoments, Timeline } from '../../packages/contract/src/history.ts'
import type { Revision, Revisions } from '../../packages/contract/src/revisions.ts'
import { annotate, retire, setLabel, setReasoning } from '../../packages/crdt-schema/src/acts/all.ts'
import { readRoots } from '../../packages/crdt-schema/src/changes.ts'
import type { Client, TestServer } from '../support/server.ts'
import { openPage, until } from './page.ts'
import { box, openWard, type Ward } from './ward.ts'

let ward: Ward
let server: TestServer
let okafor: Client
let lindqvist: Client
let vasquez: Client
let name: string
let caseId: string

beforeAll(async () => {
  ward = await openWard({ LOG_LEVEL: 'silent' })
  ;({ server, okafor, lindqvist, vasquez } = ward)
})
afterAll(() => server?.close())
beforeEach(async () => {
  ;({ name, caseId } = await ward.newDocument())
})

const bytesAt = async (path: string): Promise<Uint8Array> =>
  new Uint8Array(await (await okafor.ask('GET', `/documents/${name}/${path}`)).arrayBuffer())

const contentOf = (ydoc: Y.Doc) => readRoots(ydoc)

async function at(seq: number): Promise<Y.Doc> {
  const ydoc = new Y.Doc()
  Y.applyUpdate(ydoc, await bytesAt(`at/${seq}`))
  return ydoc
}

/** Two people draw, say and take back; the case is decided and reopened. */
async function work(): Promise<void> {
  const a = await openPage(okafor, name)
  const b = await openPage(lindqvist, name)
  const first = annotate(a.doc, box)
  await a.saved()
  const second = annotate(b.doc, { ...box, label: '' })
  await b.saved()
  setReasoning(b.doc, second, 'spiculated')
  await b.saved()
  await vasquez.put(`/cases/${caseId}/phase`, { phase: 'decided' })
  await vasquez.put(`/cases/${caseId}/phase`, { phase: 'panel' })
  setLabel(a.doc, first, 'vessel')
  await a.saved()
  retire(b.doc, second, 'a vessel')
  await b.saved()
  a.close()
  b.close()
}

test('[R10] the film from any revision, applied row by row, is the document at every revision after it', async () => {
  await work()
  const { head } = await okafor.get<Timeline>(`/documents/${name}/timeline`)
  expect(head).toBeGreaterThanOrEqual(9)
  for (const from of [0, 1, 4, head - 1, head]) {
    const ydoc = await at(from)
    const updates = [...updatesIn([await bytesAt(`film/${from}`)])]
    expect(updates).toHaveLength(head - from)
    for (const [n, update] of updates.entries()) {
      if (update.byteLength > 0) Y.applyUpdate(ydoc, update)
      expect(contentOf(ydoc), `from ${from}, at ${from + n + 1}`).toEqual(contentOf(await at(from + n + 1)))
    }
  }
  expect((await okafor.ask('GET', `/documents/${name}/film/${head + 1}`)).status).toBe(404)
  expect((await okafor.ask('GET', `/documents/${name}/film/x`)).status).toBe(404)
})

test('[R11] the timeline says of every row what the list of revisions says', async () => {
  await work()
  const timeline = await okafor.get<Timeline>(`/documents/${name}/timeline?from=1`)
  const { items } = await okafor.get<Revisions>(`/documents/${name}/revisions?limit=500`)
  const listed = items.toReversed().slice(1)
  const CODES = { edit: 1, lease: 2, role: 3, phase: 4, name: 5, restore: 6, redact: 7 }
  expect(timeline.act).toEqual(listed.map(({ act }) => CODES[act]))
  let at = 0
  expect(timeline.at.map((step) => (at += step))).toEqual(listed.map((revision) => revision.at))
  expect(timeline.by.map((n) => timeline.writers[n])).toEqual(
    listed.map(({ author, role }) => ({ author, role, credential: expect.any(String) })),
  )
  expect(new Set(timeline.writers.map(({ author }) => author.name)).size).toBe(3)
  const touched = timeline.touched.map(([row, entry]) => [row, timeline.entries[entry]])
  expect(touched).toEqual(
    listed.flatMap(({ touched }, row) => touched.map(({ root, entry }) => [row, { root, id: entry }])),
  )
  expect(timeline).toMatchObject({ from: 1, next: null })
  expect((await okafor.ask('GET', `/documents/${name}/timeline?from=-1`)).status).toBe(400)
})

test('[R12] a name is a revision of the document, by whoever gave it; phases name themselves', async () => {
  await work()
  const named = await okafor.post<NamedMoment>(`/documents/${name}/names`, {
    seq: 3,
    title: ' Before panel ',
  })
  expect(named).toMatchObject({
    seq: 3,
    title: 'Before panel',
    writer: { author: { name: 'Dr A. Okafor' }, role: 'reader' },
  })
  const { items } = await lindqvist.get<NamedMoments>(`/documents/${name}/names`)
  expect(items.map(({ title, phase }) => [title, phase])).toEqual([
    ['Before panel', undefined],
    ['Decided', 'decided'],
    ['Panel', 'panel'],
  ])
  expect(items[0]).toEqual(named)
  const [newest] = (await okafor.get<Revisions>(`/documents/${name}/revisions?limit=1`)).items
  expect(newest).toMatchObject({
    seq: named.named,
    act: 'name',
    moment: 3,
    author: { name: 'Dr A. Okafor' },
    touched: [],
  })
  expect(await okafor.get(`/documents/${name}/chain`)).toMatchObject({ ok: true, rows: named.named })
  expect(contentOf(await at(named.named))).toEqual(contentOf(await at(named.named - 1)))
})

test('[R12] a page that is open hears of a name at once', async () => {
  const page = await openPage(lindqvist, name)
  await okafor.post(`/documents/${name}/names`, { seq: 1, title: 'Opened' })
  await until('word of it', () =>
    page.said.some(
      (said) =>
        said.t === 'journal' &&
        said.rows.some(({ revision }) => revision.act === 'name' && revision.moment === 1),
    ),
  )
  page.close()
})

test('[R13] who may only look names nothing, and what is not there yet has no name', async () => {
  await work()
  const ask = (person: Client, body: unknown) => person.ask('POST', `/documents/${name}/names`, body)
  const members = await vasquez.get<{ person: { id: string; name: string }; role: string }[]>(
    `/projects/${ward.projectId}/members`,
  )
  const solberg = members.find(({ person }) => /Solberg/.test(person.name))
  expect(solberg).toBeDefined()
  const admin = await server.admin()
  for (const role of ['observer', 'auditor', 'manager', 'adjudicator', 'observer'] as const) {
    await admin.put(`/projects/${ward.projectId}/members/${solberg?.person.id}`, { role })
    const { status } = await ask(ward.solberg, { seq: 1, title: role })
    expect([role, status]).toEqual([role, role === 'manager' || role === 'adjudicator' ? 201 : 403])
  }
  expect((await ask(admin, { seq: 1, title: 'x' })).status).toBe(403)
  for (const [body, field] of [
    [{ seq: 100_000, title: 'x' }, 'seq'],
    [{ seq: 0, title: 'x' }, 'seq'],
    [{ seq: 1, title: '  ' }, 'title'],
    [{ seq: 1, title: 'x'.repeat(81) }, 'title'],
  ] as const) {
    const answer = await ask(okafor, body)
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'invalid-body', field }])
  }
})

test('[R13] whoever is shown out, or loses their role, while they name a moment has named nothing', async () => {
  await work()
  const { audit } = server.running.services
  const me = await server.signIn('lindqvist')
  const projects = await me.get<{ id: string }[]>('/projects')
  const { person } = await me.get<{ person: { id: string } }>('/me')
  const admin = await server.admin()
  const member = `/projects/${projects[0]?.id}/members/${person.id}`
  const note = audit.note
  for (const [meanwhile, status] of [
    [() => admin.put(member, { role: 'observer' }), 403],
    [() => me.ask('DELETE', '/session'), 401],
  ] as const) {
    // Between the first look at what they may and the journal.
    Object.assign(audit, {
      note: async (noted: Parameters<typeof note>[0]) => {
        if (noted.act === 'named-revision') await meanwhile()
        await note(noted)
      },
    })
    const answer = await me.ask('POST', `/documents/${name}/names`, { seq: 1, title: 'mine' })
    Object.assign(audit, { note })
    expect(answer.status).toBe(status)
    await admin.put(member, { role: 'reader' })
  }
  expect((await okafor.get<NamedMoments>(`/documents/${name}/names`)).items).not.toContainEqual(
    expect.objectContaining({ title: 'mine' }),
  )
})

test('[R19] a number beyond any revision is answered like any other', async () => {
  await work()
  const { head } = await okafor.get<Revisions>(`/documents/${name}/revisions?limit=1`)
  for (const far of [head + 1, 2 ** 31, Number.MAX_SAFE_INTEGER]) {
    const { items } = await okafor.get<Revisions>(`/documents/${name}/revisions?before=${far}`)
    expect(items[0]?.seq).toBe(head)
    expect(await okafor.get<Timeline>(`/documents/${name}/timeline?from=${far}`)).toMatchObject({
      at: [],
      next: null,
    })
    expect(await vasquez.get(`/documents/${name}/journal?from=${far}`)).toEqual({ items: [] })
    for (const path of [`at/${far}`, `film/${far}`, `compare/1/${far}`, `proof/${far}`])
      expect([path, (await vasquez.ask('GET', `/documents/${name}/${path}`)).status]).not.toEqual([path, 500])
    for (const body of [
      { path: 'names', seq: far, title: 'x' },
      { path: 'restore', to: far },
    ])
      expect((await vasquez.ask('POST', `/documents/${name}/${body.path}`, body)).status).toBe(400)
  }
})

test('[R17] [R18] over HTTP: filters, and a moment by its time', async () => {
  await work()
  const list = async (search: string) =>
    (await okafor.get<Revisions>(`/documents/${name}/revisions?${search}`)).items.map(({ seq }) => seq)
  const { items } = await okafor.get<Revisions>(`/documents/${name}/revisions?limit=500`)
  const numbers = (which: (revision: Revision) => boolean) => items.filter(which).map(({ seq }) => seq)
  const me = items.find(({ author }) => author.name === 'Dr A. Okafor')?.author.id ?? ''
  const [entry = ''] = items.flatMap(({ touched }) => touched.map((one) => one.entry))
  expect(await list(`author=${me}`)).toEqual(numbers(({ author }) => author.id === me))
  expect(await list(`entry=${entry}`)).toEqual(
    numbers(({ touched }) => touched.some((one) => one.entry === entry)),
  )
  expect(await list('kind=phase')).toEqual(numbers(({ act }) => act === 'phase'))
  expect(await list('label=solid-nodule')).toEqual(await list('label=vessel'))
  expect((await list('label=vessel')).length).toBe(2)
  expect(await list('label=nothing')).toEqual([])
  const middle = items[4]
  const time = middle?.at ?? 0
  expect(await list(`to=${time}`)).toEqual(numbers(({ at }) => at <= time))
  expect(await list(`from=${new Date(time).toISOString()}`)).toEqual(numbers(({ at }) => at >= time))
  expect((await okafor.ask('GET', `/documents/${name}/revisions?from=yesterday`)).status).toBe(400)

  const answer = await okafor.ask('GET', `/documents/${name}/at?time=${time}&as=json`)
  const seq = Number(answer.headers.get('consilium-revision'))
  expect(seq).toBe(numbers(({ at }) => at <= time)[0])
  expect(await answer.json()).toEqual(
    await (await okafor.ask('GET', `/documents/${name}/at/${seq}?as=json`)).json(),
  )
  expect((await okafor.ask('GET', `/documents/${name}/at`)).status).toBe(400)
})

test('[R10] [R11] what does not change is kept by whoever asked, and travels small', async () => {
  const { journal } = server.running.services
  const page = await openPage(okafor, name)
  annotate(page.doc, box)
  await page.saved()
  page.close()
  const book = await journal.open(name)
  const phase = { phase: 'panel', by: null } as const
  await Promise.all(Array.from({ length: 5_000 }, () => journal.recordPhase(name, phase)))
  for (const [path, kept] of [
    // It shows words that may have been taken out since.
    ['film/0', 'private, no-cache'],
    // It names people: whoever was forgotten meanwhile is not shown again.
    ['timeline?from=0', 'private, no-cache'],
  ] as const) {
    const address = `${server.url}/api/documents/${name}/${path}`
    const get = (headers: Record<string, string>) =>
      fetch(address, { headers: { ...okafor.headers(), ...headers } })
    const first = await get({ 'accept-encoding': 'gzip' })
    expect([path, first.status, first.headers.get('content-encoding')]).toEqual([path, 200, 'gzip'])
    expect(first.headers.get('cache-control')).toBe(kept)
    const etag = first.headers.get('etag') ?? ''
    const again = await get({ 'accept-encoding': 'gzip', 'if-none-match': etag })
    expect([path, again.status, await again.text()]).toEqual([path, 304, ''])
  }
  const { head } = book
  for (const path of [`film/${head.seq - 1}`, `timeline?from=${head.seq - 1}`]) {
    const newest = await okafor.ask('GET', `/documents/${name}/${path}`)
    expect([path, newest.headers.get('cache-control')]).toEqual([path, 'no-store'])
  }
})

/**
 * The server process is killed (SIGKILL: no warning, no last words) while ten people edit, again and again on one data folder.
 * What a page was told is saved must be there after the restart, once; and the chain of hashes must verify.
 * A page counts a change as saved when it is told so, clock by clock, or when nothing of it is unacknowledged.
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { ChainReport, Revision, Revisions } from '../../packages/contract/src/revisions.ts'
import { annotate, comment, openThread, setReasoning } from '../../packages/crdt-schema/src/acts/all.ts'
import { readRoots } from '../../packages/crdt-schema/src/changes.ts'
import {
  Client,
  type ServerProcess,
  startServerProcess,
  startTestServer,
  temporaryFolder,
} from '../support/server.ts'
import { openPage, type Page, until } from '../wire/page.ts'

const ROUNDS = 20
const CLIENTS = 10
/** Ours alone, so that pages find the server again after its restart. */
const PORT = 4541
const LOGINS = ['okafor', 'lindqvist', 'vasquez'] as const

const folder = temporaryFolder()
const data = join(folder.path, 'data')
let server: ServerProcess | null = null
let document: string

beforeAll(async () => {
  const first = await startTestServer({ data, demo: true })
  const [project] = await first.running.services.projects.list()
  document = `panel:${(await first.running.services.projects.addCase(project?.id ?? '')).id}`
  await first.close()
})
afterAll(async () => {
  await server?.kill('SIGTERM')
  folder.remove()
})

/** What one scripted person did, and what they were told of it. */
class Editor {
  readonly page: Page
  readonly thread: string
  /** Entries made here, and the clock of this page after each. */
  readonly made = new Map<string, number>()
  /** What was written of one entry, in order, and the clock after each. */
  readonly words: { readonly text: string; readonly clock: number }[] = []
  /** Everything below this clock was said to be saved. */
  saved = 0
  #heard = 0
  #described: string | null = null

  constructor(page: Page, thread: string) {
    this.page = page
    this.thread = thread
  }

  act(n: number): void {
    const { doc } = this.page
    if (n % 3 === 0 || this.#described === null) {
      const id = annotate(doc, {
        kind: 'keypoint',
        label: 'other',
        source: { series: 'series0000000001', frame: 0, normal: [0, 0, 1] },
        points: [[n % 100, 1, 2]],
      })
      this.made.set(id, this.#clock())
      this.#described ??= id
    } else if (n % 3 === 1) this.made.set(comment(doc, this.thread, `number ${n}`), this.#clock())
    else {
      const text = `${this.page.client} ${this.words.length}`
      setReasoning(doc, this.#described, text)
      this.words.push({ text, clock: this.#clock() })
    }
  }

  get described(): string | null {
    return this.#described
  }

  get wordsSaved(): number {
    return this.words.filter(({ clock }) => clock <= this.saved).length
  }

  /** Takes note of everything that was said to be saved until now. */
  listen(): void {
    for (const message of this.page.said.slice(this.#heard))
      if (message.t === 'saved' && message.client === this.page.client)
        this.saved = Math.max(this.saved, message.clock + message.len)
    this.#heard = this.page.said.length
    if (this.page.provider.synced && this.page.provider.unsyncedChanges === 0) this.saved = this.#clock()
  }

  #clock(): number {
    return Y.getState(this.page.doc.store, this.page.client ?? 0)
  }
}

const start = (): Promise<ServerProcess> => startServerProcess({ data, demo: true, port: PORT })

async function everyRevision(person: Client): Promise<Revision[]> {
  const all: Revision[] = []
  for (let before = ''; ; ) {
    const { items, next } = await person.get<Revisions>(`/documents/${document}/revisions?limit=500${before}`)
    all.push(...items)
    if (next === null) return all
    before = `&before=${next}`
  }
}

test(`[J5] killed ${ROUNDS} times while ${CLIENTS} people edit: every acknowledged change is there once, and the chain verifies`, async () => {
  server = await start()
  const people = await Promise.all(
    LOGINS.map(async (login) => {
      const person = new Client(server?.url ?? '')
      await person.signIn(login)
      return person
    }),
  )
  const [witness] = people as [Client]
  const editors: Editor[] = []
  for (let n = 0; n < CLIENTS; n++) {
    const page = await openPage(people[n % people.length] as Client, document)
    const thread = openThread(page.doc, {
      about: 'comment',
      anchor: { series: 's', frame: 0, point: [0, 0, 0], annotation: null },
      reason: '',
      text: 'notes',
    })
    await page.saved()
    editors.push(new Editor(page, thread))
  }

  let done = 0
  for (let round = 0; round < ROUNDS; round++) {
    let running = true
    const working = editors.map(async (editor, n) => {
      while (running) {
        editor.act(done++)
        editor.listen()
        await sleep(4 + ((n * 7) % 13))
      }
    })
    // A different moment each time, while some pages are still coming back and others were told of their first rows.
    const before = editors.map((editor) => editor.saved)
    await until('somebody to be told', () => editors.some((editor, n) => editor.saved > (before[n] ?? 0)))
    await sleep(20 + ((round * 97) % 500))
    await server.kill('SIGKILL')
    running = false
    await Promise.all(working)
    // Nobody may send anything again before the record was looked at.
    for (const editor of editors) {
      editor.listen()
      editor.page.disconnect()
    }

    server = await start()
    const { head } = await witness.get<Revisions>(`/documents/${document}/revisions?limit=1`)
    const stored = new Y.Doc()
    Y.applyUpdate(
      stored,
      new Uint8Array(await (await witness.ask('GET', `/documents/${document}/at/${head}`)).arrayBuffer()),
    )
    const { annotations, threads, comments } = readRoots(stored)
    const present = new Set([...annotations.keys(), ...threads.keys(), ...comments.keys()])
    for (const editor of editors) {
      for (const [id, clock] of editor.made)
        if (clock <= editor.saved)
          expect(present.has(id), `round ${round}: ${id} was said to be saved`).toBe(true)
      if (editor.described === null || editor.wordsSaved === 0) continue
      const words = annotations.get(editor.described)?.reasoning ?? ''
      const at = editor.words.findIndex(({ text }) => text === words)
      expect(at, `round ${round}: ${words}`).toBeGreaterThanOrEqual(editor.wordsSaved - 1)
    }
    expect(await witness.get<ChainReport>(`/documents/${document}/chain`)).toMatchObject({
      ok: true,
      fault: null,
    })
    for (const editor of editors) editor.page.connect()
  }

  // What was not acknowledged was kept by its page and sent again: now all of it is there, each once.
  for (const editor of editors) await editor.page.saved()
  const revisions = await everyRevision(witness)
  expect(revisions.map(({ seq }) => seq)).toEqual(revisions.map((_, n) => revisions.length - n))
  const created = revisions.flatMap(({ touched }) =>
    touched.filter(({ op }) => op === 'create').map(({ entry }) => entry),
  )
  expect(new Set(created).size).toBe(created.length)
  for (const editor of editors) for (const id of editor.made.keys()) expect(created).toContain(id)
  expect(editors.flatMap((editor) => editor.page.refusals)).toEqual([])
  const last = await openPage(witness, document)
  const plain = JSON.stringify(last.doc.getMap('annotations').toJSON())
  for (const editor of editors)
    await until(
      'all pages to agree',
      () =>
        JSON.stringify(sorted(editor.page.doc.getMap('annotations').toJSON())) ===
        JSON.stringify(sorted(JSON.parse(plain))),
    )
  last.close()
  for (const editor of editors) editor.page.close()
}, 900_000)

/** Keys in order: Yjs keeps them in order of arrival. */
const sorted = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, sorted(inner)]),
      )
    : value

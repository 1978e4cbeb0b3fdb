/**
 * A scripted person at a page, and their ledger: what they did, in clocks of their own clientID, and how much of it they were told is
 * saved. Told means what the product's own page takes for it: a `saved` or `journal` message about rows of theirs, or nothing
 * unacknowledged while the page is in sync.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import * as Y from 'yjs'
import type { ServerMessage } from '../../packages/contract/src/live.ts'
import { annotate, comment, moveVertices, openThread } from '../../packages/crdt-schema/src/acts/all.ts'
import { readEntry } from '../../packages/crdt-schema/src/changes.ts'
import type { Client } from '../support/server.ts'
import { openPage, type Page, until } from '../wire/page.ts'
import type { Random } from './fault.ts'
import type { Ledger } from './ledger.ts'

export class Editor implements Ledger {
  readonly page: Page
  readonly acts: { until: number; what: string }[] = []
  readonly confirmed: { seq: number; hash: string }[] = []
  acknowledged = 0
  /** performance.now() whenever `acknowledged` grew. */
  readonly toldAt: number[] = []
  readonly #thread: string
  #shape: string | null = null
  /** Of whomever. */
  #newest: { seq: number; hash: string } | null = null

  constructor(page: Page, thread: string) {
    this.page = page
    this.#thread = thread
    behaveLikeOurs(page, () => this.#newest)
    page.provider.on('stateless', () => this.#listen())
    page.provider.on('unsyncedChanges', () => this.#listen())
    this.#note('open a thread')
    this.#listen()
  }

  get client(): number {
    return this.page.client as number
  }

  get clock(): number {
    return Y.getState(this.page.doc.store, this.client)
  }

  /** Makes a shape, moves their newest one, or writes a comment. */
  act(random: Random): void {
    const { doc } = this.page
    const n = this.acts.length
    const what = this.#shape === null ? 'annotate' : random.pick(['annotate', 'move', 'move', 'comment'])
    if (what === 'annotate') return this.annotate('series0000000001')
    if (what === 'move') {
      const shape = this.#shape as string
      const [vertex] = readEntry(doc, 'annotations', shape)?.vertices ?? []
      if (vertex) moveVertices(doc, shape, [{ key: vertex.key, at: [n, n % 100, 2] }])
    } else comment(doc, this.#thread, `number ${n}`)
    this.#note(what)
  }

  annotate(series: string): void {
    this.#shape = annotate(this.page.doc, {
      kind: 'keypoint',
      label: 'solid-nodule',
      source: { series, frame: 0, normal: [0, 0, 1] },
      points: [[this.acts.length, 1, 2]],
    })
    this.#note('annotate')
  }

  #note(what: string): void {
    this.acts.push({ until: this.clock, what })
  }

  #listen(): void {
    const { said, provider } = this.page
    let told = this.acknowledged
    for (const message of said)
      for (const { client, clock, len, seq, hash } of rowsIn(message)) {
        if (seq > (this.#newest?.seq ?? 0)) this.#newest = { seq, hash }
        if (client !== this.client) continue
        this.confirmed.push({ seq, hash })
        told = Math.max(told, clock + len)
      }
    // Rows that were read are let go: twenty pages that edit for minutes hear of millions, and none of them is looked at again.
    said.splice(0, said.length, ...said.filter((message) => message.t !== 'saved' && message.t !== 'journal'))
    if (provider.synced && provider.unsyncedChanges === 0) told = this.clock
    if (told === this.acknowledged) return
    this.acknowledged = told
    this.toldAt.push(performance.now())
  }
}

/**
 * The product's page says which row it was last told of, and sends nothing while its socket is closed: the stock socket keeps what was
 * made offline and sends it after the handshake, which carried it already; so it is acknowledged twice, and "saved" comes too early.
 */
function behaveLikeOurs(
  { client, provider }: Page,
  newest: () => { seq: number; hash: string } | null,
): void {
  const { configuration } = provider
  configuration.token = () => JSON.stringify({ client, seen: newest() ?? undefined })
  const socket = configuration.websocketProvider
  const send = socket.send.bind(socket)
  socket.send = (message) => {
    if (socket.webSocket?.readyState === WebSocket.OPEN) send(message)
  }
}

function rowsIn(message: ServerMessage) {
  if (message.t === 'saved') return [message]
  if (message.t !== 'journal') return []
  return message.rows.map(({ revision: { seq, hash }, ...range }) => ({ ...range, seq, hash }))
}

const isConnected = ({ provider }: Page): boolean =>
  provider.configuration.websocketProvider.status === 'connected'

/** People at their pages in one document, all of them working until they are told to stop. */
export class Editors {
  readonly all: readonly Editor[]
  #working: Promise<void>[] = []
  #stop = false

  private constructor(all: readonly Editor[]) {
    this.all = all
  }

  static async open(people: readonly Client[], document: string, count: number): Promise<Editors> {
    const all: Editor[] = []
    for (let n = 0; n < count; n++) {
      const page = await openPage(people[n % people.length] as Client, document)
      const thread = openThread(page.doc, {
        about: 'comment',
        anchor: { series: 'series0000000001', frame: 0, point: [0, 0, 0], annotation: null },
        reason: '',
        text: 'notes',
      })
      all.push(new Editor(page, thread))
    }
    const editors = new Editors(all)
    await editors.saved()
    return editors
  }

  /** The others. */
  without(editor: Editor): Editors {
    return new Editors(this.all.filter((other) => other !== editor))
  }

  /** Everybody acts every 20 to 60 ms, connected or not. */
  work(random: Random): void {
    this.#stop = false
    this.#working = this.all.map(async (editor) => {
      while (!this.#stop) {
        editor.act(random)
        await sleep(random.between(20, 60))
      }
    })
  }

  async rest(): Promise<void> {
    this.#stop = true
    await Promise.all(this.#working)
  }

  get acknowledged(): number {
    return this.all.reduce(
      (sum, { acts, acknowledged }) => sum + acts.filter(({ until }) => until <= acknowledged).length,
      0,
    )
  }

  get acts(): number {
    return this.all.reduce((sum, { acts }) => sum + acts.length, 0)
  }

  /** When the first of them was told of something after `moment`; null while nobody was. */
  firstToldAfter(moment: number): number | null {
    const times = this.all.flatMap(({ toldAt }) => toldAt.filter((at) => at > moment))
    return times.length > 0 ? Math.min(...times) : null
  }

  /** Resolves when whatever had arrived was read. */
  async disconnect(): Promise<void> {
    // What the killed server had sent is still in our own socket: the socket closes behind it.
    await until('the sockets to close', () => this.all.every(({ page }) => !isConnected(page)))
    for (const { page } of this.all) page.disconnect()
  }

  connect(): void {
    for (const { page } of this.all) page.connect()
  }

  /** Everybody was told that all they did is saved. */
  async saved(): Promise<void> {
    for (const editor of this.all)
      await until('', () => editor.acknowledged >= editor.clock).catch(() => {
        const { page, client, clock, acknowledged } = editor
        throw new Error(
          `${client} made ${clock} clocks and waits in vain for more than ${acknowledged} to be acknowledged; told ${[...page.reasons, ...page.refusals]}`,
        )
      })
  }

  close(): void {
    for (const { page } of this.all) page.close()
  }
}

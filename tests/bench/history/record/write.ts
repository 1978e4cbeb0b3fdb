/**
 * A long record, written as the server writes it but without sockets: what people do goes through the gate, into the journal, and from
 * there into the document; snapshots are made where an open document would have them made.
 */
import { performance } from 'node:perf_hooks'
import { Refusal } from '@consilium/contract/refusals'
import { panelOf, ROOTS } from '@consilium/crdt-schema/documents'
import * as Y from 'yjs'
import type { Book, CommittedRow, Lease } from '../../../../apps/collab-server/src/journal/book.ts'
import { applyRecorded } from '../../../../apps/collab-server/src/journal/replay.ts'
import { isDue } from '../../../../apps/collab-server/src/journal/snapshots.ts'
import { examine, type Gated, type Writer } from '../../../../apps/collab-server/src/room/admit.ts'
import { decode } from '../../../../apps/collab-server/src/room/decode.ts'
import type { Services } from '../../../../apps/collab-server/src/services.ts'
import { type Canvas, People, type Plan } from './people.ts'

/** The adjudicator may change what others made. */
const LOGIN = 'vasquez'
const PAGES = 20
/** Rows that are on their way to the database at once. */
const IN_FLIGHT = 4_000
const TELL_EVERY = 100_000

export interface Written {
  readonly document: string
  readonly head: number
  readonly annotations: People['annotations']
  readonly seconds: number
}

export async function write(
  { journal, people, memberships, projects }: Services,
  caseId: string,
  plan: Plan,
  canvas: Canvas,
  tell: (progress: string) => void,
): Promise<Written> {
  const begun = performance.now()
  const found = await projects.caseById(caseId)
  const person = await people.byLogin(LOGIN)
  const role = person && found && (await memberships.roleIn(found.projectId, person.id))
  if (!found || !person || !role) throw new Error('nobody to write as')
  const { id, handle, name, initials, credential } = person
  const book = await journal.open(panelOf(caseId))
  const holder = { person: id, id: handle, name, initials, credential, role, session: 'benchmark' }
  const leases = await journal.lease(book, holder, PAGES)
  const labels = new Set((await projects.labelsOf(found.projectId)).map(({ key }) => key))
  const gated: Gated = {
    ydoc: await read(journal, book),
    book,
    phase: () => found.phase,
    labels: () => labels,
    inFlight: new Map(),
  }
  const crowd = new People(plan, canvas)
  const writerOf = ({ client }: Lease): Writer => ({
    person: id,
    client,
    role: () => role,
    valid: () => true,
    bind: () => Promise.reject(new Refusal('foreign-authorship')),
  })
  const writers = leases.map(writerOf)
  const keeper = new Keeper(journal, book)
  const waiting: Promise<CommittedRow>[] = []
  for (let n = 0; n < plan.rows; n++) {
    const writer = writers[n % PAGES] as Writer
    const update = crowd.act(writer.client ?? 0, n)
    const draft = examine(gated, writer, decode([{ bytes: update, said: Date.now() }]))
    if (!draft) throw new Error('an act that adds nothing')
    Y.applyUpdate(gated.ydoc, draft.bytes)
    const row = journal.append(book, draft)
    waiting.push(row)
    await keeper.grown(row, draft.bytes.byteLength)
    if (waiting.length > IN_FLIGHT) await Promise.all(waiting.splice(0, IN_FLIGHT / 2))
    if (n % TELL_EVERY === 0) tell(`${n} of ${plan.rows} rows`)
  }
  await Promise.all(waiting)
  await keeper.idle
  return {
    document: book.name,
    head: book.head.seq,
    annotations: crowd.annotations,
    seconds: (performance.now() - begun) / 1_000,
  }
}

/** Makes snapshots at the rows at which an open document would, however fast the rows come. */
class Keeper {
  readonly #journal: Services['journal']
  readonly #book: Book
  #stateBytes = 0
  #tailBytes = 0
  /** Resolves when the last one is kept. */
  idle: Promise<void> = Promise.resolve()

  constructor(journal: Services['journal'], book: Book) {
    this.#journal = journal
    this.#book = book
  }

  async grown(row: Promise<CommittedRow>, bytes: number): Promise<void> {
    this.#tailBytes += bytes
    if (!isDue(this.#tailBytes, this.#stateBytes)) return
    // Whether it is due depends on how large the one before became.
    await this.idle
    if (!isDue(this.#tailBytes, this.#stateBytes)) return
    this.#tailBytes = 0
    this.idle = this.#make(row)
  }

  async #make(row: Promise<CommittedRow>): Promise<void> {
    const { seq } = await row
    const made = await this.#journal.moment(this.#book.doc, seq, 'snapshot')
    await this.#journal.keepSnapshot(this.#book.doc, seq, made)
    this.#stateBytes = made.size.bytes
  }
}

async function read(journal: Services['journal'], book: Book): Promise<Y.Doc> {
  const ydoc = new Y.Doc()
  for (const root of ROOTS) ydoc.getMap(root)
  await applyRecorded(ydoc, await journal.recorded(book.doc))
  return ydoc
}

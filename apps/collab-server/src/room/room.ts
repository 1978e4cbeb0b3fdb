/**
 * The live channel: who may open which document, and what happens to those who have one open when something about them changes.
 * It holds the documents that are open and the sockets; everything lasting is in the journal.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ServerMessage } from '@consilium/contract/live'
import type { Person } from '@consilium/contract/people'
import { Refusal } from '@consilium/contract/refusals'
import { panelOf, parseDocumentName } from '@consilium/crdt-schema/documents'
import { may, type Role } from '@consilium/crdt-schema/roles'
import type { Document } from '@hocuspocus/server'
import type { Book, CommittedRow } from '../journal/book.ts'
import type { Holder } from '../journal/leases.ts'
import { publicPerson } from '../people/accounts.ts'
import type { MembershipChange } from '../people/memberships.ts'
import type { Who } from '../people/whoIs.ts'
import { revisionOf } from '../revisions/revision.ts'
import type { Services } from '../services.ts'
import { Courier } from './courier.ts'
import { createHocuspocus, type Guest, type Place, refuse } from './hocuspocus.ts'
import { CLOSE, createIngress, type Seat } from './ingress.ts'
import { LiveDocument } from './live.ts'

export interface Room {
  /** A WebSocket wants to be opened; address and origin were checked. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>
  /** Who has the case's shared document open now. */
  here(caseId: string): Person[]
  close(): Promise<void>
}

export type RoomParts = Pick<Services, 'log' | 'journal' | 'sessions' | 'memberships' | 'projects' | 'whoIs'>

export function createRoom({ log, journal, sessions, memberships, projects, whoIs }: RoomParts): Room {
  const lives = new Map<string, LiveDocument>()
  const parts = { journal, log, courier: new Courier() }
  const roles = new Roles(memberships.roleIn)
  const hocuspocus = createHocuspocus(
    {
      enter,
      load,
      live: (name) => lives.get(name) ?? null,
      forget(name) {
        const live = lives.get(name)
        lives.delete(name)
        live?.detach()
        live?.put()
      },
    },
    journal.append,
    log,
  )
  const ingress = createIngress(
    whoIs,
    (face, request, seat) => hocuspocus.handleConnection(face, request, { seat }),
    log,
  )
  const stops = [sessions.onEnded(ingress.end), memberships.onChange(roleChanged)]
  /** Changes of roles on their way into the journals, one after the other. */
  let recording: Promise<void> = Promise.resolve()

  /** Whoever may not see it learns nothing, not even that it exists. */
  async function enter(name: string, seat: Seat, client: number | null): Promise<Guest> {
    const parsed = parseDocumentName(name)
    const found = parsed?.space === 'panel' ? await projects.caseById(parsed.caseId) : null
    if (!found) throw new Refusal('not-found')
    const personId = seat.who.person.id
    const role = () => roles.of(found.projectId, personId)
    // An administrator may look without being a member; what they write is judged by their role, which is none.
    const maySee = () => may(role(), 'see') || seat.who.person.admin
    await roles.learn(found.projectId, personId)
    if (!maySee()) throw new Refusal('not-found')
    const book = await journal.open(name)
    if (client !== null && book.leases.byClient.get(client)?.person !== personId)
      throw new Refusal('foreign-authorship')
    if (!seat.valid) throw new Refusal('not-signed-in')
    if (!maySee()) throw new Refusal('not-found')
    const bind = () => Promise.reject(new Refusal('foreign-authorship'))
    return { writer: { person: personId, client, role, valid: () => seat.valid, bind }, maySee }
  }

  async function load(document: Document, name: string): Promise<void> {
    const parsed = parseDocumentName(name)
    const found = parsed && (await projects.caseById(parsed.caseId))
    if (!found) throw new Error('a document without a case was let in')
    const book = await journal.open(name)
    const labels = new Set((await projects.labelsOf(found.projectId)).map(({ key }) => key))
    const subject = {
      caseId: found.id,
      projectId: found.projectId,
      phase: () => found.phase,
      labels: () => labels,
    }
    const live = new LiveDocument(document, book, subject, parts, {
      row: (row) => announce(document, book, row),
      lost: () => closeDocument(document),
    })
    try {
      await live.load()
    } catch (error) {
      live.detach()
      throw error
    }
    lives.set(name, live)
  }

  /** After Hocuspocus has sent the change itself (it does so at the end of this turn). */
  function announce(document: Document, book: Book, row: CommittedRow): void {
    const lease = book.leases.byId.get(row.lease)
    const by = row.origin as Holder | undefined
    const who =
      lease ??
      (by
        ? { person: by.person, identity: by, session: by.session }
        : { person: 0, identity: null, session: '' })
    const message: ServerMessage = {
      t: 'journal',
      rows: [
        {
          revision: revisionOf({
            ...row,
            person: who.person,
            identity: who.identity,
            session: who.session,
            byteLength: row.bytes.byteLength,
            touched: row.touched,
          }),
          client: row.client,
          clock: row.clock,
          len: row.len,
        },
      ],
    }
    const text = JSON.stringify(message)
    setImmediate(() => {
      if (!document.isDestroyed) document.broadcastStateless(text)
    })
  }

  const placeOf = (connection: { readonly context: unknown }): Place => connection.context as Place

  const isOf = (connection: { readonly context: unknown }, personId: number): boolean => {
    const { person } = placeOf(connection).seat.who
    return person.id === personId && !person.admin
  }

  /** What is in memory is no longer the truth: everybody comes back and it is read again. */
  function closeDocument(document: Document): void {
    for (const connection of document.getConnections())
      placeOf(connection).seat.close(CLOSE.tryAgain, 'the document is read again')
  }

  function roleChanged({ projectId, personId, role, by }: MembershipChange): void {
    roles.change(projectId, personId, role)
    if (!may(role, 'see')) {
      for (const live of lives.values()) {
        if (live.projectId !== projectId) continue
        for (const connection of (live.ydoc as Document).getConnections())
          if (isOf(connection, personId)) refuse(connection, new Refusal('not-a-member'))
      }
    }
    recording = recording
      .then(() => recordRole(projectId, personId, role, by))
      .catch((error: unknown) => log.error({ err: error }, 'a change of role is missing in the journal'))
  }

  /** In the journal of every document of the project, so that the role at each row can be checked without the table of members. */
  async function recordRole(
    projectId: string,
    person: number,
    role: Role | null,
    by: Who | null,
  ): Promise<void> {
    const holder = by && holderOf(by, await memberships.roleIn(projectId, by.person.id))
    for (const { id } of await projects.casesOf(projectId))
      await journal.recordRole(panelOf(id), { person, role, by: holder })
  }

  return {
    handleUpgrade: ingress.handleUpgrade,
    here: (caseId) => (lives.get(panelOf(caseId))?.attendance.people() ?? []).map(publicPerson),
    async close() {
      for (const stop of stops) stop()
      ingress.close()
      hocuspocus.closeConnections()
      await recording
      await Promise.allSettled([...lives.values()].flatMap((live) => [...live.inFlight.values()]))
      for (const live of lives.values()) live.detach()
      lives.clear()
    },
  }
}

const holderOf = ({ person, session }: Who, role: Role | null): Holder => ({
  person: person.id,
  id: person.handle,
  name: person.name,
  initials: person.initials,
  credential: person.credential,
  role,
  session: session.handle,
})

/** Roles as last heard, so that the gate can ask without waiting. A change always wins over an answer that was read before it. */
class Roles {
  readonly #known = new Map<string, Role | null>()
  readonly #read: (projectId: string, personId: number) => Promise<Role | null>
  #changes = 0

  constructor(read: (projectId: string, personId: number) => Promise<Role | null>) {
    this.#read = read
  }

  async learn(projectId: string, personId: number): Promise<void> {
    for (;;) {
      const before = this.#changes
      const role = await this.#read(projectId, personId)
      if (before !== this.#changes) continue
      this.#known.set(`${projectId} ${personId}`, role)
      return
    }
  }

  of(projectId: string, personId: number): Role | null {
    return this.#known.get(`${projectId} ${personId}`) ?? null
  }

  change(projectId: string, personId: number, role: Role | null): void {
    this.#changes++
    this.#known.set(`${projectId} ${personId}`, role)
  }
}

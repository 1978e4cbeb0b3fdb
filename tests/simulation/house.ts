/**
 * The server of a simulated world: the real room (sockets' frames, documents, gate, fan-out) with a journal in memory, and the people,
 * sessions and cases it asks about. It can be killed at any moment; what is on the disk is there at the next start, nothing else.
 * Of real parts only two are left out: the handshake of HTTP, and PostgreSQL.
 */
import { Refusal } from '@consilium/contract/refusals'
import { panelOf } from '@consilium/crdt-schema/documents'
import type { Phase } from '@consilium/crdt-schema/policy'
import { may, type Role } from '@consilium/crdt-schema/roles'
import { WebSocketServer } from 'ws'
import type { Holder } from '../../apps/collab-server/src/journal/leases.ts'
import type { Log } from '../../apps/collab-server/src/log.ts'
import { notice } from '../../apps/collab-server/src/notice.ts'
import type { PersonRecord } from '../../apps/collab-server/src/people/accounts.ts'
import type { MembershipChange } from '../../apps/collab-server/src/people/memberships.ts'
import type { Ended } from '../../apps/collab-server/src/people/sessions.ts'
import type { Who } from '../../apps/collab-server/src/people/whoIs.ts'
import type { PhaseChange } from '../../apps/collab-server/src/projects/projects.ts'
import { createRoom, type Room, type RoomParts } from '../../apps/collab-server/src/room/room.ts'
import type { Random } from '../faults/fault.ts'
import { Disk } from './disk.ts'
import { LABELS } from './hand.ts'
import { type Health, MemoryJournal } from './journal.ts'
import type { ServerSocket } from './network.ts'
import type { Time } from './time.ts'

const CASE = 'case0001'
const PROJECT = 'project01'
export const DOCUMENT = panelOf(CASE)

export interface Session {
  readonly person: PersonRecord
  readonly handle: string
  ended: boolean
}

/** What changes are judged by, from a moment on. */
export interface Standing {
  readonly at: number
  readonly roles: ReadonlyMap<number, Role | null>
  readonly phase: Phase
}

/** Said by the log as an error, and part of what is being forced; as is whatever cannot be written just now. */
const EXPECTED = new Set(['a document must be read again from the journal'])

export class House {
  readonly disk = new Disk(DOCUMENT)
  readonly health: Health = { commit: 20, away: false, lostAnswers: 20 }
  /** Errors in the log, and alarms: none is expected. */
  readonly complaints: string[] = []
  /** All that changes were ever judged by, in order. */
  readonly standings: Standing[]
  /** What each row was judged by, by its bytes. */
  readonly judgedBy = new WeakMap<Uint8Array, Standing>()
  readonly #time: Time
  readonly #random: Random
  #life: Life | null = null
  #sessions = 0

  constructor(time: Time, random: Random, roles: ReadonlyMap<number, Role | null>) {
    this.#time = time
    this.#random = random
    this.standings = [{ at: 0, roles, phase: 'panel' }]
    this.start()
  }

  get standing(): Standing {
    return this.standings.at(-1) as Standing
  }

  get isUp(): boolean {
    return this.#life !== null
  }

  get journal(): MemoryJournal | null {
    return this.#life?.journal ?? null
  }

  start(): void {
    this.#life = new Life(this, this.#time, this.#random)
  }

  /** Without warning and without last words. */
  kill(): void {
    this.#life?.end()
    this.#life = null
  }

  signIn(person: PersonRecord): Session {
    return { person, handle: `session${++this.#sessions}`, ended: false }
  }

  /** Rejects where the server is not there or does not let it in. */
  async accept(socket: ServerSocket, session: Session): Promise<void> {
    if (!this.#life) throw new TypeError('connection refused')
    await this.#life.accept(socket, session)
  }

  async lease(session: Session, count: number): Promise<readonly number[]> {
    const life = this.#asked(session)
    const { person } = session
    if (!may(this.#roleOf(person), 'see')) throw new Refusal('not-found')
    const holder = {
      person: person.id,
      id: person.handle,
      name: person.name,
      initials: person.initials,
      credential: person.credential,
      role: this.#roleOf(person),
      session: session.handle,
    }
    return life.lease(holder, count)
  }

  async whoAmI(session: Session): Promise<void> {
    this.#asked(session)
  }

  endSession(session: Session): void {
    session.ended = true
    void this.#life?.ended.tell({ handle: session.handle } as Ended)
  }

  setRole(person: PersonRecord, role: Role | null): void {
    const roles = new Map(this.standing.roles).set(person.id, role)
    this.standings.push({ ...this.standing, at: this.#time.now, roles })
    void this.#life?.roles.tell({ projectId: PROJECT, personId: person.id, role, by: null })
  }

  setPhase(phase: Phase, by: Session): void {
    this.standings.push({ ...this.standing, at: this.#time.now, phase })
    void this.#life?.phases.tell({ caseId: CASE, phase, by: whoOf(by) } as PhaseChange)
  }

  #roleOf({ id }: PersonRecord): Role | null {
    return this.standing.roles.get(id) ?? null
  }

  #asked(session: Session): Life {
    if (!this.#life) throw new TypeError('connection refused')
    if (session.ended) throw new Refusal('not-signed-in')
    return this.#life
  }
}

const whoOf = ({ person, handle }: Session): Who => ({
  person,
  session: { handle, kind: 'cookie', expiresAt: null, cookie: null },
})

/** From a start to a kill. */
class Life {
  readonly journal: MemoryJournal
  readonly roles
  readonly phases
  readonly ended
  readonly #room: Room
  readonly #house: House
  /** Rejects at the end, as does whatever still waits for an answer then. */
  readonly #gone: Promise<never>
  #die: (reason: unknown) => void = () => undefined
  #over = false

  constructor(house: House, time: Time, random: Random) {
    this.#house = house
    this.#gone = new Promise((_, die) => {
      this.#die = die
    })
    this.#gone.catch(() => undefined)
    const log = this.#log()
    this.roles = notice<MembershipChange>(log)
    this.phases = notice<PhaseChange>(log)
    this.ended = notice<Ended>(log)
    this.journal = new MemoryJournal(house.disk, time, random, house.health, log)
    this.journal.onAppend = ({ bytes }) => house.judgedBy.set(bytes, house.standing)
    const found = () => ({
      id: CASE,
      number: 1,
      prefix: 'S',
      projectId: PROJECT,
      phase: house.standing.phase,
    })
    this.#room = createRoom({
      config: { socketsPerSecond: 10 },
      db: { durable: { ok: true } },
      log,
      metrics: {
        alarm: (kind: string) => this.#complain(`alarm: ${kind}`),
        refused: () => undefined,
        watch: () => undefined,
      },
      journal: this.journal.asJournal(),
      audit: { noteOnce: async () => undefined },
      sessions: { onEnded: this.ended.on },
      memberships: {
        roleIn: async (_: string, person: number) => house.standing.roles.get(person) ?? null,
        onChange: this.roles.on,
      },
      projects: {
        caseById: async () => found(),
        casesOf: async () => [found()],
        labelsOf: async () => LABELS.map((key) => ({ key, title: key, colour: 1 })),
        onPhase: this.phases.on,
      },
      priors: { of: async () => null, onChange: () => () => undefined },
      studies: { catalogue: { find: async () => null, hasAny: async () => false } },
      whoIs: async (request: { session: Session }) => (request.session.ended ? null : whoOf(request.session)),
    } as unknown as RoomParts)
  }

  async accept(socket: ServerSocket, session: Session): Promise<void> {
    const { handle: remoteAddress } = session.person
    const request = { url: '/collab', headers: {}, session, socket: { remoteAddress } }
    const raw = new RawSocket(socket)
    await this.#during(this.#room.handleUpgrade(request as never, raw as never, Buffer.alloc(0)))
    if (raw.destroyed) throw new TypeError('turned away')
  }

  async lease(holder: Holder, count: number): Promise<number[]> {
    const journal = this.journal.asJournal()
    const leases = this.#during(journal.open(DOCUMENT).then((book) => journal.lease(book, holder, count)))
    return (await leases).map(({ client }) => client)
  }

  end(): void {
    this.#over = true
    this.journal.die()
    this.#die(new TypeError('connection reset'))
  }

  #during<T>(answer: Promise<T>): Promise<T> {
    return Promise.race([answer, this.#gone])
  }

  #complain(what: string): void {
    if (!this.#over) this.#house.complaints.push(what)
  }

  #log(): Log {
    const quiet = () => undefined
    const error = (about: { err?: unknown } | string, said = String(about)) => {
      const { err } = about as { err?: unknown }
      const notNow = err instanceof Refusal && err.code === 'not-durable'
      if (!EXPECTED.has(said) && !notNow)
        this.#complain(`${said}${err instanceof Error ? `: ${err.stack}` : ''}`)
    }
    return { info: quiet, debug: quiet, trace: quiet, warn: quiet, error, fatal: error } as unknown as Log
  }
}

/** Where HTTP would still be spoken. */
class RawSocket {
  readonly made: ServerSocket
  destroyed = false

  constructor(made: ServerSocket) {
    this.made = made
  }

  end(): void {
    this.destroyed = true
  }

  destroy(): void {
    this.destroyed = true
  }

  cork(): void {}
  uncork(): void {}
}

/** While a world is on, whoever asks for a WebSocket gets the simulated one that is there already. Returns how to end it. */
export function withoutHandshakes(): () => void {
  const { handleUpgrade } = WebSocketServer.prototype
  WebSocketServer.prototype.handleUpgrade = (request, raw, _head, made) =>
    made((raw as unknown as RawSocket).made as never, request)
  return () => {
    WebSocketServer.prototype.handleUpgrade = handleUpgrade
  }
}

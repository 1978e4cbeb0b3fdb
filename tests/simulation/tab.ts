/**
 * One page of one person, as they have it open: the real link over the real provider, undo, and what is to be seen on it. It writes down
 * every change made on it and what its person was told became of it.
 */
import { ServerMessage } from '@consilium/contract/live'
import { Act, OwnHistory } from '@consilium/crdt-schema/acts'
import type { Phase } from '@consilium/crdt-schema/policy'
import type { Role } from '@consilium/crdt-schema/roles'
import { MessageType } from '@hocuspocus/provider'
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import type { PersonRecord } from '../../apps/collab-server/src/people/accounts.ts'
import { Link } from '../../apps/web/src/session/link.ts'
import { saveWords } from '../../apps/web/src/session/saveState.ts'
import { type Aside, MemoryStore } from '../../apps/web/src/session/store.ts'
import { touchedPaths } from '../../apps/web/src/session/touched.ts'
import type { Random } from '../faults/fault.ts'
import { actOnce, type Hand } from './hand.ts'
import { DOCUMENT, type House, type Session } from './house.ts'
import { Network, socketOf, type Weather } from './network.ts'
import { holds, type Range } from './record.ts'
import type { Time } from './time.ts'

/** What a person keeps in one browser, for all the pages they open in it. */
class Shelf extends MemoryStore {
  override readonly durable = true
}

/** One change, from the moment it was made. */
export interface Change {
  readonly madeOn: Tab
  readonly at: number
  /** No clocks where it only deletes. */
  readonly made: Range
  readonly deleted: readonly Range[]
  readonly touched: readonly string[]
  /** What the person was told: `saved`, or that it was refused and is kept aside. */
  told: 'nothing' | 'saved' | 'aside'
  /** Lies in this browser only with work of another page that was refused. */
  gathered: boolean
}

/** One refusal, as it was told to a page. */
export interface Told {
  readonly code: string
  readonly person: number
  readonly at: number
  /** When the page was opened. */
  readonly since: number
  /** Changes in the page that the server may not have had. */
  readonly open: readonly Change[]
}

/** One person in one browser. */
export class Desk {
  readonly person: PersonRecord
  readonly shelf = new Shelf()
  readonly changes: Change[] = []
  session: Session

  constructor(person: PersonRecord, session: Session) {
    this.person = person
    this.session = session
  }

  async asides(): Promise<readonly Aside[]> {
    return (await this.shelf.load()).asides
  }
}

export class Tab implements Hand {
  readonly desk: Desk
  readonly network: Network
  readonly link: Link
  readonly told: Told[]
  history: OwnHistory
  readonly #time: Time
  readonly #opened: number
  /** Changes made in this opening of the page whose fate is open; and those it found on the shelf. */
  #open: Change[]
  #followed: Y.Doc | null = null
  /** ClientIDs that it chose itself. */
  readonly #brought = new Set<number>()
  #closed = false

  constructor(desk: Desk, house: House, time: Time, random: Random, weather: Weather, told: Told[]) {
    this.desk = desk
    this.told = told
    this.#time = time
    this.#opened = time.now
    this.#open = desk.changes.filter((change) => change.told === 'nothing')
    this.network = new Network(time, random, weather, (socket) => house.accept(socket, desk.session))
    this.link = new Link({
      url: 'ws://house/collab',
      name: DOCUMENT,
      store: desk.shelf,
      lease: (count) => this.network.ask(() => house.lease(desk.session, count)),
      whoAmI: () => this.network.ask(() => house.whoAmI(desk.session)),
      WebSocket: socketOf(this.network, (frame) => this.#hear(frame)),
    })
    this.history = new OwnHistory(this.link.doc)
    this.#follow(this.link.doc)
    this.link.documents.on((doc) => {
      if (doc !== this.#followed) this.#follow(doc)
    })
    this.link.statuses.on((status) => {
      // What stands on the screen is a promise; but not for what it says is kept aside, with work of other pages.
      if (saveWords(status).text.includes('aved on disk'))
        this.#settle('saved', ({ madeOn, gathered }) => madeOn === this || !gathered)
    })
    const { kept } = this.link
    const add = kept.add.bind(kept)
    kept.add = (aside) => {
      this.#refused(aside.refusal.code)
      this.#settle('aside')
      // With it goes what other pages have left in this browser.
      for (const change of desk.changes) change.gathered ||= change.told === 'nothing'
      for (const change of desk.changes) if (change.madeOn.#closed) change.madeOn.#leave()
      return add(aside)
    }
  }

  get doc(): Y.Doc {
    return this.link.doc
  }

  get role(): Role | null {
    return this.link.status.standing?.role ?? null
  }

  get phase(): Phase {
    return this.link.status.standing?.phase ?? 'panel'
  }

  readonly owns = (client: number): boolean => this.link.isMine(`${client}-aaaa`) || this.#brought.has(client)

  /** Does one thing, where the page lets its person. */
  act(random: Random): string | null {
    return this.link.status.canWrite ? actOnce(this, random) : null
  }

  /** As Yjs does by itself where it believes that somebody else writes under the same clientID; or a script, from the beginning. */
  changeClient(random: Random): void {
    if (!this.link.status.canWrite) return
    this.doc.clientID = random.whole(1, 2 ** 32 - 1)
    this.#brought.add(this.doc.clientID)
  }

  /** Closes the page, in order or not. */
  close(): void {
    this.#closed = true
    this.history.destroy()
    this.link.destroy()
    this.#leave()
  }

  #leave(): void {
    for (const change of this.desk.changes)
      if (change.madeOn === this && change.told === 'nothing' && change.gathered) change.told = 'aside'
  }

  /** Nothing of it waits for anything. */
  get isSettled(): boolean {
    return this.link.status.state === 'live' && this.link.status.unsaved === 0 && !this.link.status.paused
  }

  #follow(doc: Y.Doc): void {
    this.#followed = doc
    this.history.destroy()
    this.history = new OwnHistory(doc)
    doc.on('update', (update: Uint8Array, _: unknown, __: Y.Doc, transaction: Y.Transaction) => {
      if (!(transaction.origin instanceof Act)) return
      const client = doc.clientID
      const clock = transaction.beforeState.get(client) ?? 0
      const { ds } = Y.decodeUpdate(update)
      const change: Change = {
        madeOn: this,
        at: this.#time.now,
        made: { client, clock, len: (transaction.afterState.get(client) ?? 0) - clock },
        deleted: [...ds.clients].flatMap(([of, ranges]) =>
          ranges.map(({ clock, len }) => ({ client: of, clock, len })),
        ),
        touched: [...touchedPaths(transaction)],
        told: 'nothing',
        gathered: false,
      }
      this.#open.push(change)
      this.desk.changes.push(change)
    })
  }

  #hear(frame: Uint8Array): void {
    const message = decoding.createDecoder(frame)
    decoding.readVarString(message)
    if (decoding.readVarUint(message) !== MessageType.Stateless) return
    const said = ServerMessage.parse(JSON.parse(decoding.readVarString(message)))
    if (said.t === 'refused') this.#refused(said.code)
    if (said.t === 'saved')
      this.#settle(
        'saved',
        ({ made: { client, clock, len } }) =>
          client === said.client && len > 0 && clock + len <= said.clock + said.len,
      )
  }

  #refused(code: string): void {
    const { person } = this.desk
    this.told.push({
      code,
      person: person.id,
      since: this.#opened,
      at: this.#time.now,
      open: [...this.#open, ...this.#takenAlong()],
    })
  }

  /** What was put aside before and is offered again, because later work of another page stands on it. */
  #takenAlong(): Change[] {
    return this.desk.changes.filter(
      ({ told, made }) => told === 'aside' && made.len > 0 && holds(this.doc, made),
    )
  }

  #settle(told: 'saved' | 'aside', which: (change: Change) => boolean = () => true): void {
    for (const change of this.#open) if (which(change) && change.told === 'nothing') change.told = told
    this.#open = this.#open.filter((change) => !which(change))
  }
}

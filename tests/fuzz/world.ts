/**
 * A document with the gate before it, and beside it the copies that tell what an update really does. Whatever is offered goes to the
 * gate; what the gate takes is applied as the server would, and everything that it promised of it is looked at.
 */
import { REFUSALS, Refusal, type RefusalCode } from '@consilium/contract/refusals'
import { readEntry } from '@consilium/crdt-schema/changes'
import type { RootName } from '@consilium/crdt-schema/documents'
import { creatorOf } from '@consilium/crdt-schema/entry'
import type { Phase } from '@consilium/crdt-schema/policy'
import * as Y from 'yjs'
import type { RowDraft } from '../../apps/collab-server/src/journal/append.ts'
import type { Book, CommittedRow, Lease } from '../../apps/collab-server/src/journal/book.ts'
import { FIELDS, KIND_BITS } from '../../apps/collab-server/src/journal/touch.ts'
import { admit, examine, type Gated, type Writer } from '../../apps/collab-server/src/room/admit.ts'
import { decode } from '../../apps/collab-server/src/room/decode.ts'
import { forbidden } from '../simulation/authority.ts'
import { LABELS } from '../simulation/hand.ts'
import { faultOf } from './copies.ts'
import { aimed, Broken, canonical, foreignIn, hasHole, Shadow, stateOf, withRoots } from './oracle.ts'
import { leasedTo, PEOPLE, type Somebody } from './people.ts'

/** `undecodable`: malformed, whatever the document. `nothing new`: no row is needed. */
export type Verdict = 'taken' | 'nothing new' | 'undecodable' | RefusalCode

export interface Gate {
  readonly admit: typeof admit
  readonly examine: typeof examine
}
export const GATE: Gate = { admit, examine }

const labels: ReadonlySet<string> = new Set(LABELS)

export class World {
  readonly doc = withRoots(new Y.Doc())
  readonly rows: Uint8Array[] = []
  readonly phase: Phase
  /** Rows that name just what is another afterwards, and nothing that lost. */
  exact = 0
  readonly #gate: Gate
  readonly #gated: Gated
  readonly #shadow = new Shadow(withRoots(new Y.Doc()))
  /** Forgets nothing that was deleted. */
  readonly #keeper = withRoots(new Y.Doc({ gc: false }))
  readonly #leases = { byClient: new Map<number, Lease>(), byId: new Map<number, Lease>() }

  constructor(phase: Phase, gate: Gate = GATE) {
    this.phase = phase
    this.#gate = gate
    for (const one of PEOPLE) for (const client of leasedTo(one)) this.#lease(client, one.person)
    this.#gated = {
      ydoc: this.doc,
      book: { doc: 1, name: 'panel:fuzz', leases: this.#leases } as unknown as Book,
      phase: () => phase,
      labels: () => labels,
      inFlight: new Map(),
    }
  }

  #lease(client: number, person: number): void {
    const id = this.#leases.byId.size + 1
    const lease: Lease = { id, client, person, role: null, session: 's', seq: 1, identity: null }
    this.#leases.byClient.set(client, lease)
    this.#leases.byId.set(id, lease)
  }

  #writer({ person, role }: Somebody, client: number | null): Writer {
    return {
      person,
      client,
      role: () => role,
      valid: () => true,
      bind: async (unknown) => {
        if (this.#leases.byClient.has(unknown)) throw new Refusal('foreign-authorship')
        this.#lease(unknown, person)
      },
    }
  }

  /** Throws `Broken`. */
  async offer(by: Somebody, client: number | null, updates: readonly Uint8Array[]): Promise<Verdict> {
    const writer = this.#writer(by, client)
    const offered = updates.map((bytes) => ({ bytes, said: 0 }))
    let broken: Broken | null = null
    const append = async (_: Book, draft: RowDraft): Promise<CommittedRow> => {
      try {
        this.#take(writer, draft)
      } catch (error) {
        broken = error instanceof Broken ? error : new Broken(`applying it threw ${traceOf(error)}`)
      }
      return { ...draft, seq: 1 } as unknown as CommittedRow
    }
    try {
      const row = await this.#gate.admit(append, this.#gated, writer, offered)
      if (broken) throw broken
      return row ? 'taken' : 'nothing new'
    } catch (error) {
      if (error instanceof Broken) throw error
      if (!(error instanceof Refusal) || !Object.hasOwn(REFUSALS, error.code))
        throw new Broken(`it threw ${traceOf(error)}`)
      return error.code === 'malformed' && !isDecodable(updates) ? 'undecodable' : error.code
    }
  }

  #take(writer: Writer, draft: RowDraft): void {
    const foreign = foreignIn(draft.bytes)
    if (foreign !== null) throw new Broken(`no record holds ${foreign}`)
    const named = namedBy(draft)
    const again = this.#gate.examine(this.#gated, writer, decode([{ bytes: draft.bytes, said: 0 }]))
    if (!again || rangesOf(again) !== rangesOf(draft))
      throw new Broken('the bytes of the row, read again, make another row')
    expectWithin(namedBy(again), named, 'read again, the row names another place')
    expectWithin(named, namedBy(again), 'read again, the row names fewer places')
    this.#checkRanges(writer, draft)

    const retired = new Map([...named].flatMap((place) => this.#retirement(place)))
    Y.applyUpdate(this.doc, draft.bytes)
    Y.applyUpdate(this.#keeper, draft.bytes)
    this.rows.push(draft.bytes)
    const entries = entriesIn(named)
    const differences = this.#shadow.apply(draft.bytes, [...entries])
    if (hasHole(this.doc) || hasHole(this.#shadow.doc)) throw new Broken('something stays pending')
    expectWithin(differences, named, 'a difference that the row does not name')
    expectWithin(named, aimed(this.#keeper, draft.bytes), 'the row names what the update does not aim at')
    if (differences.size === named.size) this.exact++
    for (const entry of new Set([...entries, ...entriesIn(differences)]))
      this.#checkEntry(entry, differences, writer)
    for (const [place, person] of retired)
      if (person !== writer.person && writer.role() !== 'adjudicator' && this.#retirement(place).length === 0)
        throw new Broken(`${place}: brought back what another retired`)
  }

  /** Who retired it, where it is retired; `place` and person. */
  #retirement(place: string): [place: string, person: number | undefined][] {
    const [root, entry = '', field] = place.split(' ')
    if (root !== 'annotations' || field !== 'retired') return []
    const item = this.doc.getMap<Y.Map<unknown>>(root).get(entry)?._map.get('retired')
    if (!item || item.deleted || item.content.getContent().at(-1) === null) return []
    return [[place, this.#leases.byClient.get(item.id.client)?.person]]
  }

  /** The row says which clocks are new, under leases of the writer's own. */
  #checkRanges(writer: Writer, draft: RowDraft): void {
    for (const { lease: id, clock, len } of [draft, ...(draft.spans ?? [])]) {
      const lease = this.#leases.byId.get(id)
      if (lease?.person !== writer.person) throw new Broken('the row stands under the lease of another')
      if (len > 0 && Y.getState(this.doc.store, lease.client) !== clock)
        throw new Broken('the row begins at another clock than the document ends')
    }
  }

  /** The server's copy says the same, and nobody changed what they may not. */
  #checkEntry(place: string, differences: ReadonlySet<string>, writer: Writer): void {
    const [root, entry] = place.split(' ') as [RootName, string]
    const here = this.doc.getMap<Y.Map<unknown>>(root).get(entry)
    const there = this.#shadow.fieldsOf(place)
    for (const [field, value] of Object.entries(here?.toJSON() ?? {}))
      if (there?.get(field) !== canonical(value))
        throw new Broken(`${place} ${field} is not what the update makes of it`)
    if (here && readEntry(this.doc, root, entry) === null) throw new Broken(`a page cannot read ${place}`)
    const isNew = here !== undefined && differences.has(place)
    const own = this.#leases.byClient.get(creatorOf(entry) ?? -1)?.person === writer.person
    for (const difference of differences) {
      if (difference !== place && !difference.startsWith(`${place} `)) continue
      const field = difference === place ? null : difference.slice(place.length + 1)
      const why = forbidden({ role: writer.role(), phase: this.phase, root, field, own, isNew })
      if (why !== null) throw new Broken(`${difference}: ${why}`)
    }
  }

  /** What can only be seen by reading everything: to be asked now and then. Throws `Broken`. */
  checkWhole(): void {
    const fault = faultOf(this.rows)
    if (fault !== null) throw new Broken(fault)
    if (stateOf(this.doc) !== stateOf(this.#shadow.doc)) throw new Broken('the gate changed the document')
  }
}

const traceOf = (error: unknown): string =>
  (error instanceof Error && error.stack ? error.stack : String(error)).split('\n').slice(0, 4).join(' ')

function isDecodable(updates: readonly Uint8Array[]): boolean {
  try {
    decode(updates.map((bytes) => ({ bytes, said: 0 })))
    return true
  } catch {
    return false
  }
}

const rangesOf = ({ lease, clock, len, spans = [] }: RowDraft): string =>
  [{ lease, clock, len }, ...spans]
    .filter((range) => range.len > 0)
    .map((range) => `${range.lease} ${range.clock} ${range.len}`)
    .sort()
    .join()

function namedBy({ touched }: RowDraft): Set<string> {
  const named = new Set<string>()
  for (const { root, entry, kind, fields } of touched ?? []) {
    if (kind & (KIND_BITS.create | KIND_BITS.remove)) named.add(`${root} ${entry}`)
    for (const [n, field] of FIELDS[root].entries())
      if (fields & (1 << n)) named.add(`${root} ${entry} ${field}`)
  }
  return named
}

/** `root entry` of places. */
const entriesIn = (places: ReadonlySet<string>): Set<string> =>
  new Set([...places].map((place) => place.split(' ').slice(0, 2).join(' ')))

function expectWithin(some: ReadonlySet<string>, all: ReadonlySet<string>, what: string): void {
  for (const one of some) if (!all.has(one)) throw new Broken(`${what}: ${one}`)
}

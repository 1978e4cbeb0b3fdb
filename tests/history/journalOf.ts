/**
 * Journals for tests: several people change one document at once, not knowing of each other for a while, and whatever they make goes
 * through the server's own gate, which says what each row touches. The first two are two pages of one person, and now and then catch up
 * together in one row. Everything follows from the numbers of the steps.
 */
import { Refusal } from '@consilium/contract/refusals'
import { ROOTS } from '@consilium/crdt-schema/documents'
import fc from 'fast-check'
import * as Y from 'yjs'
import type { RowDraft } from '../../apps/collab-server/src/journal/append.ts'
import type { Book, Lease } from '../../apps/collab-server/src/journal/book.ts'
import { examine, type Gated, type Writer } from '../../apps/collab-server/src/room/admit.ts'
import { decode } from '../../apps/collab-server/src/room/decode.ts'
import { Crowd, NAMES, type Step } from '../convergence/crowd.ts'

export interface Row extends RowDraft {
  readonly seq: number
}

const ANY_LABEL = { has: () => true } as unknown as ReadonlySet<string>
/** Steps in which somebody gets what others made: those must have offered it to the server first, or there would be holes. */
const MEETINGS = new Set(['meet', 'letter'])

/** One step in so many, whoever made it offers what they have. */
const PATIENCE = 2

/** Whose page is it? The first two are those of one person. */
export const personOfPage = (page: number): number => Math.max(1, page)
/** clientID of a page. */
export const clientOfPage = (page: number): number => 1_000 + page

const leasesFor = (people: number): Lease[] =>
  Array.from({ length: people }, (_, page) => ({
    id: 10 + page,
    client: clientOfPage(page),
    person: personOfPage(page),
    role: 'adjudicator',
    session: 's',
    seq: 1,
    identity: null,
  }))

export class TestJournal {
  readonly rows: Row[] = []
  /** As the server has it. */
  readonly ydoc = new Y.Doc()
  readonly leases: readonly Lease[]
  readonly #crowd: Crowd
  readonly #offered: number[]
  readonly #gated: Gated

  constructor(people: number, leases: readonly Lease[] = leasesFor(people)) {
    for (const root of ROOTS) this.ydoc.getMap(root)
    this.#crowd = new Crowd(people)
    this.#offered = this.#crowd.people.map(() => 0)
    this.leases = leases
    const book = {
      doc: 1,
      name: 'panel:test',
      leases: {
        byClient: new Map(this.leases.map((lease) => [lease.client, lease])),
        byId: new Map(this.leases.map((lease) => [lease.id, lease])),
      },
    }
    this.#gated = {
      ydoc: this.ydoc,
      book: book as unknown as Book,
      phase: () => 'panel',
      labels: () => ANY_LABEL,
      inFlight: new Map(),
    }
  }

  take(step: Step): void {
    const name = NAMES[step.what % NAMES.length] as string
    if (MEETINGS.has(name)) this.flush()
    this.#crowd.take(step)
    if ((step.a + step.b) % PATIENCE === 0) this.#offer(step.who % this.leases.length, step.b % 2 === 0)
  }

  /** Everybody offers what they have made. */
  flush(): void {
    for (const { index } of this.#crowd.people) this.#offer(index, false)
  }

  /** `both`: the two pages of the first person together. */
  #offer(index: number, both: boolean): void {
    const pages = both && index < 2 ? [index, 1 - index] : [index]
    const bytes = pages.flatMap((page) => this.#made(page))
    if (bytes.length === 0) return
    const lease = this.leases[index] as Lease
    const writer: Writer = {
      person: lease.person,
      client: lease.client,
      role: () => lease.role,
      valid: () => true,
      bind: () => Promise.reject(new Refusal('foreign-authorship')),
    }
    const draft = examine(this.#gated, writer, decode(bytes.map((one) => ({ bytes: one, said: 0 }))))
    if (draft === null) return
    const row = { ...draft, seq: this.rows.push({ ...draft, seq: this.rows.length + 1 }) }
    Y.applyUpdate(this.ydoc, row.bytes)
  }

  #made(index: number): Uint8Array[] {
    const sent = this.#crowd.people[index]?.sent ?? []
    const from = this.#offered[index] ?? 0
    this.#offered[index] = sent.length
    return sent.slice(from)
  }
}

const small = fc.nat({ max: 50 })
const step = (names: fc.Arbitrary<number>): fc.Arbitrary<Step> =>
  fc.record({ who: fc.nat({ max: 5 }), what: names, a: small, b: small })
const anything = step(fc.nat({ max: NAMES.length - 1 }))
/** Nearly nothing else can be done before there is an annotation. */
const beginning = step(fc.constant(NAMES.indexOf('annotate')))
const meeting = step(fc.constant(NAMES.indexOf('meet')))

export type Story = readonly [people: number, steps: readonly Step[]]

/** How many people, and what they do: at least half as much as `most`. */
export const story = (most: number): fc.Arbitrary<Story> =>
  fc
    .tuple(
      fc.integer({ min: 2, max: 5 }),
      fc.array(beginning, { minLength: 2, maxLength: 3 }),
      fc.array(meeting, { minLength: 4, maxLength: 8 }),
      fc.array(anything, { minLength: most / 2, maxLength: most }),
    )
    .map(([people, ...parts]) => [people, parts.flat()])

/** `leases`: of the pages, in order. */
export function journalOf([people, steps]: Story, leases?: readonly Lease[]): TestJournal {
  const journal = new TestJournal(people, leases)
  for (const one of steps) journal.take(one)
  journal.flush()
  return journal
}

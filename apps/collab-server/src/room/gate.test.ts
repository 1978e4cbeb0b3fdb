/**
 * The gate against its oracle: Yjs itself, applied to a copy. Whatever honest people do must be let in and mean the same, whenever and
 * however often it arrives. What a forger crafts is in forgers.test.ts.
 */
import { Refusal } from '@consilium/contract/refusals'
import {
  ActFault,
  annotate,
  comment,
  insertVertex,
  moveVertices,
  OwnHistory,
  openThread,
  reinstate,
  removeVertex,
  resolveThread,
  retire,
  setCertainty,
  setConfidence,
  setLabel,
  setReasoning,
} from '@consilium/crdt-schema/acts'
import type { Annotation } from '@consilium/crdt-schema/annotation'
import { readRoots } from '@consilium/crdt-schema/changes'
import { ROOTS } from '@consilium/crdt-schema/documents'
import { creatorOf } from '@consilium/crdt-schema/entry'
import { assert, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { touchedOf } from '../journal/touch.ts'
import { examine } from './admit.ts'
import {
  copyOf,
  dice,
  entryIn,
  gatedOf,
  LABELS,
  offer,
  PEOPLE,
  plain,
  source,
  stateOf,
  writerOf,
} from './gateRig.ts'

type Roll = (sides: number) => number
const pick = <T>(roll: Roll, list: readonly T[]): T | undefined => list[roll(list.length || 1)]
const labels = [...LABELS]

interface Page {
  doc: Y.Doc
  history: OwnHistory
  unsent: Uint8Array[]
  readonly client: number
  readonly person: (typeof PEOPLE)[number]
}

const personOf = (client: number | null) =>
  PEOPLE.find(({ clients }) => (clients as readonly number[]).includes(client ?? 0))

/** Who annotated may change it, and the adjudicator; what one retired oneself, one may bring back. */
function mine({ doc, person }: Page, { id, retired }: Annotation): boolean {
  if (person.role === 'adjudicator') return true
  if (personOf(creatorOf(id)) !== person) return false
  return retired === null || personOf(entryIn(doc, id)._map.get('retired')?.id.client ?? null) === person
}

/** One thing a person might do next, on whatever their page shows. */
function act(page: Page, roll: Roll): void {
  const { doc, history } = page
  const { annotations, threads } = readRoots(doc)
  const own = [...annotations.values()].filter((one) => mine(page, one))
  const one = pick(
    roll,
    own.filter(({ retired }) => retired === null),
  )
  const thread = pick(roll, [...threads.values()])
  const point = (): [number, number, number] => [roll(200), roll(200), 0]
  const what = roll(16)
  const gone = pick(
    roll,
    own.filter(({ retired }) => retired !== null),
  )
  if (what === 0) history.undo()
  else if (what === 1) history.redo()
  else if (what === 2 && gone) reinstate(doc, gone.id)
  else if (!one || what < 5)
    annotate(doc, {
      kind: 'polygon',
      label: '',
      source,
      points: [
        [0, 0, 0],
        [30 + roll(9), 0, 0],
        [0, 30 + roll(9), 0],
        [-9, 20, 0],
      ],
    })
  else if (what === 5) setLabel(doc, one.id, pick(roll, labels) ?? '')
  else if (what === 6)
    setReasoning(doc, one.id, `${one.reasoning}${'because '.repeat(1 + roll(3))}`.slice(-40))
  else if (what < 9)
    moveVertices(doc, one.id, [{ key: one.vertices[roll(one.vertices.length)]?.key ?? '', at: point() }])
  else if (what === 9) insertVertex(doc, one.id, one.vertices[0]?.key ?? null, point())
  else if (what === 10) removeVertex(doc, one.id, one.vertices[1]?.key ?? '')
  else if (what === 11) retire(doc, one.id, 'not convinced')
  else if (what === 12) setCertainty(doc, one.id, 'uncertain')
  else if (what === 13) setConfidence(doc, one.id, roll(101))
  else if (what === 14 || !thread)
    openThread(doc, {
      about: 'comment',
      anchor: { series: source.series, frame: 3, point: point(), annotation: one.id },
      reason: '',
      text: 'look here',
    })
  else if (roll(2)) comment(doc, thread.id, 'I see it too')
  else resolveThread(doc, thread.id, !thread.resolved)
}

/** Some moves make no shape: the page says so, and nothing is written. */
function attempt(page: Page, roll: Roll): void {
  try {
    act(page, roll)
  } catch (error) {
    if (!(error instanceof ActFault)) throw error
  }
}

/** What Yjs' own events say was touched while the updates were applied to a copy. */
function touchedByEvents(before: Y.Doc, updates: readonly Uint8Array[]): Set<string> {
  const copy = copyOf(before)
  const touched = new Set<string>()
  for (const root of ROOTS) {
    const entries = copy.getMap(root)
    entries.observeDeep((events) => {
      for (const event of events) {
        if (event.target === entries) for (const key of event.keys.keys()) touched.add(`${root} ${key}`)
        else if (event.path.length > 1) touched.add(`${root} ${event.path[0]} ${event.path[1]}`)
        else for (const field of event.keys.keys()) touched.add(`${root} ${event.path[0]} ${field}`)
      }
    })
  }
  for (const update of updates) Y.applyUpdate(copy, update)
  return touched
}

/** Annotations that the adjudicator retired. */
function settled(doc: Y.Doc): Set<string> {
  const ids = new Set<string>()
  for (const id of doc.getMap('annotations').keys()) {
    const item = entryIn(doc, id)._map.get('retired')
    if (item && entryIn(doc, id).get('retired') && personOf(item.id.client)?.role === 'adjudicator')
      ids.add(id)
  }
  return ids
}

class Trial {
  readonly server = new Y.Doc()
  readonly gated = gatedOf(this.server)
  readonly journal: Uint8Array[] = []
  readonly roll: Roll
  readonly pages: Page[]

  constructor(seed: number) {
    this.roll = dice(seed)
    this.pages = PEOPLE.flatMap((person) => person.clients.map((client) => this.#open(person, client)))
  }

  #open(person: Page['person'], client: number): Page {
    const doc = copyOf(this.server)
    doc.clientID = client
    const page: Page = { doc, client, person, unsent: [], history: new OwnHistory(doc) }
    doc.on('update', (update: Uint8Array, _: unknown, __: unknown, { local }: Y.Transaction) => {
      if (local) page.unsent.push(update)
    })
    return page
  }

  step(): void {
    const { roll, server } = this
    const page = this.pages[roll(this.pages.length)] as Page
    const what = roll(6)
    if (what < 3) attempt(page, roll)
    else if (what === 3) Y.applyUpdate(page.doc, Y.encodeStateAsUpdate(server, Y.encodeStateVector(page.doc)))
    else if (what === 4 && roll(2)) this.deliver(page, page.unsent)
    else if (what === 4) for (const update of page.unsent) this.deliver(page, [update])
    // The catch-up after a reconnect, and a page that sends everything it has.
    else if (roll(2)) this.deliver(page, [Y.encodeStateAsUpdate(page.doc, Y.encodeStateVector(server))])
    else this.deliver(page, [Y.encodeStateAsUpdate(page.doc)])
    if (what > 3) page.unsent = []
  }

  /** Through any connection of the same person. */
  deliver(page: Page, updates: readonly Uint8Array[]): void {
    const { gated, server, roll } = this
    const writer = writerOf(pick(roll, page.person.clients) ?? page.client)
    const before = copyOf(server)
    const oracle = copyOf(before)
    for (const update of updates) Y.applyUpdate(oracle, update)
    let draft: ReturnType<typeof examine>
    try {
      draft = examine(gated, writer, offer(...updates))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      // Only one thing may part people who do nothing wrong: what the adjudicator retired meanwhile would come back.
      const after = settled(oracle)
      expect(error.code, 'a false refusal').toBe('not-yours')
      expect([...settled(before)].some((id) => !after.has(id))).toBe(true)
      const index = this.pages.indexOf(page)
      this.pages[index] = this.#open(page.person, page.client)
      return
    }
    if (draft === null) return expect(stateOf(oracle)).toEqual(stateOf(before))
    const said = new Set(
      draft.touched?.flatMap((touch) => [
        `${touch.root} ${touch.entry}`,
        ...touchedOf(touch).fields.map((field) => `${touch.root} ${touch.entry} ${field}`),
      ]),
    )
    for (const touched of touchedByEvents(before, updates)) expect(said).toContain(touched)
    Y.applyUpdate(server, draft.bytes)
    this.journal.push(draft.bytes)
    expect(stateOf(server)).toEqual(stateOf(oracle))
    expect(server.store.pendingStructs).toBeNull()
    expect(server.store.pendingDs).toBeNull()
    // Sent a second time it holds nothing new.
    expect(examine(gated, writer, offer(...updates))).toBeNull()
  }
}

describe('honest people', () => {
  test('[G1] whatever they do, in whatever order it arrives, is let in and means what Yjs says it means', () => {
    assert(
      property(integer(), (seed) => {
        const trial = new Trial(seed)
        for (let step = 0; step < 60; step++) trial.step()
        for (const page of trial.pages.slice()) trial.deliver(page, [Y.encodeStateAsUpdate(page.doc)])
        for (const page of trial.pages) {
          Y.applyUpdate(page.doc, Y.encodeStateAsUpdate(trial.server, Y.encodeStateVector(page.doc)))
          expect(plain(page.doc)).toEqual(plain(trial.server))
          expect(readRoots(page.doc).unreadable).toEqual([])
        }
        const replayed = new Y.Doc()
        for (const row of trial.journal) Y.applyUpdate(replayed, row)
        expect(stateOf(replayed)).toEqual(stateOf(trial.server))
      }),
      { numRuns: 30 },
    )
  })
})

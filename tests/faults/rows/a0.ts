/**
 * Honest lives, full of bad luck: two tabs of one person that tell each other before they tell the server, broken lines, frames that come twice,
 * pages closed and restored from what they kept, hours offline, undo. Nobody here does anything wrong.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import * as Y from 'yjs'
import {
  annotate,
  comment,
  OwnHistory,
  openThread,
  retire,
  setConfidence,
  setLabel,
  setReasoning,
} from '../../../packages/crdt-schema/src/acts/all.ts'
import { readRoots } from '../../../packages/crdt-schema/src/changes.ts'
import { creatorOf } from '../../../packages/crdt-schema/src/entry.ts'
import type { Client } from '../../support/server.ts'
import { lease, until } from '../../wire/page.ts'
import { box } from '../../wire/ward.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { Peer } from '../wire/peer.ts'
import { inLanes, plain } from '../wire/scene.ts'
import { doubledClocks, type Ward, withWard } from '../wire/wards.ts'

const LANES = 4
const STEPS = 40
const LABELS = ['solid-nodule', 'vessel', 'other', '']

/** A person with one or two tabs. */
class Life {
  readonly person: Client
  readonly document: string
  readonly tabs: Peer[] = []
  /** Leased to this person: what they made is theirs in every tab. */
  readonly leases = new Set<number>()
  readonly histories = new Map<Peer, OwnHistory>()
  /** Told before a tab was closed. */
  readonly turnedOut: string[] = []

  constructor(person: Client, document: string) {
    this.person = person
    this.document = document
  }

  async open(doc = new Y.Doc(), client?: number): Promise<void> {
    const own = client ?? ((await lease(this.person, this.document))[0] as number)
    this.leases.add(own)
    const peer = await Peer.open(this.person, this.document, { doc, client: own })
    this.tabs.push(peer)
    this.histories.set(peer, new OwnHistory(peer.doc))
  }

  close(peer: Peer): void {
    this.note(peer)
    peer.disconnect()
    this.tabs.splice(this.tabs.indexOf(peer), 1)
  }

  note(peer: Peer): void {
    if (peer.out !== null || peer.refusals.length > 0)
      this.turnedOut.push(`${peer.client}: ${[peer.out, ...peer.refusals]}`)
  }

  /** An annotation of this person's that is not retired. */
  mine(peer: Peer, random: Random): string | null {
    const ids = [...readRoots(peer.doc).annotations.values()]
      .filter(({ id, retired }) => retired === null && this.leases.has(creatorOf(id) ?? -1))
      .map(({ id }) => id)
      .sort()
    return ids.length > 0 ? random.pick(ids) : null
  }
}

type Step = (life: Life, peer: Peer, random: Random) => void | Promise<void>

const STEPS_OF_LIFE: readonly (readonly [weight: number, step: Step])[] = [
  [4, (_, peer, random) => void annotate(peer.doc, { ...box, label: random.pick(LABELS) })],
  [
    8,
    (life, peer, random) => {
      const id = life.mine(peer, random)
      if (id === null) return
      random.pick([
        () => setConfidence(peer.doc, id, random.whole(0, 100)),
        () => setLabel(peer.doc, id, random.pick(LABELS)),
        () => setReasoning(peer.doc, id, 'words '.repeat(random.whole(0, 9))),
      ])()
    },
  ],
  [
    1,
    (life, peer, random) => {
      const id = life.mine(peer, random)
      if (id !== null) retire(peer.doc, id, 'a mistake')
    },
  ],
  [
    2,
    (_, peer, random) => {
      const [thread] = readRoots(peer.doc).threads.keys()
      if (thread !== undefined) comment(peer.doc, thread, `word ${random.whole(1, 99)}`)
      else
        openThread(peer.doc, {
          about: 'comment',
          anchor: { series: box.source.series, frame: 0, point: [0, 0, 0], annotation: null },
          reason: '',
          text: 'notes',
        })
    },
  ],
  [2, (life, peer) => void life.histories.get(peer)?.undo()],
  [1, (life, peer) => void life.histories.get(peer)?.redo()],
  // The line.
  [3, (_, peer) => peer.disconnect()],
  [
    4,
    (_, peer) => {
      peer.disconnect()
      peer.connect()
    },
  ],
  [3, (_, __, random) => sleep(random.whole(1, 15))],
  // A broadcast channel: the other tab of the browser hears of it first, and may be the first to tell the server.
  [
    3,
    (life, peer) => {
      for (const other of life.tabs)
        if (other !== peer) Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(peer.doc))
    },
  ],
  [
    1,
    async (life) => {
      if (life.tabs.length < 2) await life.open()
    },
  ],
  // Closed, and restored from what the browser kept: under a new clientID, as a page does that may have been copied.
  [
    2,
    async (life, peer) => {
      const kept = new Y.Doc()
      Y.applyUpdate(kept, Y.encodeStateAsUpdate(peer.doc))
      life.close(peer)
      await life.open(kept)
    },
  ],
  // Put to sleep and woken up again: the same page, under the same clientID.
  [
    1,
    async (_, peer) => {
      peer.disconnect()
      await sleep(5)
      peer.connect()
    },
  ],
]
const BAG = STEPS_OF_LIFE.flatMap(([weight, step]) => Array.from({ length: weight }, () => step))

async function trial(ward: Ward, seed: number): Promise<string[]> {
  const random = new Random(seed)
  const document = (await ward.newDocument()).name
  const lives = [
    new Life(ward.okafor, document),
    new Life(ward.lindqvist, document),
    new Life(ward.vasquez, document),
  ]
  for (const life of lives) await life.open()
  // Frames come twice now and then.
  const twice = (peer: Peer): void => {
    peer.carry = (out, send) => {
      send(out)
      if (random.next() < 0.2) send(out)
    }
  }
  const failures: string[] = []
  for (let n = 0; n < STEPS; n++) {
    const life = random.pick(lives)
    const peer = random.pick(life.tabs)
    twice(peer)
    try {
      await random.pick(BAG)(life, peer, random)
    } catch (error) {
      // An act may have lost its object meanwhile; that is part of life.
      if ((error as Error).name !== 'ActFault') throw error
    }
  }
  const everybody = lives.flatMap(({ tabs }) => tabs)
  for (const peer of everybody) {
    peer.disconnect()
    peer.carry = (out, send) => send(out)
    peer.connect()
  }
  await until('everybody to agree', () => new Set(everybody.map(({ doc }) => plain(doc))).size === 1).catch(
    (error: Error) => failures.push(error.message),
  )
  await Promise.all(everybody.map((peer) => peer.saved())).catch((error: Error) =>
    failures.push(error.message),
  )
  const head = (await ward.okafor.get<{ head: number }>(`/documents/${document}/revisions?limit=1`)).head
  const replayed = new Y.Doc()
  Y.applyUpdate(
    replayed,
    new Uint8Array(await (await ward.okafor.ask('GET', `/documents/${document}/at/${head}`)).arrayBuffer()),
  )
  if (plain(replayed) !== plain((everybody[0] as Peer).doc))
    failures.push('the journal holds another document')
  const doubled = await doubledClocks(ward, document)
  if (doubled > 0) failures.push(`${doubled} ranges of clocks stand in the journal twice`)
  for (const life of lives) {
    while (life.tabs[0]) life.close(life.tabs[0])
    failures.push(...life.turnedOut.map((who) => `refused: ${who}`))
  }
  return failures.map((line) => `seed ${seed}: ${line}`)
}

export const fault: Fault = {
  id: 'A0',
  fault:
    'honest lives of three people: two tabs that tell each other first, broken lines, frames that come twice, restored pages, offline work, undo',
  must: 'nobody is refused; all pages and the journal agree in the end, each change once',
  trials: { short: 12, full: 400 },
  run: (trials, seed) =>
    withWard(async (ward) => {
      const failures: string[] = []
      await inLanes(trials, LANES, async (n) => {
        failures.push(...(await trial(ward, seed + n)))
        if ((n + 1) % 50 === 0) tell(`${n + 1} of ${trials}`)
      })
      return { trials, failures, figures: { 'steps of life': trials * STEPS } }
    }),
}

/** Presence: for others' clientIDs, under others' names, for crowds that are not there, too large, too often, and with clocks at the end of time. */

import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { Awareness, applyAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Client } from '../../support/server.ts'
import { FRAME, lease, until } from '../../wire/page.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { frame } from '../wire/intruder.ts'
import { Peer, presenceOf } from '../wire/peer.ts'
import { newMember, withWard } from '../wire/wards.ts'

const MARK = 'forged'
const PER_SECOND = 60
/** What one state may hold, as JSON; the stroke in progress is apart. */
const MOST_BYTES = 4 * 1024
/** A line that is behind may get what waited all at once. */
const SLACK = 2

/** A page that remembers everybody it was shown. */
class Onlooker {
  readonly peer: Peer
  readonly awareness: Awareness
  /** Frames with a state of this clientID in them. */
  readonly frames = new Map<number, number>()
  largest = 0

  constructor(peer: Peer) {
    this.peer = peer
    this.awareness = new Awareness(new Y.Doc())
    this.awareness.setLocalState(null)
    peer.onFrame = (data) => this.#hear(data)
    this.awareness.on('update', ({ added, updated }: { added: number[]; updated: number[] }) => {
      for (const client of [...added, ...updated]) this.frames.set(client, (this.frames.get(client) ?? 0) + 1)
    })
  }

  #hear(data: Buffer): void {
    const decoder = decoding.createDecoder(data)
    decoding.readVarString(decoder)
    if (decoding.readVarUint(decoder) !== FRAME.awareness) return
    this.largest = Math.max(this.largest, data.byteLength)
    applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(decoder), this)
  }

  of(client: number): Record<string, unknown> | undefined {
    return this.awareness.getStates().get(client)
  }

  close(): void {
    this.awareness.destroy()
    this.peer.disconnect()
  }
}

/** States of many, in one frame. */
function crowd(clients: readonly number[], state: unknown, clock: number): Uint8Array {
  const out = encoding.createEncoder()
  encoding.writeVarUint(out, clients.length)
  for (const client of clients) {
    encoding.writeVarUint(out, client)
    encoding.writeVarUint(out, clock)
    encoding.writeVarString(out, JSON.stringify(state))
  }
  return encoding.toUint8Array(out)
}

const lie = {
  selection: MARK,
  user: { id: MARK, name: MARK, initials: 'XX', role: 'adjudicator', colour: 9 },
}

interface Stage {
  readonly victim: number
  readonly own: number
}

/** Frames that must show nobody anything forged. Some of them end the document for whoever sends them. */
const TRICKS: Record<string, (stage: Stage, random: Random) => Uint8Array> = {
  'for somebody else': ({ victim }) => presenceOf(victim, lie, 2 ** 50),
  'the end of somebody else': ({ victim }) => presenceOf(victim, null, 2 ** 50),
  'for somebody else and oneself': ({ victim, own }, random) =>
    crowd([victim, own], lie, random.whole(2, 99)),
  'for a crowd of 1,000': (_, random) => {
    const first = random.whole(1, 2 ** 31)
    return crowd(
      Array.from({ length: 1_000 }, (_, n) => first + n),
      lie,
      1,
    )
  },
  'for a crowd of 100,000': () =>
    crowd(
      Array.from({ length: 100_000 }, (_, n) => n + 1),
      null,
      1,
    ),
  'one of a megabyte': ({ own }) => presenceOf(own, { selection: MARK.padEnd(2 ** 20, 'x') }, 2),
  'one of ten kilobytes': ({ own }) => presenceOf(own, { selection: MARK.padEnd(10_000, 'x') }, 2),
  'clock at the end of time': ({ own }) => presenceOf(own, { ...lie, cursor: { at: MARK } }, 2 ** 50),
  'no JSON': ({ own }) => {
    const out = encoding.createEncoder()
    for (const n of [1, own, 3]) encoding.writeVarUint(out, n)
    encoding.writeVarString(out, `{"selection":"${MARK}`)
    return encoding.toUint8Array(out)
  },
  noise: (_, random) => Uint8Array.from({ length: random.whole(0, 200) }, () => random.whole(0, 255)),
  'of another shape': ({ own }, random) =>
    presenceOf(
      own,
      random.pick<unknown>([
        MARK,
        7,
        [MARK],
        { __proto__: 1, toString: MARK },
        { view: MARK, draft: [MARK] },
      ]),
      2,
    ),
}
const NAMES = Object.keys(TRICKS)

export const fault: Fault = {
  id: 'A9',
  fault:
    'presence is sent for others’ clientIDs, under others’ names, for 100,000 who are not there, of a megabyte, 1,000 times a second, with clocks of 2^50',
  must: 'each page is seen under its own clientID and the name that the server knows, at most 60 times a second; the others stay as they are',
  trials: { short: 33, full: 1_000 },
  run: (trials, seed) =>
    withWard(async (ward) => {
      const document = (await ward.newDocument()).name
      const victim = await Peer.open(ward.okafor, document)
      const onlooker = new Onlooker(await Peer.open(ward.lindqvist, document, { client: null }))
      let attacker = await newMember(ward)
      const failures: string[] = []
      const stolen = (): string[] => {
        const wrong: string[] = []
        for (const [client, state] of onlooker.awareness.getStates()) {
          const user = state.user as { name?: string } | undefined
          const known = client === victim.client ? 'Dr A. Okafor' : mine.has(client) ? 'Dr N. Umber' : null
          if (known === null) wrong.push(`${client} is shown, and nobody is there`)
          else if (!user?.name?.startsWith(known)) wrong.push(`${client} is shown as ${JSON.stringify(user)}`)
        }
        if (onlooker.of(victim.client ?? 0)?.selection !== `honest-${clock}`)
          wrong.push(`the victim is shown as ${JSON.stringify(onlooker.of(victim.client ?? 0))}`)
        return wrong
      }
      const mine = new Set<number>()
      let clock = 0
      const honest = async (): Promise<void> => {
        clock++
        victim.present({ selection: `honest-${clock}` }, clock)
        await until(
          'the victim to be seen',
          () => onlooker.of(victim.client ?? 0)?.selection === `honest-${clock}`,
        )
      }
      await honest()
      for (let trial = 0; trial < trials; trial++) {
        // Nobody is leased more than a thousand clientIDs a day.
        if (trial % 500 === 499) attacker = await newMember(ward)
        const random = new Random(seed + trial)
        const name = NAMES[(seed + trial) % NAMES.length] as string
        const own = (await lease(attacker.client, document))[0] as number
        mine.add(own)
        const liar = await Peer.open(attacker.client, document, { client: own })
        const bytes = TRICKS[name]?.({ victim: victim.client ?? 0, own }, random) ?? Uint8Array.of()
        liar.raw(frame(document, FRAME.awareness, (out) => encoding.writeVarUint8Array(out, bytes)))
        // Whoever was not turned out for it says something honest, which comes after it.
        liar.present({ selection: `trial-${trial}` }, 2 ** 51 + trial)
        await until(
          'the liar to be seen or turned out',
          () => liar.out !== null || liar.closed !== null || onlooker.of(own)?.selection === `trial-${trial}`,
        )
        await honest()
        failures.push(...stolen().map((what) => `seed ${seed + trial}: ${name}: ${what}`))
        liar.disconnect()
        if ((trial + 1) % 200 === 0) tell(`${trial + 1} of ${trials}`)
      }
      if (onlooker.largest > 2 * MOST_BYTES)
        failures.push(`seed ${seed}: ${onlooker.largest} bytes were passed on`)
      const rate = await flood(attacker.client, document, onlooker)
      if (rate.shown > rate.allowed)
        failures.push(`seed ${seed}: of ${rate.sent} frames in ${rate.ms} ms ${rate.shown} were passed on`)
      await honest()
      onlooker.close()
      victim.disconnect()
      return {
        trials,
        failures,
        figures: {
          'largest frame passed on, bytes': onlooker.largest,
          'frames sent in the flood': rate.sent,
          'passed on per second': Math.round((rate.shown / rate.ms) * 1_000),
        },
      }
    }),
}

/** A thousand changes of presence a second, for two seconds. */
async function flood(
  person: Client,
  document: string,
  onlooker: Onlooker,
): Promise<{ sent: number; shown: number; allowed: number; ms: number }> {
  const peer = await Peer.open(person, document)
  const own = peer.client ?? 0
  const began = performance.now()
  let sent = 0
  while (performance.now() - began < 2_000 && peer.out === null && peer.closed === null) {
    for (let n = 0; n < 10; n++) peer.present({ selection: `flood-${sent}` }, ++sent)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  if (peer.out === null && peer.closed === null)
    await until('the last of the flood', () => {
      peer.present({ selection: 'end of the flood' }, ++sent)
      return onlooker.of(own)?.selection === 'end of the flood'
    })
  const ms = Math.round(performance.now() - began)
  peer.disconnect()
  return {
    sent,
    shown: onlooker.frames.get(own) ?? 0,
    allowed: (ms / 1_000) * PER_SECOND * SLACK + PER_SECOND,
    ms,
  }
}

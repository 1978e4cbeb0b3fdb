/** Two pages of one person claim the same clientID, as a copied tab would that does not know it is one. Left alone, Yjs loses the second's work in silence. */
import { setTimeout as sleep } from 'node:timers/promises'
import * as Y from 'yjs'
import { annotate } from '../../../packages/crdt-schema/src/acts/all.ts'
import { until } from '../../wire/page.ts'
import { box } from '../../wire/ward.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { Peer } from '../wire/peer.ts'
import { inLanes, plain } from '../wire/scene.ts'
import { newMember, signedIn, type Ward, withWard } from '../wire/wards.ts'

const LANES = 4

async function trial(ward: Ward, seed: number): Promise<string[]> {
  const random = new Random(seed)
  const failures: string[] = []
  const { name } = await ward.newDocument()
  const person = await newMember(ward)
  const first = await Peer.open(person.client, name)
  for (let n = random.whole(0, 3); n > 0; n--) annotate(first.doc, box)
  await first.saved()

  // The copy: with all that the first has, or with nothing; from the same browser or another.
  const copy = new Y.Doc()
  if (random.next() < 0.5) Y.applyUpdate(copy, Y.encodeStateAsUpdate(first.doc))
  const browser = random.next() < 0.5 ? person.client : await signedIn(ward, person.id)
  const second = await Peer.open(browser, name, { doc: copy, client: first.client as number })
  const toldBefore = second.out !== null || second.closed !== null
  if (!toldBefore) failures.push('the second was not told before it could edit')

  // Both write; whoever was told does so where nobody hears it.
  annotate(first.doc, box)
  annotate(second.doc, box)
  await sleep(random.whole(0, 20))
  await first.saved().catch((error: Error) => failures.push(`the first: ${error.message}`))
  if (!toldBefore) {
    await until(
      'both to agree or one to be told',
      () => plain(first.doc) === plain(second.doc) || second.out !== null || first.out !== null,
    ).catch(() => failures.push('the two pages show different documents, and nobody was told'))
  }
  // Whoever was told takes another clientID, and offers what it had.
  const kept = new Y.Doc()
  Y.applyUpdate(kept, Y.encodeStateAsUpdate(first.doc))
  const renewed = await Peer.open(browser, name, { doc: kept })
  annotate(renewed.doc, box)
  await renewed.saved()
  await until('both to agree', () => plain(first.doc) === plain(renewed.doc)).catch((error: Error) =>
    failures.push(error.message),
  )
  // The first is gone: its clientID is free for the page that had it, however it left.
  const state = first.doc
  first.disconnect()
  const back = await Peer.open(person.client, name, { doc: state, client: first.client as number })
  annotate(back.doc, box)
  await back.saved().catch((error: Error) => failures.push(`coming back: ${error.message}`))
  if (back.out !== null) failures.push(`the first was not let in again: ${back.out}`)
  for (const peer of [first, second, renewed, back]) peer.disconnect()
  return failures.map((line) => `seed ${seed}: ${line}`)
}

export const fault: Fault = {
  id: 'N9',
  fault: 'a second page of one person claims the clientID under which the first is writing',
  must: 'the second is told before it can write; the first works on, and comes back under it when its line has broken',
  trials: { short: 8, full: 300 },
  run: (trials, seed) =>
    withWard(async (ward) => {
      const failures: string[] = []
      await inLanes(trials, LANES, async (n) => {
        failures.push(...(await trial(ward, seed + n)))
        if ((n + 1) % 50 === 0) tell(`${n + 1} of ${trials}`)
      })
      return { trials, failures, figures: { 'pages that went apart in silence': failures.length } }
    }),
}

/** Frames that come twice, in another order, once more much later, and from somebody who only recorded them. */
import { setTimeout as sleep } from 'node:timers/promises'
import { annotate, comment, setConfidence } from '../../../packages/crdt-schema/src/acts/all.ts'
import { until } from '../../wire/page.ts'
import { box } from '../../wire/ward.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { Peer } from '../wire/peer.ts'
import { inLanes, plain, Scene } from '../wire/scene.ts'
import { doubledClocks, editsOf, journalOf, type Ward, withWard } from '../wire/wards.ts'

const LANES = 4
const ACTS = 20

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const out = [...list]
  for (let n = out.length - 1; n > 0; n--) {
    const other = random.whole(0, n)
    ;[out[n], out[other]] = [out[other] as T, out[n] as T]
  }
  return out
}

/** Sends every frame one to three times, and now and then lets later ones overtake. */
function tamper(peer: Peer, random: Random): () => void {
  let held: Uint8Array[] = []
  const release = (): void => {
    for (const each of shuffled(held, random)) peer.raw(each)
    held = []
  }
  peer.carry = (out, send) => {
    const times = random.whole(1, 3)
    if (random.next() < 0.4) held.push(...Array.from({ length: times }, () => out))
    else {
      for (let n = 0; n < times; n++) send(out)
      release()
    }
  }
  return release
}

async function trial(ward: Ward, seed: number): Promise<{ failures: string[]; frames: number }> {
  const random = new Random(seed)
  const scene = await Scene.open(ward)
  const { document } = scene
  const author = await Peer.open(ward.okafor, document)
  const release = tamper(author, random)
  for (let n = 0; n < ACTS; n++) {
    const what = random.whole(0, 2)
    if (what === 0) annotate(author.doc, box)
    else if (what === 1) setConfidence(author.doc, scene.target, n)
    else comment(author.doc, scene.thread, `number ${n}`)
    if (random.next() < 0.3) await sleep(random.whole(0, 10))
    // The line breaks, and all that may not have arrived is sent again.
    if (random.next() < 0.05) {
      author.disconnect()
      author.connect()
    }
  }
  author.carry = (out, send) => send(out)
  release()
  // No line puts frames in another order; where one did, its end and the next one's beginning set it right.
  author.disconnect()
  author.connect()
  const failures: string[] = []
  const arrived = () => plain(scene.victim.doc) === plain(author.doc)
  await until('all of it to arrive', arrived).catch((error: Error) => failures.push(error.message))

  // What was recorded is played again: on the same line, on another of the same person, and by somebody else.
  const before = (await journalOf(ward, document)).length
  for (const each of author.sent) author.raw(each)
  const again = await Peer.open(ward.okafor, document)
  const stranger = await Peer.open(scene.attacker.client, document, { client: scene.own })
  for (const each of author.sent) {
    again.raw(each)
    stranger.raw(each)
  }
  // What the person does now comes after all of it.
  for (const peer of [author, again]) comment(peer.doc, scene.thread, 'afterwards')
  await until('what came afterwards', () => {
    const words = plain(scene.victim.doc).split('afterwards').length - 1
    return words === 2 || author.out !== null || again.out !== null
  }).catch((error: Error) => failures.push(error.message))

  for (const [who, peer] of [
    ['the author', author],
    ['their other page', again],
  ] as const)
    if (peer.out !== null || peer.refusals.length > 0)
      failures.push(`${who} was turned out: ${peer.refusals}`)
  const rows = await journalOf(ward, document)
  const doubled = await doubledClocks(ward, document)
  if (doubled > 0) failures.push(`${doubled} ranges of clocks stand in the journal twice`)
  const extra = editsOf(rows.slice(before), scene.attacker.id).length
  if (extra > 0) failures.push(`the recorder wrote ${extra} rows`)
  failures.push(...(await scene.quiet()))
  for (const peer of [author, again, stranger]) peer.disconnect()
  scene.close()
  return { failures: failures.map((line) => `seed ${seed}: ${line}`), frames: author.sent.length }
}

export const fault: Fault = {
  id: 'N6',
  fault:
    'frames arrive up to three times, in another order, once more after a broken line, and from another session that recorded them',
  must: 'each change stands in the journal once; nobody honest is refused, and the recorder writes nothing',
  trials: { short: 8, full: 300 },
  run: (trials, seed) =>
    withWard(async (ward) => {
      const failures: string[] = []
      let frames = 0
      await inLanes(trials, LANES, async (n) => {
        const found = await trial(ward, seed + n)
        failures.push(...found.failures)
        frames += found.frames
        if ((n + 1) % 50 === 0) tell(`${n + 1} of ${trials}`)
      })
      return { trials, failures, figures: { 'frames tampered with': frames } }
    }),
}

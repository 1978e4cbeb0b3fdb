/** Somebody who does not read: their socket is open, and what they are sent piles up. */
import { annotate, setReasoning } from '../../../packages/crdt-schema/src/acts/all.ts'
import { until } from '../../wire/page.ts'
import { box } from '../../wire/ward.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { Installation } from '../installation.ts'
import { memoryOf, peakOf } from '../wire/memory.ts'
import { Peer } from '../wire/peer.ts'
import { Pulse, p95 } from '../wire/pulse.ts'
import { plain } from '../wire/scene.ts'

const MIB = 2 ** 20
/** While everybody reads; while one does not, until it is let go; and then. */
const BEFORE_MIB = 12
const DURING_MIB = 56
const AFTER_MIB = 4
const SHAPES = 40
const LETTERS = 3_900

/** Writes new reasons for many shapes again and again, until so many bytes were sent, or it is enough. */
async function produce(
  peer: Peer,
  shapes: readonly string[],
  mib: number,
  random: Random,
  isEnough: () => Promise<boolean> = async () => false,
): Promise<number> {
  let bytes = 0
  while (bytes < mib * MIB && !(await isEnough())) {
    const before = peer.sent.length
    const letter = String.fromCharCode(97 + random.whole(0, 25))
    peer.doc.transact(() => {
      for (const id of shapes) setReasoning(peer.doc, id, `${bytes} ${letter.repeat(LETTERS)}`)
    })
    for (const each of peer.sent.splice(before)) bytes += each.byteLength
    await until('the bytes to be taken', () => peer.unsaved <= 2 || peer.out !== null)
    if (peer.out !== null) throw new Error(`whoever writes was turned out: ${peer.out} ${peer.refusals}`)
  }
  await peer.saved()
  return bytes
}

export const fault: Fault = {
  id: 'N10',
  fault: `one page stops reading from its open socket while another writes, up to ${DURING_MIB} MiB`,
  must: 'it is let go before much is kept for it, and has everything after it comes back; the others notice nothing',
  trials: { short: 1, full: 5 },
  async run(trials, seed) {
    const installation = await Installation.make({ documents: trials })
    const failures: string[] = []
    const before: number[] = []
    const during: number[] = []
    let held = 0
    let most = 0
    try {
      const server = await installation.start()
      const [writer, reader, other] = await installation.people()
      if (!writer || !reader || !other) throw new Error('nobody is here')
      for (let trial = 0; trial < trials; trial++) {
        const random = new Random(seed + trial)
        const document = installation.documents[trial] as string
        const say = (what: string): void => void failures.push(`seed ${seed + trial}: ${what}`)
        const producer = await Peer.open(writer, document)
        const shapes = Array.from({ length: SHAPES }, () => annotate(producer.doc, { ...box, label: '' }))
        const slow = await Peer.open(reader, document)
        const pulse = await Pulse.open(other, document)
        await produce(producer, shapes, BEFORE_MIB, random)
        before.push(...pulse.take())

        slow.pause()
        const memory = memoryOf(server.pid)
        const here = async () =>
          (await writer.get<{ here: { name: string }[] }>(`/cases/${document.split(':')[1]}`)).here
        const isLetGo = async () => !(await here()).some(({ name }) => name.includes('Lindqvist'))
        const bytes = await produce(producer, shapes, DURING_MIB, random, isLetGo)
        most = Math.max(most, bytes / MIB)
        during.push(...pulse.take())
        held = Math.max(held, peakOf(server.pid) - memory)
        await until('the slow one to be let go', isLetGo).catch((error: Error) => say(error.message))
        await produce(producer, shapes, AFTER_MIB, random)
        slow.resume()
        await until('the slow one to notice', () => slow.closed !== null).catch((error: Error) =>
          say(error.message),
        )
        slow.connect()
        await until('the slow one to have everything', () => plain(slow.doc) === plain(producer.doc)).catch(
          (error: Error) => say(error.message),
        )
        if (pulse.peer.refusals.length > 0 || pulse.peer.closed !== null) say('somebody else was turned out')
        pulse.end()
        for (const peer of [producer, slow]) peer.disconnect()
        tell(`${trial + 1} of ${trials}`)
      }
    } finally {
      await installation.close()
    }
    return {
      trials,
      failures,
      figures: {
        'let go after, MiB at most': Math.round(most),
        'most memory beyond before, whole server, MiB': held,
        'others saved after, ms p95 while all read': p95(before),
        'while one does not': p95(during),
      },
    }
  },
}

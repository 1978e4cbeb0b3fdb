/** What only a server sends, and what nobody sends: every type of frame there could be, with words that must reach nobody. */
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import { FRAME, socketAddress, until } from '../../wire/page.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { authFrame, frame, syncFrame } from '../wire/intruder.ts'
import { inLanes, Scene } from '../wire/scene.ts'
import { withWard } from '../wire/wards.ts'

const OPCODES = 256
const LANES = 4
const MARK = 'said-by-no-server'
const LIES = [
  { t: 'saved', seq: 1, hash: MARK, at: 1, client: 1, clock: 0, len: 1 },
  { t: 'refused', code: MARK, message: MARK, next: MARK },
  { t: 'rights', role: 'adjudicator', phase: MARK },
  { t: MARK },
]

/** What follows the type: a text, a number and a text, bytes, or noise with the mark in it. */
function body(random: Random): (out: encoding.Encoder) => void {
  const text = JSON.stringify(random.pick(LIES))
  const shapes: ((out: encoding.Encoder) => void)[] = [
    (out) => encoding.writeVarString(out, text),
    (out) => {
      encoding.writeVarUint(out, random.whole(0, 255))
      encoding.writeVarString(out, text)
    },
    (out) => encoding.writeVarUint8Array(out, new TextEncoder().encode(text)),
    (out) => {
      for (let n = random.whole(1, 20); n > 0; n--) encoding.writeUint8(out, random.whole(0, 255))
      encoding.writeVarString(out, MARK)
    },
    // A state of awareness whose only words stand in fields that no page has.
    (out) => {
      const inner = encoding.createEncoder()
      for (const n of [1, random.whole(1, 2 ** 32 - 1), 1]) encoding.writeVarUint(inner, n)
      encoding.writeVarString(inner, JSON.stringify({ shout: MARK, user: { name: MARK } }))
      encoding.writeVarUint8Array(out, encoding.toUint8Array(inner))
    },
  ]
  return random.pick(shapes)
}

/** Sends one frame of this type, before or after the document was opened, and waits until the server has surely seen it. */
async function shout(scene: Scene, client: number, opcode: number, random: Random): Promise<void> {
  const { attacker, document } = scene
  const socket = new WebSocket(socketAddress(attacker.client.url), { headers: attacker.client.headers() })
  const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()))
  socket.on('error', () => undefined)
  await new Promise<void>((resolve) => {
    socket.once('open', resolve)
    socket.once('close', () => resolve())
  })
  const opens = random.next() < 0.8
  const answered = new Promise<void>((resolve) => socket.once('message', () => resolve()))
  if (opens) {
    socket.send(authFrame(document, JSON.stringify({ client })))
    socket.send(syncFrame(document, 0, Uint8Array.of(0)))
    await Promise.race([answered, ended])
  }
  for (let n = 0; n < 3; n++) socket.send(frame(document, opcode, body(random)))
  // A frame is dealt with before the next one: the answer to a question shows that, and so does the end.
  socket.send(frame(document, FRAME.sync, (out) => encoding.writeVarUint(out, 255)))
  socket.close()
  await ended
}

export const fault: Fault = {
  id: 'A10',
  fault:
    'frames of every type from 0 to 255, also those that only servers send, say what the server would say',
  must: 'no word of it reaches anybody; everybody else works on',
  trials: { short: OPCODES, full: 20 * OPCODES },
  run: (trials, seed) =>
    withWard(async (ward) => {
      const scene = await Scene.open(ward)
      const failures = await scene.control()
      let heard = 0
      let relayed = 0
      for (const peer of [scene.victim, scene.witness])
        peer.onFrame = (data) => {
          heard++
          if (data.includes(MARK)) relayed++
        }
      await inLanes(trials, LANES, async (n) => {
        const before = relayed
        const opcode = (seed + n) % OPCODES
        await scene.onLine((client) => shout(scene, client, opcode, new Random(seed + n)))
        if (relayed > before)
          failures.push(`seed ${seed + n}: type ${opcode} reached somebody (or one of its neighbours)`)
        if (n % OPCODES === OPCODES - 1) {
          await scene.victimWorks(n / OPCODES)
          tell(`${n + 1} of ${trials}`)
        }
      })
      const figures = { 'frames listened to': heard, relayed }
      // The ears work: what somebody says in their own name arrives.
      relayed = 0
      scene.victim.present({ selection: MARK }, 1)
      await until('honest presence to arrive', () => relayed > 0)
      failures.push(...(await scene.quiet()).map((line) => `seed ${seed}: ${line}`))
      scene.close()
      return { trials, failures, figures }
    }),
}

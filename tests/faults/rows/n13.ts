/** Lines that are open and dead: a laptop is shut, a phone leaves the network. Nobody says goodbye. */
import * as decoding from 'lib0/decoding'
import { Awareness, applyAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { COLLAB_PATH } from '../../../packages/contract/src/live.ts'
import { FRAME, until } from '../../wire/page.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { percentile, rounded } from '../percentiles.ts'
import { Peer } from '../wire/peer.ts'
import { Swallower } from '../wire/swallow.ts'
import { newMember, withWard } from '../wire/wards.ts'

/** Within 25 s they are gone; what is waited for is a multiple of it, for a busy machine. */
const BOUND_MS = 25_000
const PATIENCE_MS = 3 * BOUND_MS
const BEAT_MS = 4_000

export const fault: Fault = {
  id: 'N13',
  fault: 'lines are swallowed: they stay open, and nothing passes them any more',
  must: 'whoever was behind one is shown no longer than 25 s; whoever only says nothing stays',
  trials: { short: 6, full: 60 },
  run: (trials, seed) =>
    withWard(async (ward) => {
      const { name, caseId } = await ward.newDocument()
      const failures: string[] = []
      const line = await Swallower.before(ward.server.port)
      const url = `ws://127.0.0.1:${line.port}${COLLAB_PATH}`
      const onlooker = await Peer.open(ward.lindqvist, name, { client: null })
      const seen = new Awareness(new Y.Doc())
      seen.setLocalState(null)
      onlooker.onFrame = (data) => {
        const decoder = decoding.createDecoder(data)
        decoding.readVarString(decoder)
        if (decoding.readVarUint(decoder) === FRAME.awareness)
          applyAwarenessUpdate(seen, decoding.readVarUint8Array(decoder), null)
      }
      const silent = await Peer.open(ward.okafor, name)
      const ghosts: Peer[] = []
      for (let n = 0; n < trials; n++) {
        const member = await newMember(ward)
        ghosts.push(await Peer.open(member.client, name, { url }))
      }
      // Everybody says now and then that they are here, as awareness asks of them; a page asleep does not.
      let beats = 0
      const say = (): void => {
        beats++
        for (const peer of [silent, ...ghosts]) peer.present({ selection: 'here' }, beats)
      }
      const saying = setInterval(say, BEAT_MS)
      say()
      await until('everybody to be seen', () => seen.getStates().size === trials + 1)

      line.swallow()
      const began = performance.now()
      const goneAfter = new Map<number, number>()
      const shown = () => ghosts.filter(({ client }) => seen.getStates().has(client ?? 0))
      const counted = () => ward.server.running.services.room.here(caseId).length
      tell(`${trials} lines are dead; waiting for the server to notice`)
      while (performance.now() - began < PATIENCE_MS && (shown().length > 0 || counted() > 2)) {
        await new Promise((resolve) => setTimeout(resolve, new Random(seed).whole(40, 60)))
        for (const { client } of ghosts)
          if (!seen.getStates().has(client ?? 0) && !goneAfter.has(client ?? 0))
            goneAfter.set(client ?? 0, performance.now() - began)
      }
      clearInterval(saying)
      for (const { client } of shown()) failures.push(`seed ${seed}: ${client} is still shown`)
      if (counted() > 2) failures.push(`seed ${seed}: ${counted()} people are counted where two are`)
      if (silent.closed !== null || !seen.getStates().has(silent.client ?? 0))
        failures.push(`seed ${seed}: somebody who is there was taken for gone`)
      for (const peer of [onlooker, silent, ...ghosts]) peer.disconnect()
      seen.destroy()
      await line.close()
      const seconds = [...goneAfter.values()].map((ms) => ms / 1_000)
      return {
        trials,
        failures,
        figures: {
          'gone after, s p50': rounded(percentile(seconds, 0.5)),
          max: rounded(Math.max(...seconds)),
        },
      }
    }),
}

/** Noise: frames that no page would send, hundreds a second, from many sockets, each of which comes back as soon as it is cut. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Client } from '../../support/server.ts'
import { lease, socketAddress, until } from '../../wire/page.ts'
import type { Fault } from '../fault.ts'
import { Installation } from '../installation.ts'
import { percentile, rounded } from '../percentiles.ts'
import { isAlive, memoryOf } from '../wire/memory.ts'
import type { Account, Order } from '../wire/offenders.ts'
import { Peer } from '../wire/peer.ts'
import { Pulse, p95 } from '../wire/pulse.ts'
import { plain } from '../wire/scene.ts'

const SOCKETS = 20
const FRAMES_PER_SECOND = 500
/** How long is measured how the others fare before. */
const QUIET_MS = 4_000
const PULSES = 5

/** In a thread of its own. */
function disturbed(order: Order): Promise<Account> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('../wire/offenders.ts', import.meta.url), { workerData: order })
    worker.once('message', (account: Account) => {
      resolve(account)
      void worker.terminate()
    })
    worker.once('error', reject)
  })
}

export const fault: Fault = {
  id: 'B1',
  fault: `${FRAMES_PER_SECOND} malformed frames a second from ${SOCKETS} sockets, which come back whenever they are cut: noise, real frames cut short or changed, lengths that lie`,
  must: 'whoever sends them is cut off; everybody else works on, and the server neither ends nor grows',
  trials: { short: 500, full: 30_000 },
  async run(trials, seed) {
    const installation = await Installation.make()
    const failures: string[] = []
    const say = (what: string): void => void failures.push(`seed ${seed}: ${what}`)
    try {
      const server = await installation.start()
      const [one, other, enemy] = (await installation.people()) as [Client, Client, Client]
      const document = installation.documents[0] as string
      const pulses: Pulse[] = []
      for (let n = 0; n < PULSES; n++) pulses.push(await Pulse.open(n % 2 ? one : other, document))
      await sleep(QUIET_MS)
      const calm = pulses.flatMap((pulse) => pulse.take())
      const memory = memoryOf(server.pid)
      const clients: number[] = []
      for (let n = 0; n < SOCKETS; n++) clients.push((await lease(enemy, document))[0] as number)
      const { seconds, cuts, survived } = await disturbed({
        enemy: { url: socketAddress(enemy.url), headers: enemy.headers(), document },
        clients,
        frames: trials,
        perSecond: FRAMES_PER_SECOND,
        seed,
      })
      const noisy = pulses.flatMap((pulse) => pulse.take())
      const grown = memoryOf(server.pid) - memory

      for (const heard of survived) say(`a socket was heard for ${heard} frames`)
      if (cuts.length === 0) say('nobody was ever cut')
      if (!isAlive(server.pid)) say('the server has ended')
      const fresh = await Peer.open(one, document, { client: null })
      for (const { peer } of pulses) {
        if (peer.refusals.length > 0 || peer.closed !== null || peer.out !== null)
          say(`an honest page was turned out: ${peer.refusals} ${peer.closed?.code}`)
      }
      for (const pulse of pulses) pulse.rest()
      await until('a newcomer to see what all see', () =>
        pulses.every(({ peer }) => peer.isSaved && plain(peer.doc) === plain(fresh.doc)),
      ).catch((error: Error) => say(error.message))
      const chain = await one.get<{ ok: boolean }>(`/documents/${document}/chain`)
      if (!chain.ok) say('the chain is broken')
      fresh.disconnect()
      for (const pulse of pulses) pulse.end()
      return {
        trials,
        failures,
        figures: {
          'frames a second': Math.round(trials / seconds),
          'sockets cut': cuts.length,
          'cut after the first frame, ms p95': p95(cuts),
          max: rounded(Math.max(...cuts)),
          'others saved after, ms p50 and p95 before': `${rounded(percentile(calm, 0.5))} and ${p95(calm)}`,
          during: `${rounded(percentile(noisy, 0.5))} and ${p95(noisy)}`,
          'p95 ratio': rounded(p95(noisy) / p95(calm)),
          'memory grown, MiB': grown,
        },
      }
    } finally {
      await installation.close()
    }
  },
}

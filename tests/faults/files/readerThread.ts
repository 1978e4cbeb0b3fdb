/**
 * The readers alone, in a thread of their own: makes mutations `from`, `from + 1`, … of a seed itself and reads each, so that a hundred
 * thousand cost minutes. Says what became of them; a hang or a death costs the batch, whose seeds are then known.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { readAny } from '@consilium/imaging/read'
import type { WorkerMessage } from '../../../apps/collab-server/src/studies/workers.ts'
import { Random } from '../fault.ts'
import { basesOf, type Kind } from './bases.ts'
import { type Ending, endingOf, READ } from './endings.ts'
import { mutated } from './mutate.ts'

export interface Batch {
  readonly from: number
  readonly count: number
}

export interface BatchReply {
  /** How many ended how. */
  readonly ends: Readonly<Record<Ending['how'], number>>
  readonly failures: readonly string[]
  /** ms of the longest. */
  readonly longest: number
}

const port = parentPort
if (!port) throw new Error('readerThread.ts runs in a worker thread only')
const bases = await basesOf(workerData as Kind)
/** As long as one file is small, so is what it may ask for. */
const LIMITS = { pixels: 2 ** 24 }

async function read({ from, count }: Batch): Promise<BatchReply> {
  const ends = { read: 0, refused: 0, stopped: 0, failed: 0 }
  const failures: string[] = []
  let longest = 0
  for (let seed = from; seed < from + count; seed++) {
    const file = mutated(bases, new Random(seed))
    const begun = performance.now()
    const { how, sentence } = await readAny(file, LIMITS).then(() => READ, endingOf)
    longest = Math.max(longest, performance.now() - begun)
    ends[how] += 1
    if (how === 'failed') failures.push(`seed ${seed}: ${sentence}`)
    say({ t: 'alive' })
  }
  return { ends, failures, longest }
}

const say = (message: WorkerMessage<BatchReply>): void => port.postMessage(message)
port.on('message', (batch: Batch) => {
  read(batch).then(
    (reply) => say({ t: 'done', reply }),
    (error: unknown) => say({ t: 'fault', message: String(error), trace: null }),
  )
})
say({ t: 'ready' })

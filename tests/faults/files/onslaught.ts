/**
 * Files that mean harm and files changed at random, at those who read them: the constructions and a share of the mutations at the very
 * threads of the server, under its limits of memory and time; the rest at the readers alone, in threads of this row.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StudyThreads } from '../../../apps/collab-server/src/studies/threads.ts'
import { WorkerPool } from '../../../apps/collab-server/src/studies/workers.ts'
import { type Outcome, Random, tell } from '../fault.ts'
import { basesOf, type Kind } from './bases.ts'
import { type Ending, endingOf, leftOut, READ } from './endings.ts'
import type { Hostile } from './hostileDicom.ts'
import { mutated } from './mutate.ts'
import type { Batch, BatchReply } from './readerThread.ts'

/** One mutation in so many goes through the server's threads. */
const SHARE = 4
const BATCH = 100
const AT_ONCE = 2
const LOOK_MS = 20
/** Above what the process had before the first file. Two files of the largest kind at once, each with what it is made of and what it becomes. */
const MEMORY_MIB = 3_072

export interface Onslaught {
  readonly kind: Kind
  readonly hostile: readonly Hostile[]
}

export async function withstand(
  { kind, hostile }: Onslaught,
  trials: number,
  seed: number,
): Promise<Outcome> {
  const bases = await basesOf(kind)
  const before = process.memoryUsage.rss()
  let peak = before
  const looking = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, LOOK_MS)
  const failures: string[] = []
  const named = await throughThreads(hostile.length, async (n) => (hostile[n] as Hostile).make())
  failures.push(...named.flatMap(({ ending, n }) => misjudged(hostile[n] as Hostile, ending)))
  tell(`${hostile.length} constructions`)
  const constructions = peak
  const shared = Math.floor(trials / SHARE)
  const some = await throughThreads(shared, async (n) => mutated(bases, new Random(seed + n)))
  failures.push(
    ...some.flatMap(({ ending, n }) =>
      ending.how === 'failed' ? [`seed ${seed + n}: ${ending.sentence}`] : [],
    ),
  )
  tell(`${shared} mutations through the server's threads`)
  const rest = await atReaders(kind, seed + shared, trials - shared)
  failures.push(...rest.failures)
  clearInterval(looking)
  if (peak - before > MEMORY_MIB * 2 ** 20) failures.push(`seed ${seed}: it took ${mib(peak - before)} MiB`)
  const count = (how: Ending['how']): number => some.filter(({ ending }) => ending.how === how).length
  return {
    trials,
    failures,
    figures: {
      'constructions, all through the server’s threads': hostile.length,
      'of these read, although odd': named.filter(({ ending }) => ending.how === 'read').length,
      'of these that a thread was ended for': stoppedBy(hostile, named),
      'mutations through the server’s threads': shared,
      'mutations at the readers alone': trials - shared,
      'mutations that were still pictures': count('read') + rest.ends.read,
      'mutations refused in one sentence': count('refused') + rest.ends.refused,
      'mutations that a thread was ended for': count('stopped') + rest.ends.stopped,
      'longest read of a mutation, ms': Math.round(rest.longest),
      'longest in the server’s threads, with waiting and disk, ms': Math.round(
        Math.max(...named.map(({ ms }) => ms), ...some.map(({ ms }) => ms)),
      ),
      'most memory of the process beyond before, while the constructions were read, MiB': mib(
        constructions - before,
      ),
      'the same to the end, MiB': mib(peak - before),
      'files to begin with': bases.length,
    },
  }
}

const mib = (bytes: number): number => Math.round(bytes / 2 ** 20)

interface Ended {
  readonly n: number
  readonly ending: Ending
  readonly ms: number
}

function stoppedBy(hostile: readonly Hostile[], ended: readonly Ended[]): string {
  const names = ended.filter(({ ending }) => ending.how === 'stopped').map(({ n }) => hostile[n]?.name)
  return names.length === 0 ? 'none' : names.join('; ')
}

function misjudged({ name, ends }: Hostile, { how, sentence }: Ending): string[] {
  if (how === 'failed') return [`${name}: ${sentence}`]
  if (ends === 'refused' && how === 'read') return [`${name}: it was read`]
  if (ends === 'read' && how !== 'read') return [`${name}: ${sentence}`]
  return []
}

/** As the intake gives them files: one at a time to each thread, in memory or from a folder. */
async function throughThreads(count: number, file: (n: number) => Promise<Uint8Array>): Promise<Ended[]> {
  const folder = mkdtempSync(join(tmpdir(), 'consilium-files-'))
  const threads = new StudyThreads({ dataFolder: folder, uidKey: randomBytes(32) })
  const ended: Ended[] = []
  let next = 0
  const work = async (lane: number): Promise<void> => {
    const path = join(folder, `lane ${lane}`)
    for (let n = next++; n < count; n = next++) {
      const content = await file(n)
      const held = n % 2 === 0
      if (!held) writeFileSync(path, content)
      const begun = performance.now()
      const ending = await threads
        .run(
          held
            ? { job: 'read', content: new Uint8Array(content), path: null }
            : { job: 'read', content: null, path },
          content.length,
        )
        .then((reply) => ('reason' in reply ? leftOut(reply.reason) : READ), endingOf)
      ended.push({ n, ending, ms: performance.now() - begun })
      if (ended.length % 2_000 === 0) tell(`${ended.length} of ${count} through the server's threads`)
    }
  }
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, lane) => work(lane)))
    return ended.sort((a, b) => a.n - b.n)
  } finally {
    await threads.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function atReaders(kind: Kind, from: number, count: number): Promise<BatchReply> {
  const pool = new WorkerPool<Batch, BatchReply>(new URL('./readerThread.ts', import.meta.url), {
    size: AT_ONCE,
    workerData: kind,
    heapMb: 768,
    quietMs: 30_000,
  })
  const ends = { read: 0, refused: 0, stopped: 0, failed: 0 }
  const failures: string[] = []
  let longest = 0
  let done = 0
  const batches = Array.from({ length: Math.ceil(count / BATCH) }, (_, k) => ({
    from: from + k * BATCH,
    count: Math.min(BATCH, count - k * BATCH),
  }))
  try {
    await Promise.all(
      batches.map(async (batch) => {
        const reply = await pool.run(batch).catch((error: Error) => {
          failures.push(`one of seeds ${batch.from} to ${batch.from + batch.count - 1}: ${error.message}`)
          return null
        })
        if (reply) {
          for (const how of ['read', 'refused', 'stopped', 'failed'] as const) ends[how] += reply.ends[how]
          failures.push(...reply.failures)
          longest = Math.max(longest, reply.longest)
        }
        done += batch.count
        if (done % 10_000 === 0) tell(`${done} of ${count} at the readers alone`)
      }),
    )
    return { ends, failures, longest }
  } finally {
    await pool.close()
  }
}

/**
 * A range of offers (run.ts) over several threads, with an eye on each: one offer that takes too long is a failure, and the thread goes on
 * with the next document.
 */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type Outcome, tell } from '../faults/fault.ts'
import { MAKES } from './generate.ts'
import { type Found, nothingFound, PER_DOCUMENT } from './run.ts'
import type { Task } from './worker.ts'

const LOOK_EVERY_MS = 500
/** Thousands of times what the slowest one takes, on a busy machine too. */
const PATIENCE_MS = 30_000
const TELL_EVERY = 50_000
/** After so many there is nothing more to learn. */
const ENOUGH = 20

export async function fuzz(
  trials: number,
  seed: number,
  worker = new URL('./worker.ts', import.meta.url),
  patienceMs = PATIENCE_MS,
): Promise<Outcome> {
  const total = nothingFound()
  let told = 0
  const add = (found: Found): void => {
    total.trials += found.trials
    total.exact += found.exact
    total.slowest = Math.max(total.slowest, found.slowest)
    total.failures.push(...found.failures)
    for (const [key, n] of Object.entries(found.counts)) total.counts[key] = (total.counts[key] ?? 0) + n
    for (; told + TELL_EVERY <= total.trials; told += TELL_EVERY) tell(`${told + TELL_EVERY} updates`)
  }
  const enough = (): boolean => total.failures.length >= ENOUGH
  await Promise.all(
    shares(seed, seed + trials).map(async ([first, end]) => {
      for (let from = first; from < end && !enough(); )
        from = await watched(worker, patienceMs, from, end, add, enough)
    }),
  )
  return { trials: total.trials, failures: total.failures, figures: figuresOf(total) }
}

/** [first, end), divided between documents. */
function shares(first: number, end: number): [first: number, end: number][] {
  const documents = Math.ceil(end / PER_DOCUMENT) - Math.floor(first / PER_DOCUMENT)
  const threads = Math.min(availableParallelism(), documents)
  const cuts = Array.from(
    { length: threads + 1 },
    (_, n) => (Math.floor(first / PER_DOCUMENT) + Math.round((documents * n) / threads)) * PER_DOCUMENT,
  )
  return cuts.slice(1).map((cut, n) => [Math.max(first, cuts[n] as number), Math.min(end, cut)])
}

/** Returns the number to go on with: `end`, or that of the document after the one in which something never ended. */
function watched(
  url: URL,
  patienceMs: number,
  first: number,
  end: number,
  add: (found: Found) => void,
  enough: () => boolean,
): Promise<number> {
  const at = new SharedArrayBuffer(4)
  const current = new Int32Array(at).fill(-1)
  const worker = new Worker(url, { workerData: { first, end, at } satisfies Task })
  return new Promise((done, failed) => {
    let seen = -1
    let since = performance.now()
    const look = setInterval(() => {
      const now = performance.now()
      const offer = Atomics.load(current, 0)
      if (offer !== seen) {
        seen = offer
        since = now
      } else if (offer >= 0 && now - since > patienceMs) {
        const number = first + offer
        add({ ...nothingFound(), trials: 1, failures: [`seed ${number}: it did not end`] })
        stop((Math.floor(number / PER_DOCUMENT) + 1) * PER_DOCUMENT)
      } else if (enough()) stop(end)
    }, LOOK_EVERY_MS)
    let next = end
    const stop = (goOn: number): void => {
      clearInterval(look)
      next = goOn
      void worker.terminate()
    }
    worker.on('message', add)
    worker.once('error', (error) => {
      clearInterval(look)
      failed(error)
    })
    worker.once('exit', () => {
      clearInterval(look)
      done(next)
    })
  })
}

const share = (part: number, whole: number): string =>
  `${part.toLocaleString('en')} (${whole === 0 ? 0 : Math.round((1_000 * part) / whole) / 10} %)`

/** How much of each make was taken, and what became of all. */
function figuresOf({ trials, counts, exact, slowest }: Found): Outcome['figures'] {
  const entries = Object.entries(counts)
  const sum = (wanted: (make: string, verdict: string) => boolean): number =>
    entries.reduce((total, [key, n]) => {
      const [make = '', ...verdict] = key.split(' ')
      return wanted(make, verdict.join(' ')) ? total + n : total
    }, 0)
  const makes = MAKES.map((make) => {
    const made = sum((of) => of === make)
    const taken = sum((of, verdict) => of === make && verdict === 'taken')
    return [make, `${share(made, trials)}, of which taken ${share(taken, made)}`] as const
  })
  const verdicts = [...new Set(entries.map(([key]) => key.slice(key.indexOf(' ') + 1)))]
    .map((verdict) => [verdict, sum((_, one) => one === verdict)] as const)
    .sort(([, a], [, b]) => b - a)
  const taken = sum((_, verdict) => verdict === 'taken')
  return {
    ...Object.fromEntries(makes),
    ...Object.fromEntries(verdicts.map(([verdict, n]) => [nameOf(verdict), share(n, trials)])),
    'rows that name just what is another afterwards': share(exact, taken),
    'slowest ms, judged, applied to three copies and compared': Math.round(slowest * 10) / 10,
  }
}

const nameOf = (verdict: string): string =>
  verdict === 'taken' || verdict === 'nothing new' ? verdict : `refused: ${verdict}`

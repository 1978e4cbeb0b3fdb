/**
 * Many random sessions of painting, one seed after another: `npm run fuzz`, or `npm run fuzz -- <seeds> <first>`. The first that goes wrong
 * ends it and is named, so that it can be seen again.
 */
import { type Outcome, session } from './fuzz.ts'

export const SEEDS = { short: 1_500, long: 50_000 } as const
const EVERY = 1_000

/** Of all sessions together. Throws where one went wrong. */
export function sessions(
  first: number,
  count: number,
  told: (seed: number) => void = () => undefined,
): Outcome {
  const sum = { acts: 0, switches: 0, archives: 0, lanes: 0, hash: 0 }
  for (let seed = first; seed < first + count; seed++) {
    try {
      const { acts, switches, archives, lanes, hash } = session(seed)
      sum.acts += acts
      sum.switches += switches
      sum.archives += archives
      sum.lanes += lanes
      sum.hash = Math.imul(sum.hash ^ hash, 0x01000193) >>> 0
    } catch (error) {
      throw new Error(`a session went wrong: npm run fuzz -- 1 ${seed}`, { cause: error })
    }
    if ((seed - first + 1) % EVERY === 0) told(seed + 1 - first)
  }
  return sum
}

if (import.meta.main) {
  const [count = SEEDS.long, first = 0] = process.argv.slice(2).map(Number)
  const { hash, ...sum } = sessions(first, count, (done) => console.log(`${done} sessions`))
  console.log({ seeds: count, ...sum, hash: hash.toString(16) })
}

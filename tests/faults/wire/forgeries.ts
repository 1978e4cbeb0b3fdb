/**
 * What the rows of forged updates have in common: one document under attack, eight lines at a time, and after every two hundred forgeries the
 * victim works on. In the end nothing of them may have left a trace.
 */
import { type Outcome, tell } from '../fault.ts'
import type { Ending } from './intruder.ts'
import { inLanes, Scene, told } from './scene.ts'
import { withWard } from './wards.ts'

const LANES = 8
const ROUND = 200
const TOLD_EVERY = 1_000

export interface Verdict {
  readonly ending: Ending
  /** It ended as it must. */
  readonly right: boolean
  /** What was tried. */
  readonly name?: string
}

/** `attempt` draws everything from its seed. */
export function forgeries(
  trials: number,
  seed: number,
  attempt: (scene: Scene, seed: number) => Promise<Verdict>,
): Promise<Outcome> {
  return withWard(async (ward) => {
    const scene = await Scene.open(ward)
    const failures = await scene.control()
    const ends = new Map<string, number>()
    for (let first = 0; first < trials; first += ROUND) {
      const count = Math.min(ROUND, trials - first)
      await inLanes(count, LANES, async (n) => {
        const { ending, right, name } = await attempt(scene, seed + first + n)
        ends.set(told(ending), (ends.get(told(ending)) ?? 0) + 1)
        if (!right) failures.push(`seed ${seed + first + n}: ${name ? `${name}: ` : ''}${told(ending)}`)
      })
      await scene.victimWorks(first / ROUND)
      if (first % TOLD_EVERY === 0) tell(`${first + count} of ${trials}`)
    }
    failures.push(...(await scene.quiet()).map((line) => `seed ${seed}: ${line}`))
    scene.close()
    return { trials, failures, figures: Object.fromEntries(ends) }
  })
}

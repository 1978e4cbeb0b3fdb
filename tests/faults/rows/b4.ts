/** Values, names and shapes that the record must never hold. */
import { type Fault, Random, tell } from '../fault.ts'
import { forge } from '../wire/forge.ts'
import { HARMLESS, NASTY, type Nasty } from '../wire/nasty.ts'
import { inLanes, Scene, suffixOf, told } from '../wire/scene.ts'
import { withWard } from '../wire/wards.ts'

const LANES = 4

const forged = ({ own, thread }: Scene, nasty: Nasty, clock: number, suffix: string): Uint8Array =>
  forge([{ client: own, clock, blocks: nasty.blocks([own, clock], suffix, thread) }])

export const fault: Fault = {
  id: 'B4',
  fault: `${NASTY.length} values, names and shapes that the record must never hold, each in an entry that is otherwise without a fault`,
  must: 'none is taken; what only looks strange (letters from right to left, words like __proto__) is',
  trials: { short: NASTY.length, full: 10 * NASTY.length },
  run: (trials, seed) =>
    withWard(async (ward) => {
      const scene = await Scene.open(ward)
      const failures = await scene.control()
      for (const harmless of HARMLESS) {
        const suffix = suffixOf(new Random(seed + 10_000 + HARMLESS.indexOf(harmless)))
        const found = await scene.control((clock) => forged(scene, harmless, clock, suffix))
        failures.push(...found.map((line) => `seed ${seed}: ${harmless.name}: ${line}`))
      }
      const ends = new Map<string, number>()
      await inLanes(trials, LANES, async (n) => {
        const random = new Random(seed + n)
        const nasty = NASTY[(seed + n) % NASTY.length]
        if (!nasty) return
        const update = forged(scene, nasty, scene.clock(scene.own), suffixOf(random))
        const ending = await scene.attack(update, random.next() < 0.5 ? 1 : 2)
        ends.set(told(ending), (ends.get(told(ending)) ?? 0) + 1)
        if (ending.how !== 'refused' && ending.how !== 'asked' && ending.how !== 'closed')
          failures.push(`seed ${seed + n}: ${nasty.name}: ${told(ending)}`)
        if ((n + 1) % 200 === 0) tell(`${n + 1} of ${trials}`)
      })
      failures.push(...(await scene.quiet()).map((line) => `seed ${seed}: ${line}`))
      scene.close()
      return { trials, failures, figures: Object.fromEntries(ends) }
    }),
}

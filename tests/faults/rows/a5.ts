/** Delete sets: a few bytes that would erase what others wrote, or what they are going to write. */
import { type Fault, Random, tell } from '../fault.ts'
import { content, type Deletes, forge, type Section } from '../wire/forge.ts'
import type { Ending } from '../wire/intruder.ts'
import { inLanes, Scene, told } from '../wire/scene.ts'
import { withWard } from '../wire/wards.ts'

const LANES = 8
const ROUND = 200

type Forgery = readonly Deletes[]

const one = ([client, clock]: readonly [number, number], len = 1): Forgery => [
  { client, ranges: [[clock, len]] },
]

/** Every entry of a root. */
const entries = (scene: Scene, root: string): Forgery =>
  Array.from(scene.victim.doc.getMap(root)._map.values(), ({ id }) => ({
    client: id.client,
    ranges: [[id.clock, 1]],
  }))

/** What nobody may delete, whatever their role. */
const NOBODY: Record<string, (scene: Scene, random: Random) => Forgery> = {
  'the whole entry': (scene) => one(scene.idOf()),
  'what it is about': (scene, random) => one(scene.idOf(random.pick(['kind', 'source']))),
  'somebody’s words': (scene) => entries(scene, 'comments'),
  'a thread': (scene) => entries(scene, 'threads'),
  'all that was written': (scene) =>
    one([scene.victim.client ?? 0, 0], scene.clock(scene.victim.client ?? 0)),
  'what is not written yet': (scene, random) => {
    const client = random.pick([scene.victim.client ?? 0, scene.reserve, scene.own])
    return one([client, scene.clock(client)], random.whole(1, 1_000))
  },
  'what a stranger may write some day': (_, random) => one([random.whole(1, 2 ** 32 - 1), 0], 1_000),
  'everything, for ever': (scene, random) =>
    one([scene.victim.client ?? 0, 0], random.pick([2 ** 31, 2 ** 52, 2 ** 53 - 1])),
  'one range a thousand times': (scene) => [
    {
      client: scene.victim.client ?? 0,
      ranges: Array.from({ length: 1_000 }, () => [0, scene.clock(scene.victim.client ?? 0)] as const),
    },
  ],
  'ranges of nothing': (scene) => [{ client: scene.victim.client ?? 0, ranges: [[0, 0]] }],
}

/** What a reader may not delete of others. */
const READER: typeof NOBODY = {
  ...NOBODY,
  'a value': (scene, random) => one(scene.idOf(random.pick(['label', 'certainty', 'confidence', 'retired']))),
  'the outline': (scene) => one(scene.idOf('vertices')),
  'letters of a text': (scene, random) => {
    const [client, clock] = scene.idOf('reasoning')
    return one([client, clock + 1 + random.whole(0, 9)], random.whole(1, 5))
  },
}

export const fault: Fault = {
  id: 'A5',
  fault:
    'delete sets name what others wrote, what is never removed, and what nobody has written yet; sent by a reader, every fourth by an adjudicator',
  must: 'a reader deletes nothing of others, nobody deletes an entry, a thread, words or the future; all of it stays, and its author works on',
  trials: { short: 160, full: 5_000 },
  run: (trials, seed) =>
    withWard(async (ward) => {
      const reader = await Scene.open(ward)
      const adjudicator = await Scene.open(ward, 'adjudicator')
      const failures = [...(await reader.control()), ...(await adjudicator.control())]
      const ends = new Map<string, number>()
      for (let first = 0; first < trials; first += ROUND) {
        const count = Math.min(ROUND, trials - first)
        await inLanes(count, LANES, async (n) => {
          const own = seed + first + n
          const [scene, forgeries] = own % 4 === 3 ? [adjudicator, NOBODY] : [reader, READER]
          const { name, ending } = await erase(scene, forgeries, new Random(own))
          ends.set(told(ending), (ends.get(told(ending)) ?? 0) + 1)
          if (ending.how !== 'refused' && ending.how !== 'asked')
            failures.push(`seed ${own}: ${name}: ${told(ending)}`)
        })
        for (const scene of [reader, adjudicator]) await scene.victimWorks(first / ROUND)
        if (first % 1_000 === 0) tell(`${first + count} of ${trials}`)
      }
      for (const scene of [reader, adjudicator]) {
        failures.push(...(await scene.quiet()).map((line) => `seed ${seed}: ${line}`))
        scene.close()
      }
      return { trials, failures, figures: Object.fromEntries(ends) }
    }),
}

/** Alone, or behind a block that would be fine by itself. */
async function erase(
  scene: Scene,
  forgeries: typeof NOBODY,
  random: Random,
): Promise<{ name: string; ending: Ending }> {
  const name = random.pick(Object.keys(forgeries))
  const deletes = forgeries[name]?.(scene, random) ?? []
  const beside: Section[] =
    random.next() < 0.3
      ? [{ client: scene.own, clock: scene.clock(scene.own), blocks: [{ content: content.gc(1) }] }]
      : []
  return { name, ending: await scene.attack(forge(beside, deletes), random.next() < 0.5 ? 1 : 2) }
}

/** Clocks: those of somebody else used up before them, those far ahead, those with a hole before, and blocks that would bury what is there. */
import { type Fault, Random } from '../fault.ts'
import { type Block, content, type Deletes, forge, type Section } from '../wire/forge.ts'
import { forgeries } from '../wire/forgeries.ts'
import type { Scene } from '../wire/scene.ts'

interface Forgery {
  readonly sections: readonly Section[]
  readonly deletes?: readonly Deletes[]
  /** Says nothing new: may be acknowledged, as every repetition is, and must change nothing. */
  readonly repetition?: boolean
}

const text = (place: Omit<Block, 'content'>): Block => ({ ...place, content: content.string('forged') })

type Forge = (scene: Scene, random: Random) => Forgery

/** By name, so that the figures say which were tried. */
const FORGERIES: Record<string, Forge> = {
  'clocks of others used up': (scene, random) => {
    const client = random.pick([scene.victim.client ?? 0, scene.reserve])
    const place = scene.place(random, client)
    const blocks = Array.from({ length: random.whole(1, 1_000) }, () => ({
      ...place,
      content: content.any('forged'),
    }))
    return { sections: [{ client, clock: scene.clock(client), blocks }] }
  },
  'clocks far ahead': (scene, random) => ({
    sections: [
      {
        client: scene.own,
        clock: random.pick([2 ** 31 - 2, 2 ** 31, 2 ** 32, 2 ** 50, 2 ** 53 - 2]),
        blocks: [text(scene.place(random, scene.own))],
      },
    ],
  }),
  holes: (scene, random) => ({
    sections: [
      {
        client: scene.own,
        clock: scene.clock(scene.own) + random.whole(1, 50),
        blocks: [text(scene.place(random, scene.own))],
      },
    ],
  }),
  'blocks that say they skip': (scene, random) => ({
    sections: [
      {
        client: scene.own,
        clock: scene.clock(scene.own),
        blocks: [{ content: content.skip(random.whole(1, 99)) }, text(scene.place(random, scene.own))],
      },
    ],
  }),
  'endless blocks': (scene, random) => {
    const len = random.pick([2_000_000, 2 ** 31, 2 ** 52, 2 ** 53 - 1])
    return {
      sections: [
        {
          client: scene.own,
          clock: scene.clock(scene.own),
          blocks: [
            random.next() < 0.5
              ? { content: content.gc(len) }
              : { ...scene.place(random, scene.own), content: content.deleted(len) },
          ],
        },
      ],
    }
  },
  'waste over live data': (scene, random) => {
    const client = scene.victim.client ?? 0
    const clock = random.whole(0, scene.clock(client) - 1)
    return {
      sections: [
        { client, clock, blocks: [{ content: content.gc(random.whole(1, scene.clock(client) - clock)) }] },
      ],
      repetition: true,
    }
  },
  'waste over live data and beyond': (scene, random) => {
    const client = scene.victim.client ?? 0
    const clock = random.whole(0, scene.clock(client) - 1)
    const len = scene.clock(client) - clock + random.whole(1, 1_000)
    const place = scene.place(random, client)
    return {
      sections: [
        {
          client,
          clock,
          blocks: [
            random.next() < 0.5 ? { content: content.gc(len) } : { ...place, content: content.deleted(len) },
          ],
        },
      ],
    }
  },
  'clientIDs that are none': (scene, random) => ({
    sections: [
      {
        client: random.pick([2 ** 32, 2 ** 40, 2 ** 53 - 1]),
        clock: 0,
        blocks: [text(scene.place(random, scene.own))],
      },
    ],
  }),
}
const NAMES = Object.keys(FORGERIES)

export const fault: Fault = {
  id: 'A4',
  fault:
    'clocks of others are used up, clocks are far ahead or leave holes, endless blocks, blocks of waste over live data',
  must: 'nothing is written; whose clocks they were works on, and what was there stays',
  trials: { short: 160, full: 5_000 },
  run: (trials, seed) =>
    forgeries(trials, seed, async (scene, one) => {
      const random = new Random(one)
      const name = NAMES[one % NAMES.length] as string
      const { sections, repetition } = (FORGERIES[name] as Forge)(scene, random)
      const ending = await scene.attack(forge(sections), random.next() < 0.5 ? 1 : 2)
      const isStopped = ending.how === 'refused' || ending.how === 'asked'
      return { name, ending, right: isStopped || (repetition === true && ending.how === 'taken') }
    }),
}

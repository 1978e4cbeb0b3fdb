/** One update that is half good: a comment that would be taken by itself, and something that never would. */
import { type Fault, Random } from '../fault.ts'
import { type Block, content, type Deletes, forge, type Section } from '../wire/forge.ts'
import { forgeries } from '../wire/forgeries.ts'
import { commentBlocks, type Scene } from '../wire/scene.ts'

/** What spoils it, behind `good` blocks of the attacker's own that end at `next`. */
type Spoil = (
  scene: Scene,
  random: Random,
  next: number,
) => { readonly own?: readonly Block[]; readonly other?: Section; readonly deletes?: readonly Deletes[] }

const SPOILS: Record<string, Spoil> = {
  'somebody else’s block': (scene, random) => ({
    other: {
      client: scene.victim.client ?? 0,
      clock: scene.clock(scene.victim.client ?? 0),
      blocks: [{ ...scene.place(random, scene.victim.client ?? 0), content: content.any('forged') }],
    },
  }),
  'a root that is none': (_, random) => ({
    own: [{ parent: random.pick(['secrets', '__proto__', '']), sub: 'x', content: content.any(1) }],
  }),
  'a change of what is the victim’s': (scene, random) => ({
    own: [{ origin: scene.idOf(random.pick(['label', 'confidence'])), content: content.any(null) }],
  }),
  'neighbours in two places': (scene) => ({
    own: [{ origin: scene.idOf('label'), rightOrigin: scene.idOf('kind'), content: content.any('forged') }],
  }),
  'a neighbour that does not exist': (scene, random, next) => ({
    own: [{ origin: [scene.own, next + random.whole(1, 9)], content: content.any('forged') }],
  }),
  'a value that is none': (scene, random, next) => ({
    own: [
      {
        parent: [scene.own, next - 4],
        sub: 'text',
        content: random.pick([
          content.any(Number.NaN),
          content.any(1n),
          content.any(undefined),
          content.binary(Uint8Array.of(1)),
          content.subdocument('forged'),
        ]),
      },
    ],
  }),
  'a name from a prototype': (scene, random, next) => ({
    own: [
      {
        parent: [scene.own, next - 4],
        sub: random.pick(['__proto__', 'constructor']),
        content: content.any('forged'),
      },
    ],
  }),
  'a deletion of the victim’s': (scene) => {
    const [client, clock] = scene.idOf('label')
    return { deletes: [{ client, ranges: [[clock, 1]] }] }
  },
  'a deletion of the future': (scene, random, next) => ({
    deletes: [{ client: scene.own, ranges: [[next + random.whole(0, 9), 1]] }],
  }),
  'a hole behind it': (scene, random) => ({
    own: [
      { content: content.skip(random.whole(1, 9)) },
      { ...scene.place(random, scene.own), content: content.any(1) },
    ],
  }),
}
const NAMES = Object.keys(SPOILS)

export const fault: Fault = {
  id: 'B3',
  fault: 'one update holds a comment that would be taken by itself, and something that never would',
  must: 'nothing of it is written or shown to anybody',
  trials: { short: 200, full: 5_000 },
  run: (trials, seed) =>
    forgeries(trials, seed, async (scene, one) => {
      const random = new Random(one)
      const name = NAMES[one % NAMES.length] as string
      const clock = scene.clock(scene.own)
      const good = commentBlocks(scene, random)
      const { own = [], other, deletes } = SPOILS[name]?.(scene, random, clock + good.length) ?? {}
      const mine = { client: scene.own, clock, blocks: [...good, ...own] }
      const sections = other ? (random.next() < 0.5 ? [mine, other] : [other, mine]) : [mine]
      const ending = await scene.attack(forge(sections, deletes), random.next() < 0.5 ? 1 : 2)
      return { name, ending, right: ending.how === 'refused' || ending.how === 'asked' }
    }),
}

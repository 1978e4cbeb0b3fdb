/** Blocks of every kind, anywhere in a document, under the clientID of somebody else. */
import { type Fault, Random } from '../fault.ts'
import { anyContent, type Block, forge, type Section } from '../wire/forge.ts'
import { forgeries } from '../wire/forgeries.ts'
import { closeOf } from '../wire/intruder.ts'
import { commentBlocks, type Scene } from '../wire/scene.ts'

const FORBIDDEN = 4403

interface Forgery {
  readonly update: Uint8Array
  readonly kind: 1 | 2
  /** Nothing is wrong with it but its author. */
  readonly flawless: boolean
}

/** What trial `seed` sends: a comment without a fault or any blocks, under a clientID of the victim, sometimes after blocks of the attacker's own. */
function forgery(scene: Scene, seed: number): Forgery {
  const random = new Random(seed)
  const flawless = random.next() < 0.4
  const victim = random.pick([scene.victim.client ?? 0, scene.reserve])
  const own = random.next() < 0.2
  const section = (client: number, blocks: () => readonly Block[]): Section => ({
    client,
    clock: scene.clock(client),
    blocks: blocks(),
  })
  const anything = (client: number, count: number): Block[] =>
    Array.from({ length: count }, () => ({ content: anyContent(random), ...scene.place(random, client) }))
  const stolen = section(victim, () =>
    flawless ? commentBlocks(scene, random, victim) : anything(victim, random.whole(1, 3)),
  )
  const before = own
    ? [section(scene.own, () => (flawless ? commentBlocks(scene, random) : anything(scene.own, 1)))]
    : []
  return { update: forge([...before, stolen]), kind: random.next() < 0.5 ? 1 : 2, flawless }
}

export const fault: Fault = {
  id: 'A3',
  fault:
    'blocks of every kind of content, anywhere in the document, are sent under the clientID of somebody else',
  must: 'each is refused with a reason (4403 where nothing else is wrong with it); nothing is written, and whose name it was works on unharmed',
  trials: { short: 300, full: 10_000 },
  run: (trials, seed) =>
    forgeries(trials, seed, async (scene, one) => {
      const { update, kind, flawless } = forgery(scene, one)
      const ending = await scene.attack(update, kind)
      const forbidden = closeOf(String(ending.code)) === FORBIDDEN
      return { ending, right: ending.how === 'refused' && (forbidden || !flawless) }
    }),
}

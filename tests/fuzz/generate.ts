/** The next thing to offer to the gate: bytes, who sends them, and how they were made. */
import * as Y from 'yjs'
import type { Random } from '../faults/fault.ts'
import { onceIn } from '../simulation/seeded.ts'
import { encode } from './bytes.ts'
import { update } from './grammar.ts'
import { mangle, mutate, oddNumber } from './mutate.ts'
import type { Page } from './page.ts'
import { CLIENTS, PEOPLE, type Somebody, UNLEASED } from './people.ts'
import { type Plan, planOf, rehome } from './plan.ts'
import type { Sight } from './sight.ts'

/**
 * honest    what a page sent for its person
 * mutated   what a page sent once, made wrong in one to three places, as often as not under the forger's own clientID
 * grammar   made from the format and what is to be seen of the document, half of it as a page might
 * noise     broken bytes
 */
export const MAKES = ['honest', 'mutated', 'grammar', 'noise'] as const
export type Make = (typeof MAKES)[number]

export interface Offer {
  readonly make: Make
  readonly by: Somebody
  /** The connection's own clientID; null for one that brings its own. */
  readonly client: number | null
  readonly updates: readonly Uint8Array[]
  /** Of an honest one. */
  readonly page: Page | null
}

/** `past`: what honest pages sent. */
export function forged(sight: Sight, past: readonly Uint8Array[]): Offer {
  const { random } = sight
  const by = somebody(random)
  const n = random.whole(1, 20)
  const make = n > 18 ? 'noise' : n > 9 || past.length === 0 ? 'grammar' : 'mutated'
  const updates: Uint8Array[] = []
  do updates.push(FORGE[make](sight, by, past))
  while (onceIn(random, 12))
  return { make, by, client: onceIn(random, 20) ? null : random.pick(by.clients), updates, page: null }
}

export function honest(random: Random, pages: readonly Page[], rows: readonly Uint8Array[]): Offer | null {
  const page = random.pick(pages)
  if (onceIn(random, 3)) page.read(rows)
  const updates = page.send(random)
  return updates.length > 0 ? { make: 'honest', by: page.by, client: page.client, updates, page } : null
}

/** Those who may write most write most. */
function somebody(random: Random): Somebody {
  const n = random.whole(0, 9)
  const one = PEOPLE[n < 3 ? 0 : n < 5 ? 1 : n < 8 ? 2 : random.whole(3, PEOPLE.length - 1)] as Somebody
  return onceIn(random, 30) ? { ...one, clients: UNLEASED } : one
}

type Forge = (sight: Sight, by: Somebody, past: readonly Uint8Array[]) => Uint8Array

/** What is forged under the clientID of one's own page would be one's own doing: nobody is harmed. */
const targets = ({ page }: Somebody): readonly number[] => CLIENTS.filter((client) => client !== page)

/** Mostly under a clientID of their own: else most of it ends at the first question. */
const clientFor = ({ random }: Sight, by: Somebody): number =>
  random.pick(onceIn(random, 12) ? targets(by) : by.clients)

function written(plan: Plan, { random }: Sight): Uint8Array {
  return onceIn(random, 25) ? encode(plan, oddNumber(random)) : encode(plan)
}

/** What a page sent, under a clientID of the forger's; sent by somebody else it may also stay as it is. */
function replayed(sight: Sight, by: Somebody, past: readonly Uint8Array[]): Plan {
  const { random } = sight
  const plan = planOf(random.pick(past))
  const isOwn = plan.sections.some(({ client }) => client === by.page)
  if (isOwn || !onceIn(random, 5)) {
    const client = clientFor(sight, by)
    rehome(plan, client, sight.next(client))
  }
  return plan
}

const FORGE: Record<Exclude<Make, 'honest'>, Forge> = {
  mutated(sight, by, past) {
    const plan = replayed(sight, by, past)
    if (!onceIn(sight.random, 8)) mutate(plan, sight, targets(by))
    return written(plan, sight)
  },
  grammar(sight, by) {
    const plan = update(sight, clientFor(sight, by), sight.random.pick(by.clients))
    if (onceIn(sight.random, 4)) mutate(plan, sight, targets(by))
    return written(plan, sight)
  },
  noise(sight, by, past) {
    const { random } = sight
    const kind = random.whole(0, 9)
    if (kind < 2) return Uint8Array.from({ length: random.whole(0, 60) }, () => random.whole(0, 255))
    if (past.length === 0 || kind < 5) {
      const bytes = encode(update(sight, clientFor(sight, by), sight.random.pick(by.clients)))
      return mangle(bytes, bytes, random)
    }
    const bytes = encode(replayed(sight, by, past))
    // In the other format of Yjs; or broken.
    return kind === 5 ? Y.convertUpdateFormatV1ToV2(bytes) : mangle(bytes, random.pick(past), random)
  },
}

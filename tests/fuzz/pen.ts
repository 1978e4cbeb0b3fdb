/** What forged updates are written with: structs in a row under one clientID, and what may be put into them. */
import type { Random } from '../faults/fault.ts'
import { onceIn } from '../simulation/seeded.ts'
import { type Content, type Id, lengthOf, type Section, type Struct, TYPES } from './plan.ts'
import { odd } from './values.ts'

/** A clientID and the structs it is about to write. */
export class Pen {
  readonly section: Section
  #clock: number

  constructor(client: number, clock: number) {
    this.section = { client, clock, structs: [] }
    this.#clock = clock
  }

  /** Returns its id. */
  write(struct: Struct): Id {
    const id = { client: this.section.client, clock: this.#clock }
    this.section.structs.push(struct)
    this.#clock += lengthOf(struct)
    return id
  }

  put(
    parent: string | Id,
    sub: string | null,
    content: Content,
    origin: Id | null = null,
    right: Id | null = null,
  ): Id {
    return this.write({ is: 'item', origin, right, parent, sub, content })
  }
}

export const any = (...values: unknown[]): Content => ({ is: 'any', values })
export const type = (of: keyof typeof TYPES): Content => ({ is: 'type', type: TYPES[of], name: 'p' })

export function someContent(random: Random): Content {
  const kind = random.whole(0, 11)
  if (kind < 4) return any(odd(random))
  if (kind === 4) return { is: 'string', text: random.pick(['a', 'word ', '\ud83d', '', 'x'.repeat(70_000)]) }
  if (kind === 5) return { is: 'deleted', len: random.pick([0, 1, 3, 1_000, 2 ** 31]) }
  if (kind === 6) return type(random.pick(Object.keys(TYPES) as (keyof typeof TYPES)[]))
  if (kind === 7) return { is: 'format', key: 'bold', value: true }
  if (kind === 8) return { is: 'embed', value: { image: 'x' } }
  if (kind === 9) return { is: 'json', values: [1, 'a', undefined] }
  if (kind === 10) return { is: 'binary', bytes: new Uint8Array(3) }
  return { is: 'doc', guid: 'subdocument', options: random.pick([{}, { autoLoad: true }, null]) }
}

/** Mostly something that might stand somewhere, so that it is asked where it goes. */
export const likely = (random: Random): Content =>
  onceIn(random, 5)
    ? someContent(random)
    : random.pick([
        any('nodule'),
        any([1, 2, 0]),
        any(null),
        type('map'),
        type('text'),
        { is: 'string', text: 'ab' },
      ])

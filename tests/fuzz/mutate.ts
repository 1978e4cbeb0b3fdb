/** Honest updates made wrong: in their structure, or in their bytes. */
import { ROOTS } from '@consilium/crdt-schema/documents'
import * as encoding from 'lib0/encoding'
import type { Random } from '../faults/fault.ts'
import { onceIn } from '../simulation/seeded.ts'
import type { WriteUint } from './bytes.ts'
import { someContent } from './pen.ts'
import type { Id, Item, Plan, Section, Struct } from './plan.ts'
import type { Sight } from './sight.ts'
import { someKey } from './values.ts'

const NUMBERS = [0, 1, 2, 127, 128, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 52, Number.MAX_SAFE_INTEGER]

const number = (random: Random, near: number): number =>
  random.whole(0, 2) ? Math.max(0, near + random.pick([-2, -1, 1, 2, 10])) : random.pick(NUMBERS)

/** Changes `plan` in one to three places. */
export function mutate(plan: Plan, sight: Sight, clients: readonly number[]): void {
  for (let n = sight.random.pick([1, 1, 1, 2, 3]); n > 0; n--)
    sight.random.pick(MUTATIONS)(plan, sight, clients)
}

type Mutation = (plan: Plan, sight: Sight, clients: readonly number[]) => void

const onSection =
  (how: (section: Section, sight: Sight, clients: readonly number[], plan: Plan) => void): Mutation =>
  (plan, sight, clients) => {
    if (plan.sections.length > 0) how(sight.random.pick(plan.sections), sight, clients, plan)
  }

const onStruct = (how: (structs: Struct[], at: number, sight: Sight, section: Section) => void): Mutation =>
  onSection((section, sight) => {
    const { structs } = section
    if (structs.length > 0) how(structs, sight.random.whole(0, structs.length - 1), sight, section)
  })

const onItem = (how: (item: Item, sight: Sight, section: Section) => void): Mutation =>
  onStruct((structs, at, sight, section) => {
    const struct = structs[at]
    if (struct?.is === 'item') how(struct, sight, section)
  })

/** Of something stored, of something in the update itself, or of nothing. */
function someId(sight: Sight, { client, clock, structs }: Section): Id | null {
  const { random } = sight
  const kind = random.whole(0, 4)
  if (kind === 0) return null
  return kind < 3 ? sight.id() : { client, clock: clock + random.whole(0, structs.length + 2) }
}

/** Mutations replace what they change. */
const copyOf = (struct: Struct): Struct => ({ ...struct })

const MUTATIONS: readonly Mutation[] = [
  onSection((section, { random }, clients) => {
    section.client = onceIn(random, 4) ? random.pick(NUMBERS) : random.pick(clients)
  }),
  onSection((section, { random }) => {
    section.clock = number(random, section.clock)
  }),
  // So that the mutant's clocks fit, whoever it is said to be of.
  onSection((section, sight, clients) => {
    section.client = sight.random.pick(clients)
    section.clock = sight.next(section.client)
  }),
  onSection((section, { random }) => {
    section.count = number(random, section.structs.length)
  }),
  onSection((section, { random }, _, plan) => {
    const at = random.whole(0, section.structs.length)
    plan.sections.push({ ...section, structs: section.structs.splice(at) })
  }),
  onSection(
    (section, _, __, plan) => void plan.sections.push({ ...section, structs: section.structs.map(copyOf) }),
  ),
  onItem((item, sight, section) => {
    item.origin = someId(sight, section)
  }),
  onItem((item, sight, section) => {
    item.right = someId(sight, section)
  }),
  onItem((item, sight, section) => {
    item.origin = item.right = null
    item.parent = someId(sight, section) ?? sight.random.pick([...ROOTS, 'other', '', '__proto__'])
  }),
  onItem((item, { random }) => {
    item.sub = onceIn(random, 3) ? null : someKey(random, random.pick(ROOTS))
  }),
  onItem((item, { random }) => {
    item.sub = item.sub?.replace(/^\d+/, random.pick(['101', '999', '-1', '007'])) ?? null
  }),
  onItem((item, { random }) => {
    item.content = someContent(random)
  }),
  onItem((item, { random }) => {
    item.content = someContent(random)
  }),
  onItem((item, sight) => {
    const entry = sight.entry()
    if (!entry) return
    item.origin = item.right = null
    item.parent = { ...entry.item.id }
    item.sub ??= someKey(sight.random, entry.root)
  }),
  onStruct((structs, at, { random }) => {
    structs[at] = { is: random.pick(['gc', 'skip']), len: random.pick([0, 1, 2, 2 ** 31, 2 ** 52]) }
  }),
  onStruct((structs, at) => void structs.splice(at, 1)),
  onStruct((structs, at) => void structs.splice(at, 0, copyOf(structs[at] as Struct))),
  onStruct((structs, at, { random }) => {
    const other = random.whole(0, structs.length - 1)
    const [a, b] = [structs[at] as Struct, structs[other] as Struct]
    structs[at] = b
    structs[other] = a
  }),
  (plan, { random }) => {
    for (const { ranges } of plan.deletions)
      for (const range of ranges)
        if (onceIn(random, 2)) {
          range.clock = number(random, range.clock)
          range.len = number(random, range.len)
        }
  },
  (plan, sight) => {
    const { client, clock } = sight.id()
    plan.deletions.push({ client, ranges: [{ clock, len: sight.random.pick([1, 1, 1, 3, 100, 0]) }] })
  },
  (plan, { random }, clients) => {
    const ranges = Array.from({ length: 50 }, (_, n) => ({ clock: n % 7, len: 1 + (n % 5) }))
    plan.deletions.push({ client: random.pick(clients), ranges })
  },
]

/** Writes one number longer than it must be, or larger than a number can be. */
export function oddNumber(random: Random): WriteUint {
  let before = random.whole(0, 30)
  return (out, n) => {
    if (before-- !== 0) return encoding.writeVarUint(out, n)
    const bytes = random.pick([
      [0x80 | (n & 0x7f), 0x80, 0x00],
      [0x80 | (n & 0x7f), 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
      Array.from({ length: 40 }, () => 0xff),
    ])
    for (const byte of bytes) encoding.writeUint8(out, byte)
  }
}

const INTERESTING = [0x00, 0x01, 0x0a, 0x7f, 0x80, 0xff, 0xc4, 0x28]

/** One to three changes of single bytes or stretches; `other` lends what is spliced in. */
export function mangle(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let out = [...bytes]
  for (let n = random.pick([1, 1, 1, 2, 3]); n > 0; n--) {
    const at = random.whole(0, Math.max(0, out.length - 1))
    const kind = random.whole(0, 5)
    if (kind === 0) out[at] = (out[at] ?? 0) ^ (1 << random.whole(0, 7))
    else if (kind === 1) out[at] = random.pick(INTERESTING)
    else if (kind === 2) out = out.slice(0, at)
    else if (kind === 3) out.splice(at, random.whole(1, 8))
    else if (kind === 4) out.splice(at, 0, ...out.slice(at, at + random.whole(1, 16)))
    else {
      const from = random.whole(0, other.length)
      out = [...out.slice(0, at), ...other.subarray(from, from + 2_000)]
    }
  }
  return Uint8Array.from(out)
}

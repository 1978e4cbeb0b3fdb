/** Updates made from nothing but the format and what is to be seen of the document: half of them as a page would make them, half not. */
import { ROOTS, type RootName } from '@consilium/crdt-schema/documents'
import * as Y from 'yjs'
import type { Random } from '../faults/fault.ts'
import { onceIn } from '../simulation/seeded.ts'
import { any, likely, Pen, someContent, type } from './pen.ts'
import type { Content, Id, Item, Plan } from './plan.ts'
import type { SeenEntry, Sight } from './sight.ts'
import { odd, SOUND, someKey, soundPoint } from './values.ts'

/** `other`: a second clientID of whoever writes, as of somebody who was offline in two tabs; or the same. */
export function update(sight: Sight, client: number, other: number): Plan {
  const { random } = sight
  const pen = new Pen(client, sight.next(client))
  const second = other === client ? pen : new Pen(other, sight.next(other))
  const plan: Plan = { sections: [], deletions: [] }
  for (let n = random.pick([1, 1, 1, 2, 3]); n > 0; n--) random.pick(PHRASES)(sight, pen, plan, second)
  plan.sections.push(
    ...[...new Set([pen, second])].flatMap(({ section }) => (section.structs.length > 0 ? [section] : [])),
  )
  return plan
}

type Phrase = (sight: Sight, pen: Pen, plan: Plan, second: Pen) => void

const idOf = (item: Y.Item | null | undefined): Id | null =>
  !item ? null : { client: item.id.client, clock: item.id.clock + item.length - 1 }

/** The item of an entry that is there and was made under this clientID. */
const someOwn = ({ doc, random }: Sight, root: RootName, client: number): Y.Item | null => {
  const own = [...doc.getMap(root)._map].filter(([key]) => key.startsWith(`${client}-`))
  return own.length > 0 ? random.pick(own)[1] : null
}

const newEntry: Phrase = (sight, pen) => {
  const { random } = sight
  const root = onceIn(random, 2) ? 'annotations' : random.pick(ROOTS)
  const { client } = pen.section
  const again = onceIn(random, 6) ? someOwn(sight, root, client) : null
  const maker = onceIn(random, 12) ? 101 : client
  const key = again?.parentSub ?? `${maker}-${random.whole(36 ** 4, 36 ** 5).toString(36)}`
  const content = onceIn(random, 15) ? someContent(random) : type('map')
  const entry = pen.put(root, key, content, random.pick([null, idOf(again)]))
  for (const [field, sound] of Object.entries(SOUND[root])) {
    if (onceIn(random, 40)) continue
    const content = onceIn(random, 40)
      ? someContent(random)
      : sound === 'text' || sound === 'map'
        ? type(sound)
        : any(sound(random))
    const id = pen.put(entry, field, content)
    if (sound === 'text' && random.whole(0, 1)) pen.put(id, null, { is: 'string', text: 'because ' })
    if (sound === 'map')
      for (let n = random.pick([0, 1, 2, 3, 4]); n > 0; n--) pen.put(id, `a${n}`, any(soundPoint(random)))
  }
}

const fieldsOf = (root: RootName) =>
  SOUND[root] as Record<string, ((random: Random) => unknown) | 'text' | 'map'>

/** Behind what lies there, as a page writes; or as if nothing lay there. */
function overwrite(
  { random }: Sight,
  pen: Pen,
  holder: Y.Item,
  map: Y.Map<unknown>,
  key: string,
  content: Content,
): void {
  const before = onceIn(random, 10) ? null : idOf(map._map.get(key))
  pen.put({ ...holder.id }, key, content, before, onceIn(random, 20) ? idOf(map._map.get(key)) : null)
}

const setField: Phrase = (sight, pen) => {
  const { random } = sight
  const entry = sight.entry()
  if (!entry) return
  const field = someKey(random, entry.root)
  const sound = fieldsOf(entry.root)[field]
  const content =
    typeof sound === 'function' && !onceIn(random, 10) ? any(sound(random)) : someContent(random)
  overwrite(sight, pen, entry.item, entry.map, field, content)
}

/** What somebody retired, the adjudicator perhaps. */
const bringBack: Phrase = (sight, pen) => {
  const retired = sight.entries('annotations').filter(({ map }) => map.get('retired'))
  if (retired.length === 0) return
  const { item, map } = sight.random.pick(retired)
  overwrite(sight, pen, item, map, 'retired', any(null))
}

/** The shared type below an entry, with the item that holds it. */
function below({ map }: SeenEntry, field: string): { item: Y.Item; type: Y.AbstractType<unknown> } | null {
  const item = map._map.get(field)
  const found = item?.content instanceof Y.ContentType ? item.content.type : null
  return item && found ? { item, type: found } : null
}

const setVertex: Phrase = (sight, pen) => {
  const { random } = sight
  const entry = sight.entry()
  const found = entry && below(entry, 'vertices')
  if (!found || !(found.type instanceof Y.Map)) return
  const keys = [...found.type._map.keys()]
  const key =
    keys.length === 0 || onceIn(random, 6)
      ? random.pick(['a0', 'a0V', 'a1', '!', '', 'a0'.repeat(300)])
      : random.pick(keys)
  overwrite(
    sight,
    pen,
    found.item,
    found.type,
    key,
    any(onceIn(random, 12) ? odd(random) : soundPoint(random)),
  )
}

/** The beginning of some text. */
function elsewhere(sight: Sight): Y.Item | undefined {
  const entry = sight.entry()
  return (entry && below(entry, 'reasoning')?.type._start) ?? undefined
}

const write: Phrase = (sight, pen) => {
  const { random } = sight
  const entry = sight.entry()
  const found = entry && below(entry, 'reasoning')
  if (!found) return
  const letters: Y.Item[] = []
  for (let item = found.type._start; item !== null; item = item.right) letters.push(item)
  const at = random.whole(0, letters.length)
  // As a page puts it: between two that lie side by side. Or between any two, in any order.
  const left = letters[at - 1]
  const right =
    onceIn(random, 6) && letters.length > 0
      ? random.pick(letters)
      : onceIn(random, 8)
        ? elsewhere(sight)
        : letters[at]
  const content: Content = onceIn(random, 8)
    ? someContent(random)
    : { is: 'string', text: 'word '.repeat(random.whole(1, 4)) }
  const within = right && right.length > 1 && onceIn(random, 3) ? random.whole(0, right.length - 1) : 0
  const next = right ? { client: right.id.client, clock: right.id.clock + within } : null
  pen.put({ ...found.item.id }, null, content, within > 0 && left === undefined ? null : idOf(left), next)
}

/** One field or text written several times over, by two hands that know of each other; what loses may be anything. */
const relay: Phrase = (sight, pen, _, second) => {
  const { random } = sight
  const entry = sight.entry()
  if (!entry) return
  const text = onceIn(random, 2) ? below(entry, 'reasoning') : null
  const key = random.pick(Object.keys(SOUND[entry.root]))
  const sound = fieldsOf(entry.root)[key]
  if (!text && typeof sound !== 'function') return
  const one = (): unknown =>
    onceIn(random, 4) ? odd(random) : (sound as (random: Random) => unknown)(random)
  const value = (): Content => (onceIn(random, 12) ? any(one(), one()) : any(one()))
  const ids = [null, idOf(text ? (text.type._start ?? null) : entry.map._map.get(key))]
  for (let n = random.whole(2, 5); n > 0; n--) {
    const content: Content = text ? { is: 'string', text: 'ab' } : value()
    const right = onceIn(random, text ? 2 : 5) ? random.pick(ids) : null
    const origin = onceIn(random, 3) ? random.pick(ids) : (ids.at(-1) ?? null)
    const by = random.pick([pen, second])
    ids.push(by.put({ ...(text ?? entry).item.id }, text ? null : key, content, origin, right))
  }
}

const erase: Phrase = (sight, _, plan) => {
  const { random } = sight
  const struct = sight.struct()
  if (!struct) return
  const from = random.whole(0, struct.length - 1)
  const len = onceIn(random, 8)
    ? random.pick([0, 5_000, 2 ** 31, 2 ** 52])
    : random.whole(1, struct.length - from)
  plan.deletions.push({ client: struct.id.client, ranges: [{ clock: struct.id.clock + from, len }] })
}

/** Types inside types, and now and then too many. */
const nest: Phrase = (sight, pen) => {
  const { random } = sight
  const entry = sight.entry()
  if (!entry) return
  let holder: Id = { ...entry.item.id }
  const depth = random.pick([1, 2, 6, 7, 8, 30])
  for (let n = 0; n < depth; n++)
    holder = pen.put(
      holder,
      n === 0 ? someKey(random, entry.root) : random.pick(['a0', null]),
      type(random.pick(['map', 'map', 'list', 'text'])),
    )
  pen.put(holder, random.pick(['a0', null]), likely(random))
}

/** Neighbours and parents picked at random from all over the document. */
const astray: Phrase = (sight, pen) => {
  const { random } = sight
  const id = (): Id | null => (onceIn(random, 2) ? sight.id() : null)
  const parent = onceIn(random, 3) ? random.pick([...ROOTS, 'other', '']) : sight.id()
  const item: Item = {
    is: 'item',
    origin: id(),
    right: id(),
    parent,
    sub: onceIn(random, 2) ? someKey(random, random.pick(ROOTS)) : null,
    content: likely(random),
  }
  pen.write(item)
}

const hollow: Phrase = ({ random }, pen) =>
  void pen.write({
    is: random.pick(['gc', 'gc', 'skip']),
    len: random.pick([0, 1, 1, 2, 50, 999, 2 ** 31, 2 ** 52]),
  })

const PHRASES: readonly Phrase[] = [
  newEntry,
  newEntry,
  setField,
  setField,
  bringBack,
  setVertex,
  write,
  write,
  relay,
  erase,
  nest,
  astray,
  hollow,
]

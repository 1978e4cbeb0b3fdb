/**
 * Undo inside a text: the characters one typed go, those one deleted come back; what others typed in between stays.
 * A character that comes back is a new item; it is put where its first writing still lies as a tombstone, so that taking back
 * several acts one by one restores the very text. Reads Yjs' own list of items (`_start`).
 */
import * as Y from 'yjs'
import type { EntryKey } from '../../entry.ts'
import { rootOf } from '../act.ts'
import type { Identities, Step } from './step.ts'

interface Place {
  readonly doc: Y.Doc
  readonly identities: Identities
  readonly id: EntryKey
  readonly field: string
}

/** Characters that lay side by side, each with the name of its first writing. */
interface Run {
  readonly text: string
  readonly names: readonly string[]
}

function* itemsOf(text: Y.Text): Generator<Y.Item> {
  for (let item = text._start; item !== null; item = item.right) yield item
}

const namesOf = (item: Y.Item, identities: Identities): string[] =>
  Array.from({ length: item.length }, (_, i) => identities.of(item.id.client, item.id.clock + i))

const isText = (item: Y.Item): item is Y.Item & { content: Y.ContentString } =>
  item.content instanceof Y.ContentString

class TextStep implements Step {
  readonly #place: Place
  readonly #taken: ReadonlySet<string>
  readonly #given: readonly Run[]

  constructor(place: Place, taken: ReadonlySet<string>, given: readonly Run[]) {
    this.#place = place
    this.#taken = taken
    this.#given = given
  }

  #text(): Y.Text | null {
    const text = rootOf(this.#place.doc, 'annotations').get(this.#place.id)?.get(this.#place.field)
    return text instanceof Y.Text ? text : null
  }

  live(): boolean {
    const text = this.#text()
    if (text === null) return false
    if (this.#given.length > 0) return true
    for (const item of itemsOf(text))
      if (!item.deleted && namesOf(item, this.#place.identities).some((name) => this.#taken.has(name)))
        return true
    return false
  }

  apply(): Step {
    const text = this.#text()
    if (text === null) throw new Error('A step is applied only while it is live')
    const gone = this.#take(text)
    for (const run of this.#given) this.#give(text, run)
    return new TextStep(this.#place, new Set(this.#given.flatMap((run) => run.names)), gone)
  }

  #take(text: Y.Text): Run[] {
    const runs: (Run & { at: number })[] = []
    let index = 0
    for (const item of itemsOf(text)) {
      if (item.deleted || !isText(item)) continue
      const names = namesOf(item, this.#place.identities)
      const ours = names.map((name) => this.#taken.has(name))
      for (let from = 0; from < ours.length; from++) {
        if (!ours[from]) continue
        let to = from
        while (ours[to]) to++
        runs.push({ at: index + from, text: item.content.str.slice(from, to), names: names.slice(from, to) })
        from = to
      }
      index += item.length
    }
    for (const run of runs.toReversed()) text.delete(run.at, run.text.length)
    return runs
  }

  #give(text: Y.Text, run: Run): void {
    const { doc, identities } = this.#place
    const clock = Y.getState(doc.store, doc.clientID)
    text.insert(this.#indexFor(text, run), run.text)
    for (const [i, name] of run.names.entries()) identities.standsFor(doc.clientID, clock + i, name)
  }

  /** Behind the last visible character whose first writing lies before the run's. */
  #indexFor(text: Y.Text, run: Run): number {
    const order = new Map<string, number>()
    const visible: string[] = []
    for (const item of itemsOf(text)) {
      for (let i = 0; i < item.length; i++) order.set(`${item.id.client}:${item.id.clock + i}`, order.size)
      if (!item.deleted && isText(item)) visible.push(...namesOf(item, this.#place.identities))
    }
    const wanted = order.get(run.names[0] ?? '') ?? 0
    return 1 + visible.findLastIndex((name) => (order.get(name) ?? 0) < wanted)
  }
}

/** The step that takes back what one act did to a text. */
export function textSteps(
  doc: Y.Doc,
  identities: Identities,
  event: Y.YTextEvent,
  id: EntryKey,
  field: string,
): Step[] {
  const typed = new Set<string>()
  const deleted: Run[] = []
  for (const item of itemsOf(event.target)) {
    if (event.adds(item)) {
      if (!item.deleted) for (const name of namesOf(item, identities)) typed.add(name)
    } else if (event.deletes(item) && isText(item)) {
      deleted.push({ text: item.content.str, names: namesOf(item, identities) })
    }
  }
  return typed.size + deleted.length === 0
    ? []
    : [new TextStep({ doc, identities, id, field }, typed, deleted)]
}

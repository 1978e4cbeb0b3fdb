/**
 * Watches a document while its rows are applied, and notes for every field, vertex and character that can be seen in which row it came.
 * It goes by what Yjs says has changed, and knows nothing of clocks, rows that touch, or indexes.
 */
import * as Y from 'yjs'

export interface Seen {
  readonly fields: Record<string, number>
  readonly vertices: Record<string, number>
  /** One number per character. */
  readonly texts: Record<string, number[]>
}

export class Watcher {
  readonly ydoc = new Y.Doc()
  readonly #annotations = this.ydoc.getMap<Y.Map<unknown>>('annotations')
  readonly #seen = new Map<string, Seen>()
  #seq = 0

  constructor() {
    this.#annotations.observeDeep((events) => {
      for (const event of events) this.#note(event)
    })
  }

  apply(seq: number, update: Uint8Array): void {
    this.#seq = seq
    Y.applyUpdate(this.ydoc, update)
  }

  /** All annotations as they are now. */
  seen(): Map<string, Seen> {
    return structuredClone(this.#seen)
  }

  #note(event: Y.YEvent<Y.AbstractType<unknown>>): void {
    const [id, field] = event.path.map(String)
    if (id === undefined) {
      for (const key of event.keys.keys()) this.#begin(key)
      return
    }
    const seen = this.#seen.get(id) as Seen
    if (field === undefined) for (const key of event.keys.keys()) seen.fields[key] = this.#seq
    else if (field === 'vertices') this.#moved(seen, event)
    else seen.texts[field] = this.#typed(seen.texts[field] ?? [], event.delta as Delta[])
  }

  #moved(seen: Seen, { keys }: Y.YEvent<Y.AbstractType<unknown>>): void {
    for (const [key, { action }] of keys) {
      if (action === 'delete') delete seen.vertices[key]
      else seen.vertices[key] = this.#seq
    }
  }

  #typed(letters: readonly number[], delta: readonly Delta[]): number[] {
    const typed: number[] = []
    let at = 0
    for (const { retain, insert, delete: gone } of delta) {
      if (retain) typed.push(...letters.slice(at, at + retain))
      if (insert) typed.push(...Array.from({ length: insert.length }, () => this.#seq))
      at += (retain ?? 0) + (gone ?? 0)
    }
    return [...typed, ...letters.slice(at)]
  }

  #begin(id: string): void {
    const seen: Seen = { fields: {}, vertices: {}, texts: {} }
    this.#seen.set(id, seen)
    for (const [field, value] of this.#annotations.get(id)?.entries() ?? []) {
      if (value instanceof Y.Text) seen.texts[field] = Array.from({ length: value.length }, () => this.#seq)
      else if (value instanceof Y.Map) for (const key of value.keys()) seen.vertices[key] = this.#seq
      else seen.fields[field] = this.#seq
    }
  }
}

interface Delta {
  readonly retain?: number
  readonly insert?: string
  readonly delete?: number
}

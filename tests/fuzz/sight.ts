/** What a forger can know of a document: everything in it. */
import { ROOTS, type RootName } from '@consilium/crdt-schema/documents'
import * as Y from 'yjs'
import type { Random } from '../faults/fault.ts'
import { onceIn } from '../simulation/seeded.ts'
import type { Id } from './plan.ts'

export interface SeenEntry {
  readonly root: RootName
  readonly key: string
  /** The item that holds the entry. */
  readonly item: Y.Item
  readonly map: Y.Map<unknown>
}

export class Sight {
  readonly doc: Y.Doc
  readonly random: Random

  constructor(doc: Y.Doc, random: Random) {
    this.doc = doc
    this.random = random
  }

  /** First clock that nobody has written. */
  next(client: number): number {
    return Y.getState(this.doc.store, client)
  }

  struct(): Y.Item | Y.GC | null {
    const clients = [...this.doc.store.clients.values()]
    return clients.length === 0 ? null : this.random.pick(this.random.pick(clients))
  }

  /** Of something that is there; sometimes in the middle of it, sometimes beyond everything. */
  id(): Id {
    const struct = this.struct()
    if (!struct || onceIn(this.random, 20))
      return {
        client: struct?.id.client ?? 1,
        clock: this.random.pick([0, 2 ** 31 - 1, 2 ** 31, 2 ** 52, this.random.whole(0, 5_000)]),
      }
    return { client: struct.id.client, clock: struct.id.clock + this.random.whole(0, struct.length - 1) }
  }

  entry(): SeenEntry | null {
    const roots = ROOTS.filter((root) => this.doc.getMap(root).size > 0)
    if (roots.length === 0) return null
    const isUsual = roots.includes('annotations') && !onceIn(this.random, 3)
    return this.random.pick(this.entries(isUsual ? 'annotations' : this.random.pick(roots)))
  }

  entries(root: RootName): SeenEntry[] {
    return [...this.doc.getMap(root)._map].flatMap(([key, item]) => {
      const map = item.content.getContent().at(-1)
      return map instanceof Y.Map ? [{ root, key, item, map }] : []
    })
  }
}

/**
 * What was deleted in a document, ready to be sent: for each clientID the encoded ranges, made when they are first asked for and made anew
 * only where something was deleted since. Every SyncStep2 of Yjs carries all deletions there ever were, and finding them means looking at
 * every struct of the document; a hundred pages that come back at once must not each pay for that.
 */
import * as encoding from 'lib0/encoding'
import type * as Y from 'yjs'
import { Breather } from '../breather.ts'

export class Deletions {
  readonly #ydoc: Y.Doc
  /** By clientID: clientID, number of ranges, ranges. Absent where nothing was deleted. */
  readonly #encoded = new Map<number, Uint8Array>()
  /** Deleted under since they were encoded. */
  readonly #stale: Set<number>
  #preparing: Promise<void> | null = null

  constructor(ydoc: Y.Doc) {
    this.#ydoc = ydoc
    this.#stale = new Set(ydoc.store.clients.keys())
    ydoc.on('afterTransaction', this.#changed)
  }

  /** Does what there is to do, a little at a time, so that `write` has little left. However many wait for it, it is done once. */
  prepare(): Promise<void> {
    this.#preparing ??= this.#prepare().finally(() => {
      this.#preparing = null
    })
    return this.#preparing
  }

  async #prepare(): Promise<void> {
    const breather = new Breather()
    while (this.#stale.size > 0) {
      for (const client of this.#stale) {
        if (breather.isDue) break
        this.#encode(client)
      }
      await breather.take()
    }
  }

  /** As Yjs does: highest clientID first. */
  write(encoder: encoding.Encoder): void {
    for (const client of this.#stale) this.#encode(client)
    encoding.writeVarUint(encoder, this.#encoded.size)
    const clients = [...this.#encoded].sort(([a], [b]) => b - a)
    for (const [, bytes] of clients) encoding.writeUint8Array(encoder, bytes)
  }

  get bytes(): number {
    return [...this.#encoded.values()].reduce((sum, { byteLength }) => sum + byteLength, 0)
  }

  close(): void {
    this.#ydoc.off('afterTransaction', this.#changed)
  }

  readonly #changed = (transaction: Y.Transaction): void => {
    for (const client of transaction.deleteSet.clients.keys()) this.#stale.add(client)
    // What arrives as GC is deleted without being in the transaction's own set.
    for (const [client, clock] of transaction.afterState) {
      const before = transaction.beforeState.get(client) ?? 0
      if (clock === before || this.#stale.has(client)) continue
      const structs = this.#ydoc.store.clients.get(client) ?? []
      for (let i = structs.length - 1; (structs[i]?.id.clock ?? -1) >= before; i--)
        if (structs[i]?.deleted) this.#stale.add(client)
    }
  }

  #encode(client: number): void {
    this.#stale.delete(client)
    const structs = this.#ydoc.store.clients.get(client) ?? []
    const ranges: number[] = []
    for (let i = 0; i < structs.length; i++) {
      const first = structs[i]
      if (!first?.deleted) continue
      let { length } = first
      while (structs[i + 1]?.deleted) length += structs[++i]?.length ?? 0
      ranges.push(first.id.clock, length)
    }
    if (ranges.length === 0) return void this.#encoded.delete(client)
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, ranges.length / 2)
    for (const number of ranges) encoding.writeVarUint(encoder, number)
    this.#encoded.set(client, encoding.toUint8Array(encoder))
  }
}

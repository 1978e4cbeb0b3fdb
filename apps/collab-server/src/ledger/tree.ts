/**
 * A Merkle tree as in RFC 9162 §2.1.1 over the heads of all documents, in the order of their numbers. It is kept: what a checkpoint
 * costs depends on how many documents changed. Where many did (all of them, at the start) it breathes in between.
 *
 * Two nodes have the node above them; an odd one at the end of a row goes up as it is, which is the shape of the RFC.
 */
import { hash } from 'node:crypto'
import { Breather } from '../breather.ts'

export interface Head {
  readonly doc: number
  readonly seq: number
  readonly hash: Uint8Array
}

/** The audit path of a leaf. */
export interface Place {
  readonly head: Head
  readonly index: number
  readonly path: readonly Uint8Array[]
}

const H = (...parts: readonly Uint8Array[]): Uint8Array => hash('sha256', Buffer.concat(parts), 'buffer')
const LEAF = 0x00
const NODE = Buffer.of(0x01)

export function leafOf({ doc, seq, hash: head }: Head): Uint8Array {
  const place = Buffer.allocUnsafe(13)
  place.writeUInt8(LEAF, 0)
  place.writeInt32BE(doc, 1)
  place.writeBigInt64BE(BigInt(seq), 5)
  return H(place, head)
}

export class Tree {
  /** Sorted by document. */
  #heads: Head[] = []
  /** Leaves, then each row above them. */
  readonly #levels: Uint8Array[][] = [[]]

  get size(): number {
    return this.#heads.length
  }

  get rows(): number {
    return this.#heads.reduce((sum, { seq }) => sum + seq, 0)
  }

  get root(): Uint8Array {
    return this.#levels.at(-1)?.[0] ?? H()
  }

  get heads(): readonly Head[] {
    return this.#heads
  }

  headOf(doc: number): Head | null {
    const at = this.#heads[this.#position(doc)]
    return at?.doc === doc ? at : null
  }

  place(doc: number): Place | null {
    const head = this.headOf(doc)
    if (!head) return null
    const index = this.#position(doc)
    const path: Uint8Array[] = []
    for (let level = 0, i = index; level < this.#levels.length - 1; level++, i >>= 1) {
      const sibling = this.#levels[level]?.[i ^ 1]
      if (sibling) path.push(sibling)
    }
    return { head, index, path }
  }

  /** Takes the place of earlier heads of the same documents. Nobody may ask for anything until it resolves. */
  async set(heads: readonly Head[]): Promise<void> {
    const breather = new Breather()
    let changed = this.#put(heads)
    const leaves = this.#levels[0] as Uint8Array[]
    leaves.length = this.#heads.length
    for (const i of changed) {
      leaves[i] = leafOf(this.#heads[i] as Head)
      if (breather.isDue) await breather.take()
    }
    let level = 0
    for (let below = leaves; below.length > 1; level++) {
      changed = [...new Set(changed.map((i) => i >> 1))]
      this.#levels[level + 1] ??= []
      const above = this.#levels[level + 1] as Uint8Array[]
      above.length = (below.length + 1) >> 1
      for (const i of changed) {
        const left = below[2 * i] as Uint8Array
        const right = below[2 * i + 1]
        above[i] = right ? H(NODE, left, right) : left
        if (breather.isDue) await breather.take()
      }
      below = above
    }
    this.#levels.length = level + 1
  }

  /** Which leaves are others than before: a document that is new among the others moves all that come after it. */
  #put(heads: readonly Head[]): number[] {
    const changed = new Set<number>()
    const fresh: Head[] = []
    for (const head of heads) {
      const at = this.#position(head.doc)
      if (this.#heads[at]?.doc !== head.doc) fresh.push(head)
      else {
        this.#heads[at] = head
        changed.add(at)
      }
    }
    if (fresh.length > 0) {
      const first = this.#position(Math.min(...fresh.map(({ doc }) => doc)))
      this.#heads = [...this.#heads, ...fresh].sort((a, b) => a.doc - b.doc)
      for (let i = first; i < this.#heads.length; i++) changed.add(i)
    }
    return [...changed]
  }

  /** Of the document, or where it would be. */
  #position(doc: number): number {
    let low = 0
    let high = this.#heads.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#heads[middle] as Head).doc < doc) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Holds rows out of which words were taken against the rows that say so, as a journal is read from its beginning. */
import { ACTS } from '@consilium/contract/revisions'
import { hashOfBytes, sameHash } from './chain.ts'
import { decodeRedact } from './rows.ts'

interface Row {
  readonly seq: number
  readonly act: number
  readonly bytes: Uint8Array
  /** Null: nothing was ever taken out. */
  readonly bytes_hash: Uint8Array | null
}

export class Redactions {
  /** Hash of what is there now, by revision. */
  readonly #left = new Map<number, Uint8Array>()
  /** What the latest revision that took words out of it says was left. */
  readonly #told = new Map<number, { readonly by: number; readonly hash: Uint8Array }>()

  seen({ seq, act, bytes, bytes_hash }: Row): void {
    if (bytes_hash) this.#left.set(seq, hashOfBytes(bytes))
    if (act !== ACTS.redact) return
    for (const row of decodeRedact(bytes).rows) this.#told.set(row.seq, { by: seq, hash: row.hash })
  }

  /** When all are seen. */
  *faults(): Generator<{ readonly seq: number; readonly what: string }> {
    for (const [seq, left] of this.#left) {
      const told = this.#told.get(seq)
      if (!told)
        yield { seq, what: 'its bytes were replaced, and no revision says that words were taken out' }
      else if (!sameHash(left, told.hash))
        yield { seq, what: `its bytes are not what revision ${told.by} left of them` }
    }
    for (const [seq, { by }] of this.#told)
      if (!this.#left.has(seq)) yield { seq, what: `the words that revision ${by} took out are still there` }
  }
}

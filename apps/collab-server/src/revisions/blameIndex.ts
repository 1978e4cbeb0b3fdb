/**
 * In which revision every item of a document was written, in some two bytes per row: a page that has it knows who made what it points at
 * without asking again. The form is in contract/history.ts. Kept as long as the document's book is; grows with the journal.
 */
import * as encoding from 'lib0/encoding'
import type { Sql } from '../db/open.ts'
import type { Book } from '../journal/book.ts'

/** Rows read at a time. */
const STRETCH = 8_192
/** lease, clock, len (int32 each), seq (int64) */
const RANGE_BYTES = 20

const known = new WeakMap<Book, BlameIndex>()

/** Up to the newest revision. */
export async function blameIndex(sql: Sql, book: Book): Promise<Uint8Array<ArrayBuffer>> {
  const index = known.get(book) ?? new BlameIndex()
  known.set(book, index)
  await index.growTo(sql, book, book.head.seq)
  return index.encode()
}

export class BlameIndex {
  readonly #byClient = new Map<number, Ranges>()
  #upTo = 0
  #reading: Promise<void> | null = null

  async growTo(sql: Sql, book: Book, seq: number): Promise<void> {
    while (this.#upTo < seq) {
      this.#reading ??= this.#read(sql, book, Math.min(seq, this.#upTo + STRETCH)).finally(() => {
        this.#reading = null
      })
      await this.#reading
    }
  }

  async #read(sql: Sql, { doc, leases }: Book, to: number): Promise<void> {
    const [found] = await sql<[{ ranges: Buffer | null }]>`
      select string_agg(int4send(lease) || int4send(clock) || int4send(len) || int8send(seq), ''::bytea
                        order by seq, lease, clock) as ranges
      from (
        select lease, clock, len, seq from revision
        where doc = ${doc} and seq > ${this.#upTo} and seq <= ${to} and len > 0
        union all
        select lease, clock, len, seq from span
        where lease in (select id from lease where doc = ${doc}) and seq > ${this.#upTo} and seq <= ${to}
      ) as written`
    const ranges = found.ranges ?? Buffer.alloc(0)
    for (let at = 0; at < ranges.length; at += RANGE_BYTES) {
      const client = leases.byId.get(ranges.readInt32BE(at))?.client
      if (client === undefined) throw new Error('a row was written under a lease that nobody knows')
      const seq = Number(ranges.readBigInt64BE(at + 12))
      this.add(client, ranges.readInt32BE(at + 4), ranges.readInt32BE(at + 8), seq)
    }
    this.#upTo = to
  }

  /** In the order of the journal. */
  add(client: number, clock: number, length: number, seq: number): void {
    const ranges = this.#byClient.get(client) ?? new Ranges()
    this.#byClient.set(client, ranges)
    ranges.add(clock, length, seq)
  }

  encode(): Uint8Array<ArrayBuffer> {
    const out = encoding.createEncoder()
    encoding.writeVarUint(out, this.#byClient.size)
    for (const [client, ranges] of this.#byClient) {
      encoding.writeVarUint(out, client)
      ranges.write(out)
    }
    return encoding.toUint8Array(out)
  }
}

/** Of one clientID, encoded as they come. */
class Ranges {
  #count = 0
  #clock = 0
  #seq = 0
  readonly #encoder = encoding.createEncoder()

  add(clock: number, length: number, seq: number): void {
    if (clock < this.#clock) throw new Error('the clocks of a clientID run backwards')
    const later = seq - this.#seq
    encoding.writeVarUint(this.#encoder, clock - this.#clock)
    encoding.writeVarUint(this.#encoder, length)
    encoding.writeVarUint(this.#encoder, later < 0 ? -2 * later - 1 : 2 * later)
    this.#count += 1
    this.#clock = clock + length
    this.#seq = seq
  }

  write(out: encoding.Encoder): void {
    encoding.writeVarUint(out, this.#count)
    encoding.writeUint8Array(out, encoding.toUint8Array(this.#encoder))
  }
}

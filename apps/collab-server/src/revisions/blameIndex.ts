/**
 * In which revision every item of a document was written. Whoever points at something of an open document is answered from it without a
 * question to the database; and a page that has it, in some two bytes per row, knows who made what it points at without asking again. The
 * form is in contract/history.ts. Kept as long as the document's book is; grows with the journal.
 */
import * as encoding from 'lib0/encoding'
import type { Sql } from '../db/open.ts'
import type { Book } from '../journal/book.ts'
import { type Range, Wrote } from './wrote.ts'

/** Rows read at a time. */
export const STRETCH = 8_192
/** under, clock, len (int32 each), seq, at (int64), lease (int32), role, act (int16) */
const RANGE_BYTES = 36

const known = new WeakMap<Book, BlameIndex>()

export function indexOf(book: Book): BlameIndex {
  const index = known.get(book) ?? new BlameIndex()
  known.set(book, index)
  return index
}

/** Up to the newest revision. */
export async function blameIndex(sql: Sql, book: Book): Promise<Uint8Array<ArrayBuffer>> {
  const index = indexOf(book)
  await index.growTo(sql, book, book.head.seq)
  return index.encode()
}

export class BlameIndex {
  readonly #byClient = new Map<number, { readonly wrote: Wrote; readonly encoded: Ranges }>()
  #upTo = 0
  #reading: Promise<void> | null = null

  /** The last row that is in it. */
  get upTo(): number {
    return this.#upTo
  }

  async growTo(sql: Sql, book: Book, seq: number): Promise<void> {
    while (this.#upTo < seq) {
      this.#reading ??= this.#read(sql, book, Math.min(seq, this.#upTo + STRETCH)).finally(() => {
        this.#reading = null
      })
      await this.#reading
    }
  }

  /** Pieces of [clock, clock + length), in order. */
  rangesIn(client: number, clock: number, length: number): Iterable<Range> {
    return this.#byClient.get(client)?.wrote.rangesIn(clock, length) ?? []
  }

  async #read(sql: Sql, { doc, leases }: Book, to: number): Promise<void> {
    const [found] = await sql<[{ ranges: Buffer | null }]>`
      select string_agg(int4send(under) || int4send(clock) || int4send(len) || int8send(seq) || int8send(at)
                        || int4send(lease) || int2send(role) || int2send(act), ''::bytea order by seq, under, clock) as ranges
      from (
        select lease as under, clock, len, seq, at, lease, role, act from revision
        where doc = ${doc} and seq > ${this.#upTo} and seq <= ${to} and len > 0
        union all
        select span.lease, span.clock, span.len, span.seq, row.at, row.lease, row.role, row.act
        from span join revision as row on row.doc = span.doc and row.seq = span.seq
        where span.lease in (select id from lease where doc = ${doc}) and span.seq > ${this.#upTo} and span.seq <= ${to}
      ) as written`
    const ranges = found.ranges ?? Buffer.alloc(0)
    for (let at = 0; at < ranges.length; at += RANGE_BYTES) {
      const client = leases.byId.get(ranges.readInt32BE(at))?.client
      if (client === undefined) throw new Error('a row was written under a lease that nobody knows')
      this.#add(client, {
        clock: ranges.readInt32BE(at + 4),
        length: ranges.readInt32BE(at + 8),
        head: {
          seq: Number(ranges.readBigInt64BE(at + 12)),
          at: Number(ranges.readBigInt64BE(at + 20)),
          lease: ranges.readInt32BE(at + 28),
          role: ranges.readInt16BE(at + 32),
          act: ranges.readInt16BE(at + 34),
        },
      })
    }
    this.#upTo = to
  }

  /** In the order of the journal. */
  #add(client: number, range: Range): void {
    const of = this.#byClient.get(client) ?? { wrote: new Wrote(), encoded: new Ranges() }
    this.#byClient.set(client, of)
    of.encoded.add(range)
    of.wrote.add(range)
  }

  encode(): Uint8Array<ArrayBuffer> {
    const out = encoding.createEncoder()
    encoding.writeVarUint(out, this.#byClient.size)
    for (const [client, { encoded }] of this.#byClient) {
      encoding.writeVarUint(out, client)
      encoded.write(out)
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

  add({ clock, length, head: { seq } }: Range): void {
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

/**
 * In which revision each item of a document was written, by the clientID and clock that the item has for ever: so every act of painting,
 * and with it every voxel, leads to a row of the journal. Asked for once, then kept up by what the journal announces.
 */
import * as decoding from 'lib0/decoding'

interface Range {
  readonly clock: number
  readonly end: number
  readonly seq: number
}

/** A row that was committed: so many items of a client from this clock on. */
export interface WrittenRow {
  readonly client: number
  readonly clock: number
  readonly len: number
  readonly seq: number
}

export class Written {
  /** By client; ascending where they came in order, which is mostly. */
  readonly #ranges = new Map<number, Range[]>()

  /** The form is in contract/history.ts, "Blame index". */
  read(bytes: Uint8Array): void {
    const from = decoding.createDecoder(bytes)
    for (let clients = decoding.readVarUint(from); clients > 0; clients--) {
      const client = decoding.readVarUint(from)
      let clock = 0
      let seq = 0
      for (let ranges = decoding.readVarUint(from); ranges > 0; ranges--) {
        clock += decoding.readVarUint(from)
        const len = decoding.readVarUint(from)
        seq += unzigzag(decoding.readVarUint(from))
        this.note({ client, clock, len, seq })
        clock += len
      }
    }
  }

  note({ client, clock, len, seq }: WrittenRow): void {
    if (len === 0 || this.seqOf(client, clock) !== null) return
    const range = { clock, end: clock + len, seq }
    const known = this.#ranges.get(client)
    if (!known) this.#ranges.set(client, [range])
    else if ((known.at(-1)?.end ?? 0) <= clock) known.push(range)
    else known.splice(after(known, clock), 0, range)
  }

  /** Null where it is not known, or not in the journal yet. */
  seqOf(client: number, clock: number): number | null {
    const known = this.#ranges.get(client) ?? []
    const range = known[after(known, clock) - 1]
    return range && clock < range.end ? range.seq : null
  }
}

/** How many ranges begin at this clock or before it. */
function after(ranges: readonly Range[], clock: number): number {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle] as Range).clock <= clock) low = middle + 1
    else high = middle
  }
  return low
}

const unzigzag = (n: number): number => (n % 2 === 0 ? n / 2 : -(n + 1) / 2)

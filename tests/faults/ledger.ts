/**
 * Holds what people were told against what the journal holds: the judge of every row that kills something. Pure.
 * It believes nothing but the bytes of the rows: which clocks of which clientID each of them brought is decoded from them again.
 */
import * as Y from 'yjs'

/** A row as it lies in the database. */
export interface StoredRow {
  readonly seq: number
  /** Hex */
  readonly hash: string
  /** Only edits bring anything. */
  readonly edit: boolean
  readonly bytes: Uint8Array
  /** `<root>:<key>` of the entries that it says it created. */
  readonly created: readonly string[]
}

/** What one person did under one clientID, and what they were told of it. */
export interface Ledger {
  readonly client: number
  /** Acts in order, each with the clock after it. */
  readonly acts: readonly { readonly until: number; readonly what: string }[]
  /** Everything below this clock was said to be saved. */
  readonly acknowledged: number
  /** Rows that were said to be in the journal. */
  readonly confirmed: readonly { readonly seq: number; readonly hash: string }[]
}

export interface Judgement {
  /** Said to be saved, and not there. */
  readonly lost: readonly string[]
  /** There twice. */
  readonly doubled: readonly string[]
  /** Not a journal. */
  readonly broken: readonly string[]
  /** Per clientID: everything below this clock is there. */
  readonly present: ReadonlyMap<number, number>
}

export function judge(rows: readonly StoredRow[], ledgers: readonly Ledger[]): Judgement {
  const lost: string[] = []
  const doubled: string[] = []
  const broken: string[] = []
  const present = new Map<number, number>()
  const created = new Map<string, number>()

  rows.forEach((row, n) => {
    if (row.seq !== n + 1) broken.push(`row ${row.seq} stands where row ${n + 1} belongs`)
    for (const entry of row.created) {
      const before = created.get(entry)
      if (before !== undefined) doubled.push(`${entry} is created by row ${before} and by row ${row.seq}`)
      created.set(entry, row.seq)
    }
    for (const { client, from, to } of row.edit ? rangesOf(row.bytes) : []) {
      const known = present.get(client) ?? 0
      if (from < known) doubled.push(`row ${row.seq} brings clock ${from} of ${client} again`)
      if (from > known) broken.push(`row ${row.seq} leaves out clocks ${known} to ${from} of ${client}`)
      present.set(client, Math.max(known, to))
    }
  })
  for (const { client, acts, acknowledged, confirmed } of ledgers) {
    const here = present.get(client) ?? 0
    for (const { until, what } of acts)
      if (until <= acknowledged && until > here) lost.push(`${what} of ${client}, up to clock ${until}`)
    for (const { seq, hash } of confirmed)
      if (rows[seq - 1]?.hash !== hash)
        lost.push(`row ${seq}, which ${client} was told of, is not there as it was`)
  }
  return { lost, doubled, broken, present }
}

/** The clocks that an update brings, per clientID, neighbours joined. */
export function rangesOf(bytes: Uint8Array): { client: number; from: number; to: number }[] {
  const ranges: { client: number; from: number; to: number }[] = []
  const structs = Y.decodeUpdate(bytes)
    .structs.filter((struct) => !(struct instanceof Y.Skip))
    .sort((a, b) => a.id.client - b.id.client || a.id.clock - b.id.clock)
  for (const { id, length } of structs) {
    const last = ranges.at(-1)
    if (last && last.client === id.client && last.to === id.clock) last.to += length
    else ranges.push({ client: id.client, from: id.clock, to: id.clock + length })
  }
  return ranges
}

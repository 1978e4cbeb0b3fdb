/**
 * Bytes to meaning, second part: what would this update add to this document? The document is only read, and in time proportional to
 * the update, never to the document. Only what is new counts:
 *   - a struct that lies below the known clock of its clientID is a repetition and dropped; one that lies across it loses its known part
 *   - a struct that begins above the known clock leaves a hole: something earlier has not arrived (`gap`)
 *   - a deleted range counts only where it is not deleted yet; where it names what nobody has written it is a hole too
 * Who may write these clocks is asked in admit.ts; where they go, in places.ts.
 */
import { Refusal } from '@consilium/contract/refusals'
import * as Y from 'yjs'
import { type Decoded, HOLDS, type Named, type Struct } from './decode.ts'
import { MAX_NEW_CLIENTS, MAX_NEW_CLOCKS, MAX_NEW_DELETES } from './limits.ts'

/** What is new under one clientID: contiguous, from the known clock on. */
export interface Run {
  readonly client: number
  readonly clock: number
  readonly structs: Struct[]
  /** First clock after it. */
  end: number
  /** How many of the structs are placed, and the first clock that is not. */
  placed: number
  reached: number
}

export interface Range {
  readonly client: number
  readonly clock: number
  readonly len: number
}

export interface FreshDelete extends Range {
  /** The stored item it lies in; null where it lies in fresh structs. */
  readonly item: Y.Item | null
}

export interface FreshUpdate {
  /** At most MAX_NEW_CLIENTS. */
  readonly runs: readonly Run[]
  readonly deletes: readonly FreshDelete[]
  /** The bytes as they came, where all that they hold is new and they are written as we would. */
  readonly asItCame: Uint8Array | null
}

/** Throws a Refusal: `malformed`, `too-large`, or `gap`. */
export function freshIn(doc: Y.Doc, update: Decoded): FreshUpdate {
  const runs = freshRuns(doc, update.structs)
  const deletes = freshDeletes(doc, runs, update.deletes)
  return { runs, deletes, asItCame: isAllNew(update, runs, deletes) ? update.plain : null }
}

/** What is new is a part of what was sent: of the same size it is the whole. */
function isAllNew(update: Decoded, runs: readonly Run[], deletes: readonly FreshDelete[]): boolean {
  if (update.plain === null) return false
  let clocks = 0
  for (const { clock, end } of runs) clocks += end - clock
  for (const { len } of deletes) clocks += len
  for (const { clock, end } of update.structs) clocks -= end - clock
  for (const { ranges } of update.deletes)
    for (let n = 1; n < ranges.length; n += 2) clocks -= ranges[n] as number
  return clocks === 0
}

export function runOf(runs: readonly Run[], client: number): Run | undefined {
  for (const run of runs) if (run.client === client) return run
  return undefined
}

/** clientIDs of which the update knows more than the document does. */
export function aheadOf(doc: Y.Doc, { structs, deletes }: Decoded): number[] {
  const ahead = new Set<number>()
  for (const { client, end } of structs) if (end > Y.getState(doc.store, client)) ahead.add(client)
  for (const { client, ranges } of deletes) {
    const known = Y.getState(doc.store, client)
    for (let n = 0; n < ranges.length; n += 2)
      if ((ranges[n] as number) + (ranges[n + 1] as number) > known) {
        ahead.add(client)
        break
      }
  }
  return [...ahead]
}

function freshRuns(doc: Y.Doc, structs: readonly Struct[]): Run[] {
  const runs: Run[] = []
  let run: Run | undefined
  let clocks = 0
  for (const struct of structs) {
    const { client } = struct
    if (run?.client !== client) run = runOf(runs, client)
    const known: number = run ? run.end : Y.getState(doc.store, client)
    if (struct.end <= known) continue
    // A skip says itself that something is missing; what comes after it would leave a hole.
    if (struct.clock > known || struct.holds === HOLDS.skip) throw new Refusal('gap')
    clocks += struct.end - known
    if (clocks > MAX_NEW_CLOCKS) throw new Refusal('too-large')
    struct.offset = known - struct.clock
    if (run) {
      run.structs.push(struct)
      run.end = struct.end
    } else {
      if (runs.length === MAX_NEW_CLIENTS) throw new Refusal('too-large')
      run = { client, clock: known, structs: [struct], end: struct.end, placed: 0, reached: known }
      runs.push(run)
    }
  }
  return runs
}

function freshDeletes(doc: Y.Doc, runs: readonly Run[], deletes: Decoded['deletes']): FreshDelete[] {
  const fresh: FreshDelete[] = []
  for (const { client, ranges } of deletes.length > 1 ? byClient(deletes) : deletes) {
    const stored = doc.store.clients.get(client) ?? NONE
    const known = Y.getState(doc.store, client)
    const end = runOf(runs, client)?.end ?? known
    const named = inOrder(ranges)
    /** Stored structs before this one lie before the range. */
    let at = 0
    for (let n = 0; n < named.length; n += 2) {
      const from = named[n] as number
      const to = from + (named[n + 1] as number)
      if (to > end) throw new Refusal('gap')
      if (from < known) at = undeleted(stored, at, client, from, Math.min(to, known), fresh)
      if (to > known) {
        const clock = Math.max(from, known)
        fresh.push({ client, clock, len: to - clock, item: null })
      }
    }
  }
  return fresh
}

/** Each clientID once, however many updates name it. */
function byClient(deletes: readonly Named[]): Iterable<Named> {
  const once = new Map<number, Named>()
  for (const named of deletes) {
    const before = once.get(named.client)
    if (before) for (const n of named.ranges) before.ranges.push(n)
    else once.set(named.client, { client: named.client, ranges: named.ranges.slice() })
  }
  return once.values()
}

const NONE: readonly (Y.Item | Y.GC)[] = []

/** Ascending and without overlaps, as honest pages send them; else a small update could make us walk one range thousands of times. */
function inOrder(ranges: readonly number[]): readonly number[] {
  let end = 0
  for (let n = 0; n < ranges.length; n += 2) {
    if ((ranges[n] as number) < end) return sorted(ranges)
    end = (ranges[n] as number) + (ranges[n + 1] as number)
  }
  return ranges
}

/** More than MAX_RANGES, and times MAX_CLOCK still a whole number. */
const PLACES = 2 ** 20

function sorted(ranges: readonly number[]): number[] {
  // Clock and place in one number each: many numbers are sorted far faster than many pairs.
  const keys = Float64Array.from(
    { length: ranges.length / 2 },
    (_, n) => (ranges[2 * n] as number) * PLACES + n,
  )
  keys.sort()
  const out: number[] = []
  let end = 0
  for (const key of keys) {
    const n = 2 * (key % PLACES)
    const from = ranges[n] as number
    const to = from + (ranges[n + 1] as number)
    const clock = Math.max(from, end)
    if (to > clock) out.push(clock, to - clock)
    end = Math.max(end, to)
  }
  return out
}

/**
 * Adds the parts of [from, to) that are not deleted; returns the index of the last struct looked at. Ranges and structs are both in
 * order, so the next range is looked for from there on.
 */
function undeleted(
  stored: readonly (Y.Item | Y.GC)[],
  at: number,
  client: number,
  from: number,
  to: number,
  out: FreshDelete[],
): number {
  let i = startOf(stored, at, from)
  for (; i < stored.length; i++) {
    const struct = stored[i] as Y.Item | Y.GC
    if (struct.id.clock >= to) break
    if (struct.deleted || !(struct instanceof Y.Item)) continue
    if (out.length >= MAX_NEW_DELETES) throw new Refusal('too-large')
    const clock = Math.max(from, struct.id.clock)
    out.push({ client, clock, len: Math.min(to, struct.id.clock + struct.length) - clock, item: struct })
  }
  return i - 1
}

/** Index of the struct that holds the clock; it is not before `at`. Sought in steps that double, then between the last two. */
function startOf(stored: readonly (Y.Item | Y.GC)[], at: number, clock: number): number {
  let low = at
  let step = 1
  while (low + step < stored.length && (stored[low + step] as Y.Item | Y.GC).id.clock <= clock) {
    low += step
    step *= 2
  }
  let high = Math.min(low + step, stored.length)
  // From here on: the struct at `low` begins at or before the clock, that at `high` behind it.
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if ((stored[middle] as Y.Item | Y.GC).id.clock <= clock) low = middle
    else high = middle
  }
  return low
}

/**
 * Acts of painting as a file: all that lay in the lanes of a document after some revision, byte for byte, with the clock of each. The same
 * document at the same revision makes the same file, so it is named by its hash and can be made again from the journal at any time: the
 * log does not leave the record, it only lies elsewhere than in every page's memory.
 *
 *   1 | how many lanes | each: clientID | number | where its reader stood: began (ms) · elements · last number · how many segments, each as
 *   length and ASCII | how many elements | each: clock less that of the one before | length | bytes
 *
 * Numbers are LEB128. Throws a MalformedAct where bytes are no archive.
 */
import * as Y from 'yjs'
import type { ArchiveNote, Standing } from './archives.ts'
import { archivedUntil } from './archives.ts'
import { LaneReader, type LaneState } from './bytes/lane.ts'
import { MalformedAct } from './bytes/malformed.ts'
import { ByteSink, ByteSource } from './bytes/varint.ts'
import type { FoundAct } from './laneFeed.ts'
import { type Laid, type LaneName, laidSince } from './lanes.ts'

const FORMAT = 1

/** What of one lane goes into the file. */
interface Stretch {
  readonly lane: LaneName
  readonly before: LaneState
  readonly laid: readonly Laid[]
  readonly after: Standing
}

export interface Archive {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly note: ArchiveNote
}

/** Null where no lane holds anything. */
export function archiveOf(doc: Y.Doc, revision: number): Archive | null {
  const stretches = stretchesIn(doc)
  if (stretches.length === 0) return null
  const to = new ByteSink()
  to.varint(FORMAT)
  to.varint(stretches.length)
  for (const stretch of stretches) write(stretch, to)
  const bytes = to.taken()
  const elements = stretches.reduce((sum, { laid }) => sum + laid.length, 0)
  const lanes = stretches.map(({ after: { number, clock, state } }) => ({
    number,
    clock,
    ...state,
    segments: [...state.segments],
  }))
  return { bytes, note: { revision, elements, bytes: bytes.length, lanes } }
}

/** In the order of clients and numbers, so that there is one form. */
function stretchesIn(doc: Y.Doc): Stretch[] {
  const until = archivedUntil(doc)
  const clients = [...doc.store.clients.keys()].sort((a, b) => a - b)
  return clients.flatMap((client) => {
    const stretches: Stretch[] = []
    let standing = until.get(client)
    const from = standing ? standing.clock + 1 : 0
    for (const [number, laid] of Map.groupBy(laidSince(doc, client, from), ({ lane }) => lane.number)) {
      const before = standing?.number === number ? standing.state : new LaneReader(client).state
      const after = { number, clock: laid.at(-1)?.clock ?? 0, state: stateAfter(before, laid) }
      stretches.push({ lane: { client, number }, before, laid, after })
      standing = after
    }
    return stretches
  })
}

function stateAfter(before: LaneState, laid: readonly Laid[]): LaneState {
  const reader = new LaneReader(before)
  for (const { bytes } of laid) reader.read(bytes)
  return reader.state
}

function write({ lane, before, laid }: Stretch, to: ByteSink): void {
  for (const n of [lane.client, lane.number, before.startedAt, before.elements, before.lamport]) to.varint(n)
  to.varint(before.segments.length)
  for (const segment of before.segments) {
    to.varint(segment.length)
    for (let n = 0; n < segment.length; n++) to.byte(segment.charCodeAt(n))
  }
  to.varint(laid.length)
  let clock = 0
  for (const one of laid) {
    to.varint(one.clock - clock)
    to.varint(one.bytes.length)
    to.bytes(one.bytes)
    clock = one.clock
  }
}

/** The acts of a file, lane by lane. */
export function* actsIn(archive: Uint8Array): Generator<FoundAct> {
  const from = new ByteSource(archive)
  if (from.varint() !== FORMAT) throw new MalformedAct('The archive is of a format that is not known.')
  for (let lanes = from.count(); lanes > 0; lanes--) yield* actsOfLane(from)
  from.end()
}

function* actsOfLane(from: ByteSource): Generator<FoundAct> {
  const client = from.varint()
  from.varint()
  const startedAt = from.varint()
  const elements = from.varint()
  const lamport = from.varint()
  const segments = Array.from({ length: from.count() }, () =>
    String.fromCharCode(...from.take(from.varint())),
  )
  const reader = new LaneReader({ client, startedAt, elements, lamport, segments })
  let clock = 0
  for (let left = from.count(); left > 0; left--) {
    clock += from.varint()
    const act = reader.read(from.take(from.varint()))
    if (act) yield { act, clock }
  }
}

/**
 * A lane: what one client wrote, element after element. The first says when it began; before the first act that paints in a segment an
 * element names that segment, so that later acts spend a byte on it. An element means something only after those before it, so a lane is
 * read from its beginning; acts themselves never depend on other acts.
 */
import type { EntryKey } from '../../../entry.ts'
import { creatorOf } from '../../../entry.ts'
import type { MaskAct } from '../act.ts'
import { LAST_INSTANT, type LaneFrame, readAct, writeAct } from './acts.ts'
import { unwrap, wrap } from './envelope.ts'
import { headByte, plainHead } from './heads.ts'
import { ACT_LIMITS, LANE_LIMITS } from './limits.ts'
import { MalformedAct } from './malformed.ts'
import { ByteSink, ByteSource } from './varint.ts'

export const LANE_FORMAT = 1

const LANE = headByte(plainHead('lane'))
const SEGMENT = headByte(plainHead('segment'))
const TOO_LONG = `An act has at most ${ACT_LIMITS.bytes} bytes.`

/** Where a lane stands after what was read or written so far. */
export interface LaneState extends LaneFrame {
  /** Elements so far. */
  readonly elements: number
  /** Of the last act; 0 before the first. */
  readonly lamport: number
}

export class LaneReader {
  #frame: LaneFrame
  #elements: number
  #lamport: number
  /** Made when it is asked for: of thousands of elements nobody asks after each. */
  #state: LaneState | null

  constructor(of: number | LaneState) {
    const state =
      typeof of === 'number' ? { client: of, startedAt: 0, segments: [], elements: 0, lamport: 0 } : of
    this.#frame = state
    this.#elements = state.elements
    this.#lamport = state.lamport
    this.#state = state
  }

  get state(): LaneState {
    this.#state ??= { ...this.#frame, elements: this.#elements, lamport: this.#lamport }
    return this.#state
  }

  /** The act, or null for an element that is none. After a `MalformedAct` the lane stands where it stood. */
  read(element: Uint8Array): MaskAct | null {
    if (element.length > ACT_LIMITS.bytes) throw new MalformedAct(TOO_LONG)
    if (this.#elements >= LANE_LIMITS.elements) throw new MalformedAct('The lane is full.')
    if (this.#elements === 0) return this.#begin(element)
    if (element[0] === SEGMENT) return this.#name(element)
    const { group, act: bytes } = unwrap(element)
    const act = readAct(bytes, group, this.#frame)
    const { lamport } = act.id
    if (lamport <= this.#lamport) throw new MalformedAct('Its number in order does not grow.')
    this.#stand(this.#frame, lamport)
    return act
  }

  #begin(element: Uint8Array): null {
    const from = new ByteSource(element)
    if (from.byte() !== LANE) throw new MalformedAct('A lane begins by saying when it began.')
    if (from.varint() !== LANE_FORMAT) throw new MalformedAct('The lane is of a format that is not known.')
    const startedAt = from.varint()
    if (startedAt > LAST_INSTANT) throw new MalformedAct('Its time is none.')
    from.end()
    this.#stand({ ...this.#frame, startedAt }, this.#lamport)
    return null
  }

  #name(element: Uint8Array): null {
    const { segments } = this.#frame
    const key = String.fromCharCode(...element.subarray(1, 1 + LONGEST_KEY))
    if (element.length > 1 + LONGEST_KEY || creatorOf(key) === null)
      throw new MalformedAct('It names no segment.')
    if (segments.includes(key)) throw new MalformedAct('The lane has named this segment before.')
    this.#stand({ ...this.#frame, segments: [...segments, key] }, this.#lamport)
    return null
  }

  /** After one element more. */
  #stand(frame: LaneFrame, lamport: number): void {
    this.#frame = frame
    this.#elements += 1
    this.#lamport = lamport
    this.#state = null
  }
}

/** Of an entry key: ten digits, a dash, sixteen letters. */
const LONGEST_KEY = 27

export class LaneWriter {
  #state: LaneState

  /** Of a new lane for this client, or one that goes on where it stands (`LaneReader.state`). */
  constructor(of: number | LaneState) {
    this.#state = new LaneReader(of).state
  }

  get state(): LaneState {
    return this.#state
  }

  /** No act fits any more, whatever it needs beside itself. */
  get isFull(): boolean {
    return this.#state.elements > LANE_LIMITS.elements - 3
  }

  /**
   * What is to be appended so that the lane holds this act: one element, before it what the lane has still to say.
   * What is too long for one act throws a RangeError, and the lane stands where it stood.
   */
  write(act: MaskAct): Uint8Array<ArrayBuffer>[] {
    let { startedAt, segments } = this.#state
    const { client } = this.#state
    const elements: Uint8Array<ArrayBuffer>[] = []
    if (this.#state.elements === 0) {
      startedAt = Math.max(0, Math.floor(act.at))
      elements.push(laneElement(startedAt))
    }
    if (act.body.act === 'paint' && !segments.includes(act.body.segment)) {
      elements.push(segmentElement(act.body.segment))
      segments = [...segments, act.body.segment]
    }
    const bytes = writeAct(act, { client, startedAt, segments })
    if (bytes.length > ACT_LIMITS.inflatedBytes) throw new RangeError(TOO_LONG)
    const element = wrap(bytes, act.group)
    if (element.length > ACT_LIMITS.bytes) throw new RangeError(TOO_LONG)
    elements.push(element)
    this.#state = {
      client,
      startedAt,
      segments,
      elements: this.#state.elements + elements.length,
      lamport: act.id.lamport,
    }
    return elements
  }
}

function laneElement(startedAt: number): Uint8Array<ArrayBuffer> {
  const to = new ByteSink()
  to.byte(LANE)
  to.varint(LANE_FORMAT)
  to.varint(startedAt)
  return to.taken()
}

function segmentElement(key: EntryKey): Uint8Array<ArrayBuffer> {
  const to = new ByteSink()
  to.byte(SEGMENT)
  for (let i = 0; i < key.length; i++) to.byte(key.charCodeAt(i))
  return to.taken()
}

/** One act as bytes, without what stands around it: head, Lamport number, time since its lane began, then what it does. */
import { HANDS, type MaskAct, type Paint, type Switch } from '../act.ts'
import { type Head, headByte, type KindOfElement, readHead } from './heads.ts'
import { ACT_LIMITS } from './limits.ts'
import { MalformedAct } from './malformed.ts'
import { readShape, shapeHead, writeShape } from './shapes.ts'
import { ByteSink, ByteSource } from './varint.ts'

/** ms; a tenth of a second is fine enough to tell acts of one hand apart. */
export const TICK = 100

/** What an act is read and written against: whose lane it lies in, when that began, and the segments it has named. */
export interface LaneFrame {
  readonly client: number
  readonly startedAt: number
  readonly segments: readonly string[]
}

function headOf(body: Paint | Switch): Head {
  if (body.act === 'paint') return { ...shapeHead(body.shape), value: body.value }
  return { kind: body.act, value: body.hand === 'adjudicator' ? 1 : 0, square: false, axis: 0 }
}

export function writeAct(act: MaskAct, lane: LaneFrame): Uint8Array<ArrayBuffer> {
  const to = new ByteSink()
  const { body } = act
  const { lamport } = act.id
  to.byte(headByte(headOf(body)))
  to.varint(lamport)
  // A clock that was set back in between: the act was made when its lane began, at the earliest.
  to.varint(Math.max(0, Math.floor((act.at - lane.startedAt) / TICK)))
  if (body.act === 'paint') {
    to.varint(lane.segments.indexOf(body.segment))
    writeShape(body.shape, to)
  } else {
    const { target, count } = body
    // 0 is the lane's own client, and what is turned is older than what turns it: both mostly take a byte.
    to.varint(target.client === lane.client ? 0 : target.client)
    to.varint(lamport - target.lamport)
    to.varint(count - 1)
  }
  return to.taken()
}

/** What may stand in a lane, and decides no voxel and no switch. */
const NO_ACTS: ReadonlySet<KindOfElement> = new Set(['lane', 'segment', 'wrapped'])

/** @param group how many acts belong together, as the envelope says */
export function readAct(bytes: Uint8Array, group: number, lane: LaneFrame): MaskAct {
  const from = new ByteSource(bytes)
  const first = from.byte()
  const head = readHead(first)
  if (NO_ACTS.has(head.kind)) throw new MalformedAct('It is no act that is known.')
  const lamport = from.varint()
  if (lamport < 1 || lamport > ACT_LIMITS.lamport) throw new MalformedAct('Its number in order is none.')
  const at = lane.startedAt + TICK * from.varint()
  if (at > LAST_INSTANT) throw new MalformedAct('Its time is none.')
  const body = readBody(head, lamport, from, lane)
  from.end()
  if (headByte(headOf(body)) !== first) throw new MalformedAct('Its first byte says what it cannot have.')
  return { id: { client: lane.client, lamport }, at, group, body }
}

/** Latest instant a Date can hold, ms. */
export const LAST_INSTANT = 8.64e15
const LAST_CLIENT = 2 ** 32 - 1

function readBody(head: Head, lamport: number, from: ByteSource, lane: LaneFrame): Paint | Switch {
  if (head.kind === 'withdraw' || head.kind === 'restore')
    return readSwitch(head.kind, head, lamport, from, lane)
  const segment = lane.segments[from.varint()]
  const shape = readShape(head, from)
  if (segment === undefined) throw new MalformedAct('It paints in a segment that its lane has not named.')
  return { act: 'paint', segment, value: head.value, shape }
}

function readSwitch(
  act: 'withdraw' | 'restore',
  { value }: Head,
  lamport: number,
  from: ByteSource,
  lane: LaneFrame,
): Switch {
  const named = from.varint()
  if (named > LAST_CLIENT || named === lane.client) throw new MalformedAct('It names no client.')
  const target = { client: named || lane.client, lamport: lamport - from.varint() }
  const count = from.varint() + 1
  if (count > ACT_LIMITS.together) throw new MalformedAct(`It turns more than ${ACT_LIMITS.together} acts.`)
  if (target.lamport < 1 || target.lamport + count > lamport)
    throw new MalformedAct('It turns acts that cannot have been made before it.')
  return { act, hand: HANDS[value], target, count }
}

/**
 * What may stand around an act: how many belong together with it, and that it is deflated because that is shorter.
 * One byte says which of the two; the number and the size it inflates to follow. Inflating ends at that size, which is bounded.
 */
import { deflateSync, Inflate, inflateSync } from 'fflate'
import { KINDS } from './heads.ts'
import { ACT_LIMITS } from './limits.ts'
import { MalformedAct } from './malformed.ts'
import { ByteSink, ByteSource } from './varint.ts'

const WRAPPED = KINDS.wrapped * 16
const GROUPED = 1
const DEFLATED = 2
/** Below this little is gained. */
const WORTH_DEFLATING = 256
/** Bytes that are inflated without asking in between what came of them. */
const PIECE = 512

export interface Unwrapped {
  readonly group: number
  readonly act: Uint8Array
}

export function wrap(act: Uint8Array<ArrayBuffer>, group: number): Uint8Array<ArrayBuffer> {
  const deflated = act.length > WORTH_DEFLATING ? deflateSync(act, { level: 9 }) : null
  const isShorter = deflated !== null && deflated.length < act.length
  if (group === 1 && !isShorter) return act
  const to = new ByteSink()
  to.byte(WRAPPED + (group > 1 ? GROUPED : 0) + (isShorter ? DEFLATED : 0))
  if (group > 1) to.varint(group)
  if (isShorter) to.varint(act.length)
  to.bytes(isShorter ? deflated : act)
  return to.taken()
}

export function unwrap(bytes: Uint8Array): Unwrapped {
  const first = bytes[0] ?? 0
  if (first < WRAPPED) return { group: 1, act: bytes }
  const from = new ByteSource(bytes)
  from.byte()
  const flags = first - WRAPPED
  if (flags === 0 || flags > GROUPED + DEFLATED) throw new MalformedAct('It is no act that is known.')
  const group = flags & GROUPED ? from.varint() : 1
  if (flags & GROUPED && (group < 2 || group > ACT_LIMITS.together))
    throw new MalformedAct(`A group has 2 to ${ACT_LIMITS.together} acts.`)
  const act = flags & DEFLATED ? inflated(from.varint(), from.rest()) : from.rest()
  return { group, act }
}

function inflated(size: number, deflated: Uint8Array): Uint8Array {
  if (size > ACT_LIMITS.inflatedBytes) throw new MalformedAct('It inflates to more than an act may be.')
  if (size <= deflated.length) throw new MalformedAct('It is deflated and not shorter for it.')
  const act = inflateTo(deflated, size, deflated.length > PIECE ? inPieces : atOnce)
  if (act === null) throw new MalformedAct('Its deflated part is broken.')
  // The last byte belongs to what was deflated: cut by one nothing comes out. How much does is known by now.
  if (inflateTo(deflated.subarray(0, -1), size, atOnce) !== null)
    throw new MalformedAct('Something follows the act.')
  return act
}

/** Exactly so many bytes, or null. */
function inflateTo(deflated: Uint8Array, size: number, how: typeof atOnce): Uint8Array | null {
  try {
    const out = how(deflated, size)
    return out.length === size ? out : null
  } catch {
    return null
  }
}

/** One byte of room more shows what would be longer; what does not fit is not kept. */
const atOnce = (deflated: Uint8Array, size: number): Uint8Array =>
  inflateSync(deflated, { out: new Uint8Array(size + 1) })

/** What inflates to far more than it says is given up soon: a byte may become a thousand. */
function inPieces(deflated: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size)
  let held = 0
  const stream = new Inflate((piece) => {
    out.set(piece, held)
    held += piece.length
  })
  for (let at = 0; at < deflated.length; at += PIECE)
    stream.push(deflated.subarray(at, at + PIECE), at + PIECE >= deflated.length)
  return out.subarray(0, held)
}

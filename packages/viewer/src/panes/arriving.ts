/**
 * A pack decoded while it arrives, frame by frame, through memory that is used again. Gathered first, its bytes would be copied twice more,
 * into memory that is new for every pack; and to get that takes a browser longer than the decoding.
 */
import { decodeFrames, frameBytes, type PackShape } from '@consilium/imaging/packs'
import type { Samples } from '@consilium/imaging/samples'

/** The line broke before the end; `cause` says how. */
export class BrokenOff extends Error {
  override readonly name = 'BrokenOff'
}

/** Each holds a frame of the series that came last, and is used by one pack at a time. */
let rooms: ArrayBuffer[] = []

/** Fills `into`. Rejects with `BrokenOff`, or where the bytes are not as many as the shape says. */
export async function decodeArriving(answer: Response, shape: PackShape, into: Samples): Promise<void> {
  const reader = readerOf(answer)
  if (!reader) {
    decodeFrames(new Uint8Array(await answer.arrayBuffer().catch(brokenOff)), shape, into)
    return
  }
  const size = frameBytes(shape)
  const perFrame = into.length / shape.count
  let room = rooms.pop()
  if (room?.byteLength !== size) {
    rooms = []
    room = new ArrayBuffer(size)
  }
  for (let k = 0; k < shape.count; k++) {
    const frame = await filled(reader, room)
    decodeFrames(frame, { ...shape, count: 1 }, into.subarray(k * perFrame, (k + 1) * perFrame))
    room = frame.buffer
  }
  const { value, done } = await reader.read(new Uint8Array(room)).catch(brokenOff)
  if (!done) {
    void reader.cancel().catch(() => undefined)
    throw new Error(`more bytes than those of ${shape.count} frames`)
  }
  if (value) rooms.push(value.buffer)
}

/** The next bytes, as many as there is room for. The room goes with them: while the stream fills it nobody else has it. */
async function filled(reader: ReadableStreamBYOBReader, room: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> {
  const size = room.byteLength
  let memory = room
  for (let at = 0; at < size; ) {
    const { value, done } = await reader.read(new Uint8Array(memory, at)).catch(brokenOff)
    if (done) throw new Error(`${at} bytes of a frame, not its ${size}`)
    at += value.length
    memory = value.buffer
  }
  return new Uint8Array(memory)
}

/** Null where the browser's streams do not fill memory that they are given. */
function readerOf({ body }: Response): ReadableStreamBYOBReader | null {
  try {
    return body?.getReader({ mode: 'byob' }) ?? null
  } catch {
    return null
  }
}

const brokenOff = (cause: unknown): never => {
  throw new BrokenOff('the pack broke off', { cause })
}

import { encodeFrames, frameBytes } from '@consilium/imaging/packs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { BrokenOff, decodeArriving } from './arriving.ts'

const SHAPE = { rows: 3, columns: 8, samples: 'int16', count: 3 } as const
const SIZE = frameBytes(SHAPE)
const LENGTH = SHAPE.rows * SHAPE.columns
const values = Int16Array.from({ length: LENGTH * SHAPE.count }, (_, i) => (i * 9_973) % 65_536)
const frames = Array.from({ length: SHAPE.count }, (_, k) => values.subarray(k * LENGTH, (k + 1) * LENGTH))
const coded = encodeFrames(frames, SHAPE)

/** A body that comes in pieces of these lengths, one after another; the rest at once. Notes how much room it is given each time. */
function coming(bytes: Uint8Array, lengths: readonly number[] = [], broken?: Error) {
  const rooms: number[] = []
  const left = [...lengths]
  let at = 0
  const body = new ReadableStream({
    type: 'bytes',
    pull(controller) {
      const view = controller.byobRequest?.view
      if (!view) throw new Error('nobody gave any room')
      rooms.push(view.byteLength)
      const piece = bytes.subarray(at, at + Math.min(view.byteLength, left.shift() ?? bytes.length))
      at += piece.length
      new Uint8Array(view.buffer, view.byteOffset).set(piece)
      if (piece.length > 0) return controller.byobRequest?.respond(piece.length)
      if (broken) return controller.error(broken)
      controller.close()
      controller.byobRequest?.respond(0)
    },
  })
  return { answer: new Response(body), rooms }
}
const decoded = async (answer: Response): Promise<Int16Array> => {
  const into = new Int16Array(values.length)
  await decodeArriving(answer, SHAPE, into)
  return into
}

it('[V120] a pack is what it is in however many pieces it comes, and never takes more room than a frame', async () => {
  const pieces = fc.array(fc.integer({ min: 1, max: SIZE + 7 }), { maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(pieces, async (lengths) => {
      const { answer, rooms } = coming(coded, lengths)
      expect(await decoded(answer)).toEqual(values)
      expect(Math.max(...rooms)).toBe(SIZE)
    }),
    { numRuns: 30 },
  )
})

it('[V120] so it is where streams fill no memory that they are given', async () => {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(coded.slice())
      controller.close()
    },
  })
  expect(await decoded(new Response(body))).toEqual(values)
})

it('[V120] fewer bytes, or more, are no pack; a line that breaks is told from them', async () => {
  await expect(decoded(coming(coded.subarray(0, -1)).answer)).rejects.toThrow(
    '47 bytes of a frame, not its 48',
  )
  await expect(decoded(coming(Uint8Array.of(...coded, 0)).answer)).rejects.toThrow(
    'more bytes than those of 3',
  )
  const line = new TypeError('network error')
  const broken = decoded(coming(coded.subarray(0, SIZE + 5), [], line).answer)
  await expect(broken).rejects.toThrow(BrokenOff)
  await expect(broken).rejects.toHaveProperty('cause', line)
})

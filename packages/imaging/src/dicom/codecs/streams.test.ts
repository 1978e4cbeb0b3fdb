/** The codings, one small picture each: the values that DCMTK reads, an end for every cut, and no surprise from changed bytes. */
import { describe, expect, it } from 'vitest'
import { ImagingFault } from '../../fault.ts'
import { randomFrom } from '../../phantom/random.ts'
import { hashOf } from '../../testing/checks.ts'
import { HAVE_DATA, readData } from '../../testing/manifest.ts'
import { COLUMNS, ROWS, STREAMS, type Stream } from '../../testing/streams.ts'
import { codedFrames } from '../fragments.ts'
import type { Pixels } from '../instance.ts'
import { layoutOf } from '../layout.ts'
import { DEFAULT_LIMITS } from '../limits.ts'
import { parseHeader } from '../parse.ts'
import type { Cells } from '../stored.ts'
import { CODECS } from './all.ts'
import { type Factory, wasmDecoder } from './wasm.ts'

/** Not trusted with foreign files (docs/decisions/0005), but made by other people than the decoder that is. */
const openjph = wasmDecoder(async () => {
  // @ts-expect-error untyped
  return (await import('@cornerstonejs/codec-openjph')).default as Factory
}, 'HTJ2KDecoder')

const bytesOf = (stream: Stream): Uint8Array => Uint8Array.from(Buffer.from(stream.base64, 'base64'))

async function decoded(stream: Stream, bytes: Uint8Array): Promise<Cells> {
  const { samples, allocated, coding } = stream
  return CODECS[coding].decode(bytes, { rows: ROWS, columns: COLUMNS, samples, allocated })
}

const faultOf = async (work: Promise<unknown>): Promise<ImagingFault | null> =>
  work.then(
    () => null,
    (fault: unknown) => {
      if (fault instanceof ImagingFault) return fault
      throw fault
    },
  )

describe.each(STREAMS)('$name', (stream) => {
  it('[I42] gives the values that another reader gives', async () => {
    const cells = await decoded(stream, bytesOf(stream))
    expect(cells).toHaveLength(ROWS * COLUMNS * stream.samples)
    expect(hashOf([cells as Pixels], cells.BYTES_PER_ELEMENT === 1 ? 'uint8' : 'uint16')).toBe(stream.sha256)
  })

  it('[I43] cut anywhere is a fault', async () => {
    const whole = bytesOf(stream)
    // Behind the last value stand the mark of the end and padding, which no value hangs on.
    const end = whole.length - 6
    for (let length = 0; length < end; length++)
      expect(await faultOf(decoded(stream, whole.slice(0, length))), `cut at ${length}`).not.toBeNull()
  })

  it('[I43] changed bytes give a picture of the same size, or a fault', async () => {
    const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
    const random = randomFrom(seed)
    const pick = (n: number): number => Math.floor(random() * n)
    for (let round = 0; round < 200; round++) {
      const bytes = bytesOf(stream)
      for (let k = pick(4) + 1; k > 0; k--) bytes[pick(bytes.length)] = pick(256)
      const about = `SEED=${seed} round ${round}`
      const outcome = await decoded(stream, bytes).catch((fault: unknown) => fault)
      if (outcome instanceof Error) expect(outcome, `${about} ${outcome.stack}`).toBeInstanceOf(ImagingFault)
      else expect((outcome as Cells).length, about).toBe(ROWS * COLUMNS * stream.samples)
    }
  })
})

const named = (name: string): Stream => STREAMS.find((stream) => stream.name.startsWith(name)) as Stream

it('[I42] HTJ2K gives in two independent decoders the same values', async () => {
  const stream = named('HTJ2K')
  const other = await openjph(bytesOf(stream), { rows: ROWS, columns: COLUMNS, samples: 1, allocated: 16 })
  expect(hashOf([other as Pixels], 'uint16')).toBe(stream.sha256)
})

it.skipIf(!HAVE_DATA)('[I42] HTJ2K in colour gives in two independent decoders the same values', async () => {
  const file = Uint8Array.from(readData('transfer-syntax/HTJ2KLossless_08_RGB.dcm'))
  const header = await parseHeader(file, DEFAULT_LIMITS)
  const { rows, columns, samples, allocated } = layoutOf(header.data, DEFAULT_LIMITS)
  const [coded] = codedFrames(header.bytes, header.data, 1, 'htj2k') as [Uint8Array]
  const size = { rows, columns, samples, allocated }
  const one = await CODECS.htj2k.decode(coded, size)
  const other = await openjph(coded, size)
  expect(Buffer.compare(one as Uint8Array, other as Uint8Array)).toBe(0)
  expect(new Set(one).size).toBeGreaterThan(100)
})

describe('[I43] refused by name', () => {
  it.each([
    ['progressive', 0xc2, 'Not supported: progressive JPEG.'],
    ['arithmetic', 0xc9, 'Not supported: JPEG with arithmetic coding.'],
    ['lossless in disguise', 0xc3, 'Not supported: lossless JPEG under the name of another.'],
  ])('%s', async (_, marker, sentence) => {
    const stream = named('JPEG baseline, grey')
    const bytes = bytesOf(stream)
    bytes[bytes.findIndex((byte, k) => byte === 0xff && bytes[k + 1] === 0xc0) + 1] = marker
    expect((await faultOf(decoded(stream, bytes)))?.message).toBe(sentence)
  })

  it('a size that is not the header’s', async () => {
    const stream = named('JPEG-LS, colour by pixels')
    const fault = await faultOf(
      Promise.resolve().then(() =>
        CODECS['jpeg-ls'].decode(bytesOf(stream), { rows: 20, columns: 20, samples: 3, allocated: 8 }),
      ),
    )
    expect(fault?.message).toBe('Damaged: the header says 20 × 20, the compressed picture 19 × 20.')
  })

  it('other colours than the header’s', async () => {
    const stream = named('JPEG extended')
    const fault = await faultOf(decoded({ ...stream, samples: 3 }, bytesOf(stream)))
    expect(fault?.message).toBe('Damaged: the header says 3 values per pixel, the compressed picture 1.')
  })
})

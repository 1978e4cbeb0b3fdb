/**
 * The Cornerstone builds of codecs share one shape; this loads one, runs one frame through it and throws the
 * instance away after a fault, because a WebAssembly heap that has seen a broken stream is not trusted with the next one.
 * In Node they find their .wasm beside themselves.
 */
import { ImagingFault } from '../../fault.ts'
import type { Cells } from '../stored.ts'
import type { FrameSize } from './codec.ts'

interface Decoder {
  getEncodedBuffer(length: number): Uint8Array
  getDecodedBuffer(): Uint8Array
  decode(): unknown
  getFrameInfo(): {
    width: number
    height: number
    bitsPerSample: number
    componentCount: number
    isSigned?: boolean
  }
  delete(): void
}

interface Runtime {
  readonly [name: string]: unknown
}

export type Factory = (options: Record<string, unknown>) => Promise<Runtime>

/** A frame decoder over one of the builds. `load` imports the factory, so that nothing is loaded before it is needed. */
export function wasmDecoder(load: () => Promise<Factory>, className: string) {
  let runtime: Promise<Runtime> | null = null
  return async (coded: Uint8Array, size: FrameSize): Promise<Cells> => {
    runtime ??= load().then((factory) => factory({ print: silent, printErr: silent }))
    const module = await runtime
    let decoder: Decoder | undefined
    try {
      decoder = new (module[className] as new () => Decoder)()
      decoder.getEncodedBuffer(coded.length).set(coded)
      decoder.decode()
      const cells = cellsOf(decoder, size)
      decoder.delete()
      return cells
    } catch (cause) {
      runtime = null
      if (cause instanceof ImagingFault) throw cause
      throw new ImagingFault('damaged', 'its compressed picture cannot be decoded', cause)
    }
  }
}

function cellsOf(decoder: Decoder, size: FrameSize): Cells {
  const info = decoder.getFrameInfo()
  const values = size.rows * size.columns * size.samples
  const bytes = decoder.getDecodedBuffer()
  const wide = info.bitsPerSample > 8
  const fits =
    info.width === size.columns && info.height === size.rows && info.componentCount === size.samples
  if (!fits || bytes.length < values * (wide ? 2 : 1)) {
    throw new ImagingFault('damaged', 'its compressed picture ends early')
  }
  // Its own memory, and plain bytes: one of the builds hands out clamped ones.
  const copy = new Uint8Array(bytes.subarray(0, values * (wide ? 2 : 1)))
  if (wide) return new Uint16Array(copy.buffer)
  return info.isSigned ? new Int8Array(copy.buffer) : copy
}

/** The builds print what they think of a stream; it could quote the file. */
const silent = (): void => {}

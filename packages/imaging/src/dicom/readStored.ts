/**
 * The stored values of any object with pixels, also of those that are no picture in the list (segmentations, doses, slides): the door by
 * which such objects come in as something else. No values are converted; sample stands beside sample.
 */
import { ImagingFault } from '../fault.ts'
import { layoutOf } from './layout.ts'
import { DEFAULT_LIMITS, type Limits } from './limits.ts'
import { parseHeader } from './parse.ts'
import { type Stored, storedFrames } from './pixels.ts'
import { faulted, plain } from './read.ts'
import { syntaxTitle } from './syntaxes.ts'

export function readStored(file: Uint8Array, limits: Partial<Limits> = {}): Promise<Stored[]> {
  const bounds = { ...DEFAULT_LIMITS, ...limits }
  return faulted(async () => {
    const header = await parseHeader(plain(file), bounds)
    if (header.syntax.coding === null)
      throw new ImagingFault('unsupported', syntaxTitle(header.transferSyntax))
    const frames: Stored[] = []
    for await (const frame of storedFrames(header, layoutOf(header.data, bounds))) frames.push(frame)
    return frames
  })
}

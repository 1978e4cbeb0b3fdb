/** For tests: the work of the packs' worker, without a worker. */
import { decodeFrames } from '@consilium/imaging/packs'
import type { PackSource } from '../panes/decoder.ts'

/** `fetchPack` gives the bytes of a pack. */
export const packSource = (
  fetchPack: (pack: number, lower: boolean, signal: AbortSignal) => Promise<ArrayBuffer>,
): PackSource => ({
  async read({ pack, lower, ...shape }, place, signal) {
    decodeFrames(new Uint8Array(await fetchPack(pack, lower, signal)), shape, place)
    return place
  },
  close() {},
})

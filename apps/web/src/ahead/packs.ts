/** Where the packs of a series come from: the server, by a worker. */
import type { PackReader, PackSource } from '@consilium/viewer/decoder'

/** One pack of a series; it never changes. `lower`: of the copy in less detail. */
const packAddress = (series: string, pack: number, lower: boolean): string =>
  `/api/series/${encodeURIComponent(series)}${lower ? '/lower' : ''}/packs/${pack}`

export const sourceOf = (series: string, reader: PackReader): PackSource => ({
  read: ({ pack, lower, ...shape }, place, signal) =>
    reader.read(packAddress(series, pack, lower), shape, place, signal),
  rest: () => reader.rest(),
  close: () => reader.close(),
})

/**
 * The first slice of a case, fetched and decoded by a worker while the page's code is still on its way: the worker is begun at once and told
 * what to fetch once the series are known. Whoever opens that series takes the worker over, with what it has.
 */
import type { Series } from '@consilium/contract/studies'
import { type PackReader, type PackSource, placeFor, workerReader } from '@consilium/viewer/decoder'
import { sourceOf } from './packs.ts'

/** A series that nobody opens meanwhile is not the one that is shown. */
const KEPT_MS = 10_000

/** Of the page's own server, and checked where the series is opened. */
export type Told = Pick<Series, 'id' | 'rows' | 'columns' | 'samples' | 'packs' | 'lower'>

let begun: { readonly series: string; readonly source: PackSource } | null = null

/** `largest`: the stack that the case opens with; null where it has none, or is not to be seen. */
export function bringFirst(largest: Promise<Told | null>, reader: PackReader = workerReader()): void {
  void largest
    .catch(() => null)
    .then((series) => {
      if (!series) return reader.close()
      const mine = { series: series.id, source: withFirst(sourceOf(series.id, reader), series) }
      begun = mine
      setTimeout(() => {
        if (begun === mine) takeSource(series.id)?.close()
      }, KEPT_MS)
    })
}

/** Null where something else was brought, or it was taken already. */
export function takeSource(series: string): PackSource | null {
  if (begun?.series !== series) return null
  const { source } = begun
  begun = null
  return source
}

/** Asks for the first pack now. Asked for again, after a fault or because it had to go, it is fetched as any other. */
function withFirst(source: PackSource, { samples, lower, ...whole }: Told): PackSource {
  const { rows, columns, packs } = lower ?? whole
  const [pack] = packs
  if (!pack) return source
  const asked = { pack: 0, lower: lower !== null, rows, columns, samples, count: pack.count }
  let first: ReturnType<PackSource['read']> | null = source.read(
    asked,
    placeFor(asked),
    new AbortController().signal,
  )
  // Whoever takes it over is told.
  first.catch(() => undefined)
  return {
    read(wanted, place, signal) {
      if (!first || wanted.pack !== asked.pack || wanted.lower !== asked.lower)
        return source.read(wanted, place, signal)
      const values = first
      first = null
      return values
    },
    close: () => source.close(),
  }
}

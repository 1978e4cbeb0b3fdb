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

/** Packs after the first one that come before the series is opened. */
const NEXT = 2

let begun: { readonly series: string; readonly source: Ahead } | null = null

/** `largest`: the stack that the case opens with; null where it has none, or is not to be seen. */
export function bringFirst(largest: Promise<Told | null>, reader: PackReader = workerReader()): void {
  void largest
    .catch(() => null)
    .then((series) => {
      if (!series) return reader.close()
      const mine = { series: series.id, source: asksAhead(sourceOf(series.id, reader), series) }
      begun = mine
      setTimeout(() => {
        if (begun === mine) takeSource(series.id)?.close()
      }, KEPT_MS)
    })
}

/** The page's code is here, so the line is free: the packs after the first come, too. */
export function bringMore(): void {
  begun?.source.goOn()
}

/** Null where something else was brought, or it was taken already. */
export function takeSource(series: string): PackSource | null {
  if (begun?.series !== series) return null
  const { source } = begun
  begun = null
  return source
}

interface Ahead extends PackSource {
  goOn(): void
}

/** Asks for the first pack now. Asked for again, after a fault or because it had to go, a pack is fetched as any other. */
function asksAhead(source: PackSource, { samples, lower, ...whole }: Told): Ahead {
  const { rows, columns, packs } = lower ?? whole
  const brought = new Map<number, ReturnType<PackSource['read']>>()
  const ask = (index: number): void => {
    const pack = packs[index]
    if (!pack) return
    const asked = { pack: index, lower: lower !== null, rows, columns, samples, count: pack.count }
    const values = source.read(asked, placeFor(asked), new AbortController().signal)
    // Whoever takes it over is told.
    values.catch(() => undefined)
    brought.set(index, values)
  }
  ask(0)
  return {
    goOn() {
      // Of a large series others may come next, as far as there is room for them.
      if (lower) return
      void brought.get(0)?.then(
        () => {
          for (let index = 1; index <= NEXT; index++) ask(index)
        },
        () => undefined,
      )
    },
    read(wanted, place, signal) {
      const values = wanted.lower === (lower !== null) ? brought.get(wanted.pack) : undefined
      if (!values) return source.read(wanted, place, signal)
      brought.delete(wanted.pack)
      return values
    },
    rest: () => source.rest?.(),
    close: () => source.close(),
  }
}

/**
 * What the gate knows of series: which are of the case, and the grids of those that can be painted on. The gate asks and does not wait: where
 * a series was not looked up yet it stops (SeriesUnknown), it is looked up, and the gate begins anew. A series never changes once it is
 * written, nor does its case, so each is looked up once for as long as the document is open. That nobody knows one changes as soon as the
 * case has some: it is believed for a moment.
 */
import { gridOfSeries, type SeriesShape } from '@consilium/crdt-schema/painting/grid'
import type { Grid } from '@consilium/geometry/raster/grid'

/**
 * A series of this case; `elsewhere` where it is none of it; null where nobody knows one by that name and the case has no series at all, so
 * that there is none to take it for: a script may speak of pictures that are not here.
 */
export type FindSeries = (series: string) => Promise<SeriesShape | 'elsewhere' | null>

/** Asked for at once are the series that an update names; whoever names others again and again looks nothing up twice. */
const REMEMBERED = 1_000
/** Whoever writes without pictures asks as seldom as that. */
const BELIEVED_MS = 5_000

export class SeriesUnknown extends Error {
  readonly series: string

  constructor(series: string) {
    super('a series was not looked up')
    this.series = series
  }
}

export class Grids {
  readonly #find: FindSeries
  readonly #known: Map<string, Grid | 'elsewhere' | null>
  /** Names that nobody knew, and until when that is believed, by `now`. */
  readonly #nobodys = new Map<string, number>()
  readonly #now: () => number

  constructor(
    find: FindSeries,
    known: Iterable<readonly [series: string, grid: Grid | null]> = [],
    now: () => number = () => performance.now(),
  ) {
    this.#find = find
    this.#known = new Map(known)
    this.#now = now
  }

  /** Null where nothing can be painted. Throws a SeriesUnknown. */
  of(series: string): Grid | null {
    const known = this.#lookedUp(series)
    return known === 'elsewhere' ? null : known
  }

  /** Is it a series of another case, or none at all where the case has some? Throws a SeriesUnknown. */
  isElsewhere(series: string): boolean {
    return this.#lookedUp(series) === 'elsewhere'
  }

  async learn(series: string): Promise<void> {
    const found = await this.#find(series)
    for (const names of [this.#known, this.#nobodys]) if (names.size >= REMEMBERED) names.clear()
    if (found === null) this.#nobodys.set(series, this.#now() + BELIEVED_MS)
    else this.#nobodys.delete(series)
    this.#known.set(series, found === 'elsewhere' ? found : found && gridOfSeries(found))
  }

  /** Runs it, and anew whenever a series has to be looked up first. */
  async with<T>(work: () => T | Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof SeriesUnknown)) throw error
        await this.learn(error.series)
      }
    }
  }

  #lookedUp(series: string): Grid | 'elsewhere' | null {
    const known = this.#known.get(series)
    if (known === undefined || this.#now() > (this.#nobodys.get(series) ?? Number.POSITIVE_INFINITY))
      throw new SeriesUnknown(series)
    return known
  }
}

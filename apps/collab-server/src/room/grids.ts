/**
 * The grids of series, as far as anybody paints on them. The gate asks and does not wait: where a series was not looked up yet it stops
 * (GridUnknown), it is looked up, and the gate begins anew. A series never changes once it is written, so each is looked up once.
 */
import { gridOfSeries, type SeriesShape } from '@consilium/crdt-schema/painting/grid'
import type { Grid } from '@consilium/geometry/raster/grid'

/** A series of this case; null where it has none by that name. */
export type FindSeries = (series: string) => Promise<SeriesShape | null>

/** Asked for at once are the series that an update paints on; whoever names others again and again looks nothing up twice. */
const REMEMBERED = 1_000

export class GridUnknown extends Error {
  readonly series: string

  constructor(series: string) {
    super('a series was not looked up')
    this.series = series
  }
}

export class Grids {
  readonly #find: FindSeries
  readonly #known: Map<string, Grid | null>

  constructor(find: FindSeries, known: Iterable<readonly [series: string, grid: Grid | null]> = []) {
    this.#find = find
    this.#known = new Map(known)
  }

  /** Null where nothing can be painted. Throws a GridUnknown. */
  of(series: string): Grid | null {
    const grid = this.#known.get(series)
    if (grid === undefined) throw new GridUnknown(series)
    return grid
  }

  async learn(series: string): Promise<void> {
    const shape = await this.#find(series)
    if (this.#known.size >= REMEMBERED) this.#known.clear()
    this.#known.set(series, shape && gridOfSeries(shape))
  }

  /** Runs it, and anew whenever a series has to be looked up first. */
  async with<T>(work: () => T | Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof GridUnknown)) throw error
        await this.learn(error.series)
      }
    }
  }
}

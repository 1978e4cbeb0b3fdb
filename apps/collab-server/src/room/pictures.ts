/**
 * Do new annotations and threads lie on pictures of their case? Those of a prior, or of any other case, are for looking only (V32), also for
 * whoever writes past the page. Asked is what is in memory (grids.ts): no update waits for the database but the first that names a series.
 */
import { Refusal } from '@consilium/contract/refusals'
import type { RootName } from '@consilium/crdt-schema/documents'
import type { Catalogue } from '../studies/catalogue.ts'
import type { Container } from './container.ts'
import type { FindSeries, Grids } from './grids.ts'

/** The field that names a series. It is said when an entry is made and never again. */
const PLACED: Partial<Record<RootName, string>> = { annotations: 'source', threads: 'anchor' }

/** What names no series is left to whoever asks whether fields are sound. Throws a Refusal, or a SeriesUnknown. */
export function checkPictures(containers: readonly Container[], grids: Grids): void {
  for (const container of containers) {
    const { shape, entry } = container
    const field = shape === 'entry' && entry?.isNew ? PLACED[entry.root] : undefined
    if (field === undefined) continue
    const { series } = (container.find(field)?.value() ?? {}) as { readonly series?: unknown }
    if (typeof series === 'string' && grids.isElsewhere(series)) throw new Refusal('foreign-series')
  }
}

export const seriesOfCase =
  (catalogue: Pick<Catalogue, 'find' | 'hasAny'>, caseId: string): FindSeries =>
  async (id) => {
    const found = (await catalogue.find(id))?.series
    if (found) return found.case === caseId ? found : 'elsewhere'
    return (await catalogue.hasAny(caseId)) ? 'elsewhere' : null
  }

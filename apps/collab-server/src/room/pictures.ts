/**
 * Do new annotations and threads lie on pictures of their case? Those of a prior, or of any other case, are for looking only (V32), also for
 * whoever writes past the page. Asked is what is in memory (grids.ts): no update waits for the database but the first that names a series,
 * and where the database is away it waits as its row would.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from '@consilium/contract/refusals'
import type { RootName } from '@consilium/crdt-schema/documents'
import { isUnavailable } from '../db/errors.ts'
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

const FIRST_WAIT_MS = 20
const LONGEST_WAIT_MS = 1_000

/** `reached` resolves when the database answers the journal, which tells everybody as long as it does not. */
export const seriesOfCase =
  (catalogue: Pick<Catalogue, 'find' | 'hasAny'>, caseId: string, reached: () => Promise<void>): FindSeries =>
  async (id) => {
    for (let attempt = 0; ; attempt++) {
      try {
        const found = (await catalogue.find(id))?.series
        if (found) return found.case === caseId ? found : 'elsewhere'
        return (await catalogue.hasAny(caseId)) ? 'elsewhere' : null
      } catch (error) {
        if (!isUnavailable(error)) throw error
      }
      await reached()
      // Those who read may come back later than the journal does.
      await sleep(Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS), undefined, { ref: false })
    }
  }

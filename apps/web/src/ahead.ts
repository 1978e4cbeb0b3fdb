/**
 * Somebody enters by the address of a case: what its room needs is asked for at once, side by side with the page's own start, so that the
 * first picture waits for nothing but itself. Only warms caches; whoever needs the answers asks for them as ever.
 */
import type { CaseDetail } from '@consilium/contract/projects'
import type { Series } from '@consilium/contract/studies'
import type { QueryClient } from '@tanstack/solid-query'
import { packAddress } from './api.ts'
import { caseQuery, meQuery, seriesQuery } from './queries.ts'
import { loadPanelRoom } from './rooms/Rooms.tsx'

const CASE = /^\/cases\/([a-z0-9]+)\/?$/

export function askAhead(client: QueryClient, path: string): void {
  const id = CASE.exec(path)?.[1]
  if (id === undefined) return
  // What fails here fails again, and is said, where it is shown.
  void loadPanelRoom().catch(() => undefined)
  void client.prefetchQuery(meQuery)
  const queries = [client.prefetchQuery(caseQuery(id)), client.prefetchQuery(seriesQuery(id))]
  void Promise.all(queries).then(async () => {
    const cover = client.getQueryData<CaseDetail>(caseQuery(id).queryKey)?.coverSeries
    const series = client.getQueryData<Series[]>(seriesQuery(id).queryKey)?.find((one) => one.id === cover)
    // The first pack is the middle frame alone, and may be kept for ever. Of a large series it comes in less detail first.
    if (series) await fetch(packAddress(series.id, 0, series.lower !== null)).catch(() => undefined)
  })
}

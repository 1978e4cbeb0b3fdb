/**
 * Somebody enters by the address of a case: what its room needs is asked for at once, side by side with the page's own start, so that the
 * first picture waits for nothing but itself. Only warms caches; whoever needs the answers asks for them as ever.
 */
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
  void client.prefetchQuery(caseQuery(id)).then(async () => {
    const cover = client.getQueryData<{ coverSeries: string | null }>(caseQuery(id).queryKey)?.coverSeries
    // The first pack is the middle frame alone, and may be kept for ever.
    if (cover) await fetch(packAddress(cover, 0)).catch(() => undefined)
  })
  void client.prefetchQuery(seriesQuery(id))
}

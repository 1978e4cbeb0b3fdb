/** Takes what was asked for ahead into the cache of answers, before any room is there. Whoever needs the answers asks for them as ever. */
import type { QueryClient } from '@tanstack/solid-query'
import { caseQuery, meQuery, seriesQuery } from '../queries.ts'
import { loadPanelRoom } from '../rooms/Rooms.tsx'
import { bringMore } from './firstPack.ts'
import { caseIn } from './open.ts'

export function warm(client: QueryClient, path: string): void {
  const id = caseIn(path)
  if (id === null) return
  // What fails here fails again, and is said, where it is shown.
  void loadPanelRoom().then(bringMore, () => undefined)
  void client.prefetchQuery(meQuery)
  void client.prefetchQuery(caseQuery(id))
  void client.prefetchQuery(seriesQuery(id))
}

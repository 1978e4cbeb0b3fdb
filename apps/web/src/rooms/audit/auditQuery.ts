/** The log in pages, newest first; the next one is asked for when one comes to its end. */
import type { AuditEntry } from '@consilium/contract/audit'
import { type Accessor, createMemo } from 'solid-js'
import { api } from '../../api.ts'
import { useInfiniteQuery } from '../../query.ts'
import type { AuditConditions } from './filters.ts'

/** Rows of one page. */
const PAGE = 100

export function useAudit(project: Accessor<string | null>, conditions: Accessor<AuditConditions>) {
  const query = useInfiniteQuery(() => ({
    queryKey: ['audit', project(), conditions()] as const,
    queryFn: ({ pageParam, signal }) =>
      api.audit(
        project(),
        { ...conditions(), limit: PAGE, ...(pageParam === null ? {} : { before: pageParam }) },
        signal,
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next,
    // Looked at again on request: a list of evidence does not move under the eye.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  }))
  const pages = createMemo(() => query.data?.pages ?? [])
  const entries = createMemo((): readonly AuditEntry[] => pages().flatMap(({ items }) => items))
  return {
    query,
    entries,
    /** Entries in the whole log; null while not known. */
    head: () => pages()[0]?.head ?? null,
    /** Number of the entry down to which was looked; null while not known. */
    searched: () => pages().at(-1)?.searched ?? null,
    /** False as soon as one page does not verify. */
    isIntact: () => pages().every(({ intact }) => intact),
  }
}

/**
 * Whom and which case one can filter by: those of the project, and all that the entries on screen name, such as people who have left it
 * or were forgotten since.
 */
import type { AuditEntry } from '@consilium/contract/audit'
import { type Accessor, createMemo } from 'solid-js'
import { api } from '../../api.ts'
import { keys, useMe, usePeople } from '../../queries.ts'
import { useQuery } from '../../query.ts'
import type { Known } from './AuditFilters.tsx'

export function useKnown(project: Accessor<string | null>, entries: Accessor<readonly AuditEntry[]>) {
  const me = useMe()
  const members = useQuery(() => ({
    queryKey: keys.members(project() ?? ''),
    queryFn: () => api.members(project() ?? ''),
    enabled: project() !== null,
  }))
  const everybody = usePeople(() => project() === null && me.data?.person.admin === true)
  const cases = useQuery(() => ({
    queryKey: keys.cases(project() ?? ''),
    queryFn: () => api.cases(project() ?? ''),
    enabled: project() !== null,
  }))
  const people = () => [...(members.data ?? []).map(({ person }) => person), ...(everybody.data ?? [])]
  const knownPeople = createMemo(() =>
    merged([
      ...people().map(({ id, name }) => ({ id, title: name })),
      ...entries().flatMap(({ by }) => (by?.id ? [{ id: by.id, title: by.name }] : [])),
    ]),
  )
  const knownCases = createMemo(() =>
    merged([
      ...(cases.data ?? []).map(({ id, key }) => ({ id, title: key })),
      ...entries().flatMap((entry) => (entry.case ? [{ id: entry.case.id, title: entry.case.key }] : [])),
    ]),
  )
  return { people: knownPeople, cases: knownCases }
}

/** Each once, by what they are called. */
export function merged(all: readonly Known[]): readonly Known[] {
  return [...new Map(all.map((one) => [one.id, one])).values()].sort((a, b) => a.title.localeCompare(b.title))
}

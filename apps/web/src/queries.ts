/**
 * What the lists ask the server, with solid-query in between: cached, refetched, shared by whoever shows it.
 * A no for want of a session, wherever it comes from, makes the page ask who it is; the gate then leads to sign-in.
 */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/solid-query'
import type { Accessor } from 'solid-js'
import { api } from './api.ts'
import { isRefusal, Unreachable } from './errors.ts'
import { useQuery } from './query.ts'

export const keys = {
  me: ['me'] as const,
  welcome: ['welcome'] as const,
  sessions: ['sessions'] as const,
  tokens: ['tokens'] as const,
  people: ['people'] as const,
  projects: ['projects'] as const,
  cases: (project: string) => ['cases', project] as const,
  members: (project: string) => ['members', project] as const,
}

/** What opening a case needs. Not asked again while it is open: what changes comes over the live channel. */
const OPENED = { staleTime: Number.POSITIVE_INFINITY, gcTime: 5_000 } as const
export const caseQuery = (id: string) => ({
  queryKey: ['case', id] as const,
  queryFn: () => api.case(id),
  ...OPENED,
})
export const seriesQuery = (id: string) => ({
  queryKey: ['series of case', id] as const,
  queryFn: () => api.seriesOf(id),
  ...OPENED,
})
export const meQuery = { queryKey: keys.me, queryFn: api.me, staleTime: 60_000 } as const

/** How often a list of who is where looks again, ms. */
const LIST_INTERVAL_MS = 4_000

export function newQueryClient(): QueryClient {
  const signedOut = (error: unknown) => {
    if (isRefusal(error, 'not-signed-in')) void client.invalidateQueries({ queryKey: keys.me })
  }
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (query.queryKey[0] !== keys.me[0]) signedOut(error)
      },
    }),
    mutationCache: new MutationCache({ onError: signedOut }),
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        // A refusal stays one; only silence is asked again.
        retry: (failures, error) => error instanceof Unreachable && failures < 2,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  })
  return client
}

export const useMe = () => useQuery(() => meQuery)
export const useWelcome = () =>
  useQuery(() => ({ queryKey: keys.welcome, queryFn: api.welcome, staleTime: 60_000 }))
export const useProjects = () => useQuery(() => ({ queryKey: keys.projects, queryFn: api.projects }))
export const useSessions = () => useQuery(() => ({ queryKey: keys.sessions, queryFn: api.sessions }))
export const useTokens = () => useQuery(() => ({ queryKey: keys.tokens, queryFn: api.tokens }))
export const usePeople = (enabled: Accessor<boolean>) =>
  useQuery(() => ({ queryKey: keys.people, queryFn: api.people, enabled: enabled() }))
export const useMembers = (project: Accessor<string>) =>
  useQuery(() => ({ queryKey: keys.members(project()), queryFn: () => api.members(project()) }))
/** A case where no live channel says what changes in it. */
export const useCase = (id: Accessor<string>) =>
  useQuery(() => ({ ...caseQuery(id()), refetchInterval: LIST_INTERVAL_MS }))
export const useCases = (project: Accessor<string>) =>
  useQuery(() => ({
    queryKey: keys.cases(project()),
    queryFn: () => api.cases(project()),
    refetchInterval: LIST_INTERVAL_MS,
  }))

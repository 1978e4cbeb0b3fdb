/** Where one is signed in, and the way to end each. The present one is ended by signing out. */
import { useMutation, useQueryClient } from '@tanstack/solid-query'
import Monitor from 'lucide-solid/icons/monitor'
import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { api } from '../../api.ts'
import { ago, moment } from '../../format.ts'
import { FaultBanner } from '../../parts/Banner.tsx'
import { Button } from '../../parts/Button.tsx'
import { Chip } from '../../parts/Chip.tsx'
import { ErrorState, SkeletonRows } from '../../parts/states.tsx'
import { keys, useSessions } from '../../queries.ts'
import { browserName } from './browserName.ts'
import { Line, Section } from './Section.tsx'

export function Sessions(): JSX.Element {
  const sessions = useSessions()
  const client = useQueryClient()
  const revoke = useMutation(() => ({
    mutationFn: (id: string) => api.revokeSession(id),
    onSettled: () => client.invalidateQueries({ queryKey: keys.sessions }),
  }))
  const now = Date.now()
  const newestFirst = () =>
    (sessions.data ?? []).toSorted(
      (a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt - a.lastSeenAt,
    )
  return (
    <Section title="Where you are signed in" about="End what you do not know, or left open elsewhere.">
      <FaultBanner error={revoke.error} shape="bar" />
      <Switch>
        <Match when={sessions.isPending}>
          <SkeletonRows rows={2} />
        </Match>
        <Match when={sessions.isLoadingError}>
          <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} compact />
        </Match>
        <Match when={true}>
          <ul>
            <For each={newestFirst()}>
              {(one) => (
                <Line
                  before={<Monitor size={16} class="shrink-0 text-t3" aria-hidden="true" />}
                  title={
                    <>
                      <span title={one.agent}>{browserName(one.agent)}</span>
                      <Show when={one.current}>
                        <Chip tone="ok">This one</Chip>
                      </Show>
                    </>
                  }
                  detail={`Active ${ago(one.lastSeenAt, now)} · since ${moment(one.createdAt, now)}`}
                >
                  <Show when={!one.current}>
                    <Button
                      size="bar"
                      busy={revoke.isPending && revoke.variables === one.id}
                      onClick={() => revoke.mutate(one.id)}
                      aria-label={`End the session of ${browserName(one.agent)}`}
                    >
                      End
                    </Button>
                  </Show>
                </Line>
              )}
            </For>
          </ul>
        </Match>
      </Switch>
    </Section>
  )
}

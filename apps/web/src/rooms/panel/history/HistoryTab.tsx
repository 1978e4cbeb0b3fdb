/** Every change to the case, newest first, each by its author; a click shows the case as it was then. Joins are shown on request. */
import type { Revision } from '@consilium/contract/revisions'
import ChartNoAxesGantt from 'lucide-solid/icons/chart-no-axes-gantt'
import LogIn from 'lucide-solid/icons/log-in'
import HistoryIcon from 'lucide-solid/icons/rotate-ccw-clock'
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { Button, IconButton } from '../../../parts/Button.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '../../../parts/states.tsx'
import { useDesk } from '../state/desk.ts'
import { createLookups } from '../state/lookups.ts'
import { ChainChip } from './ChainChip.tsx'
import { RevisionRow } from './RevisionRow.tsx'

export function HistoryTab(): JSX.Element {
  const desk = useDesk()
  const { revisions } = desk
  const lookups = createLookups(desk)
  const [withJoins, setWithJoins] = createSignal(false)
  const shown = createMemo(() => revisions.rows().filter((row) => withJoins() || row.act !== 'lease'))
  const days = createMemo(() => byDay(shown()))
  return (
    <>
      <div class="flex h-11 shrink-0 items-center gap-2 border-b border-line pr-3 pl-4">
        <ChainChip />
        <span class="ml-auto flex shrink-0">
          <IconButton
            icon={ChartNoAxesGantt}
            label={desk.timeline.isOpen() ? 'Close the timeline' : 'Open the timeline'}
            hint="T"
            size="bar"
            side="left"
            pressed={desk.timeline.isOpen()}
            onClick={() => (desk.timeline.isOpen() ? desk.timeline.close() : desk.timeline.open())}
          />
          <IconButton
            icon={LogIn}
            label={withJoins() ? 'Hide who joined when' : 'Show who joined when'}
            size="bar"
            side="left"
            pressed={withJoins()}
            onClick={() => setWithJoins(!withJoins())}
          />
        </span>
      </div>
      <div class="min-h-0 flex-1 overflow-y-auto pb-4">
        <Show when={revisions.fault()}>
          {(fault) => <ErrorState compact error={fault()} onRetry={() => void revisions.reload()} />}
        </Show>
        <For each={days()}>
          {(day) => (
            <section aria-label={day.title}>
              <h2 class="flex h-9 items-center px-4 text-12 font-medium text-t3">{day.title}</h2>
              <ol>
                <For each={day.rows}>{(row) => <RevisionRow revision={row} lookups={lookups} />}</For>
              </ol>
            </section>
          )}
        </For>
        <Show when={revisions.loading() && revisions.rows().length === 0}>
          <SkeletonRows rows={8} height={46} label="Loading the history" />
        </Show>
        <Show when={!revisions.loading() && !revisions.fault() && shown().length === 0}>
          <EmptyState icon={HistoryIcon} compact title="Nothing has happened yet">
            Every change appears here with its author, and stays.
          </EmptyState>
        </Show>
        <Show when={revisions.hasOlder()}>
          <div class="flex justify-center py-3">
            <Button size="bar" busy={revisions.loading()} onClick={() => void revisions.loadOlder()}>
              Show older
            </Button>
          </div>
        </Show>
      </div>
    </>
  )
}

interface Day {
  readonly title: string
  readonly rows: readonly Revision[]
}

const dayOf = (at: number): string =>
  new Date(at).toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })

function byDay(rows: readonly Revision[]): readonly Day[] {
  const today = dayOf(Date.now())
  const days = new Map<string, Revision[]>()
  for (const row of rows) {
    const title = dayOf(row.at) === today ? 'Today' : dayOf(row.at)
    const day = days.get(title)
    if (day) day.push(row)
    else days.set(title, [row])
  }
  return [...days].map(([title, list]) => ({ title, rows: list }))
}

/** Two moments compared: which they are, how the first is seen, and a list of what differs. A click goes to where it is. */
import type { EntryDifference } from '@consilium/contract/history'
import { kindOf } from '@consilium/crdt-schema/kinds'
import Equal from 'lucide-solid/icons/equal'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { count, number, timeOfDay } from '../../../format.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { Button } from '../../../parts/Button.tsx'
import { Segmented } from '../../../parts/Segmented.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '../../../parts/states.tsx'
import type { Look } from '../state/comparison.ts'
import { useDesk } from '../state/desk.ts'
import { CHANGE_WORDS, differenceLines } from './differenceWords.ts'

export function ComparePanel(): JSX.Element {
  const { comparison, timeline } = useDesk()
  const list = () => comparison.differences()
  return (
    <section aria-label="Comparison" class="flex w-82 shrink-0 flex-col border-l border-line bg-s1 wide:w-99">
      <header class="flex flex-col gap-2.5 border-b border-line px-4 py-3">
        <h2 class="text-14 font-semibold text-t1">Compare 1 and 2</h2>
        <Moment title="1" seq={comparison.from() ?? 0} />
        <Moment title="2" seq={timeline.moment()} />
        <Segmented<Look>
          label="How moment 1 is shown"
          size="bar"
          wide
          choices={[
            { value: 'onion', title: 'Onion skin' },
            { value: 'side', title: 'Side by side' },
          ]}
          value={comparison.look()}
          onChange={comparison.setLook}
        />
        <Show when={comparison.from() !== timeline.moment()}>
          <Button
            size="bar"
            kind="quiet"
            class="-ml-3 self-start"
            onClick={() => {
              const from = comparison.from()
              comparison.start(timeline.moment())
              if (from !== null) void timeline.lookAt(from)
            }}
          >
            Swap 1 and 2
          </Button>
        </Show>
      </header>
      <div class="min-h-0 flex-1 overflow-y-auto pb-4" aria-busy={list() === null}>
        <Show when={comparison.fault()}>
          {(fault) => <ErrorState compact error={fault()} onRetry={comparison.retry} />}
        </Show>
        <Show when={list() === null && comparison.fault() === null}>
          <SkeletonRows rows={5} height={56} label="Comparing" />
        </Show>
        <Show when={list()?.length === 0}>
          <EmptyState icon={Equal} compact title="Nothing differs">
            <Show
              when={comparison.from() === timeline.moment()}
              fallback="Whatever happened in between left no trace."
            >
              Move along the line below: this list follows.
            </Show>
          </EmptyState>
        </Show>
        <Show when={(list()?.length ?? 0) > 0}>
          <p class="flex h-9 items-center px-4 text-12 font-medium text-t3">
            {count(list()?.length ?? 0, 'difference')}
          </p>
          <ul aria-label="Differences">
            <For each={list()}>{(difference) => <DifferenceRow difference={difference} />}</For>
          </ul>
        </Show>
      </div>
    </section>
  )
}

function Moment(props: { readonly title: string; readonly seq: number }): JSX.Element {
  const { timeline, document } = useDesk()
  const row = () => timeline.rows().row(props.seq)
  const name = () => timeline.names().find(({ seq }) => seq === props.seq)?.title
  return (
    <div class="flex items-center gap-2.5 text-12">
      <span
        class={`flex size-5 items-center justify-center rounded-letter text-11 font-semibold ${props.title === '2' ? 'bg-bone text-on-bone' : 'bg-ctl text-white'}`}
      >
        {props.title}
      </span>
      <span class="shrink-0 text-13 font-medium text-t1">Revision {number(props.seq)}</span>
      <Show when={row()}>
        {(found) => (
          <>
            <span class="shrink-0 text-t3">{timeOfDay(found().at)}</span>
            <Avatar
              initials={found().writer.author.initials}
              order={document.colourOf(found().writer.author.id)}
              size={18}
            />
            <span class="truncate text-t2">{name() ?? found().writer.author.name}</span>
          </>
        )}
      </Show>
    </div>
  )
}

function DifferenceRow(props: { readonly difference: EntryDifference }): JSX.Element {
  const desk = useDesk()
  const { comparison, choices } = desk
  const root = () => props.difference.root
  const entry = () => props.difference.entry
  const shelves = () => [desk.shelves(), comparison.records()?.shelves]
  const annotation = createMemo(() =>
    root() === 'annotations'
      ? shelves()
          .map((shelf) => shelf?.annotations.get(entry()))
          .find(Boolean)
      : undefined,
  )
  const thread = createMemo(() => {
    const kind = root()
    const about =
      kind === 'comments' || kind === 'decisions'
        ? shelves()
            .map((shelf) => shelf?.[kind].get(entry())?.thread)
            .find(Boolean)
        : entry()
    return about === undefined
      ? undefined
      : shelves()
          .map((shelf) => shelf?.threads.get(about))
          .find(Boolean)
  })
  const title = () => {
    const found = annotation()
    return found ? kindOf(found.kind).title : TITLES[root()]
  }
  const place = () => {
    const found = annotation()
    if (found) return `${desk.labelTitle(found.label)} · slice ${found.source.frame + 1}`
    const anchor = thread()?.anchor
    return anchor ? `Slice ${anchor.frame + 1}` : ''
  }
  const go = (): void => {
    const found = annotation()
    if (found) return desk.goTo(found)
    const anchor = thread()?.anchor
    if (anchor) desk.goToPlace(anchor.series, anchor.point, anchor.frame)
  }
  const lines = createMemo(() => differenceLines(props.difference, desk.labelTitle))
  return (
    <li>
      <button
        type="button"
        onClick={go}
        class={`flex w-full flex-col gap-1 px-4 py-2.5 text-left transition-colors focus-visible:outline-offset-[-2px] ${choices.selection() === entry() ? 'bg-s3' : 'hover:bg-s2'}`}
      >
        <span class="flex items-baseline gap-2">
          <span class="text-13 font-medium text-t1">
            {CHANGE_WORDS[props.difference.change]}: {title()}
          </span>
          <span class="truncate text-12 text-t3">{place()}</span>
        </span>
        <For each={lines()}>
          {(line) => (
            <span class="grid w-full grid-cols-[76px_1fr] gap-2 text-12">
              <span class="text-t3">{line.title}</span>
              <span class="min-w-0 text-t2">
                <Show when={line.before && line.after} fallback={line.after || line.before}>
                  <span class="text-t3">{line.before}</span>
                  <span class="sr-only"> became </span>
                  <span aria-hidden="true"> → </span>
                  <span class="text-t1">{line.after}</span>
                </Show>
              </span>
            </span>
          )}
        </For>
      </button>
    </li>
  )
}

const TITLES = {
  annotations: 'Annotation',
  threads: 'Thread',
  comments: 'Comment',
  decisions: 'Decision',
  dissents: 'Dissent',
} as const

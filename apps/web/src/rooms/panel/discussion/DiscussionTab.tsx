/** What is said about the case: open disputes first, then threads, then what is settled. One thread is open at a time. */
import type { EntryKey } from '@consilium/crdt-schema/entry'
import MessagesSquare from 'lucide-solid/icons/messages-square'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { EmptyState } from '../../../parts/states.tsx'
import { useDesk } from '../state/desk.ts'
import type { ThreadSummary } from '../state/threads.ts'
import { NewComment } from './NewComment.tsx'
import { ThreadCard } from './ThreadCard.tsx'

const SECTIONS = [
  {
    title: 'Open disputes',
    has: (of: ThreadSummary) => of.thread.about === 'dispute' && of.decision === null,
  },
  { title: 'Comments', has: (of: ThreadSummary) => of.thread.about === 'comment' && !of.thread.resolved },
  { title: 'Decided', has: (of: ThreadSummary) => of.decision !== null },
  { title: 'Resolved', has: (of: ThreadSummary) => of.thread.about === 'comment' && of.thread.resolved },
] as const

export function DiscussionTab(): JSX.Element {
  const { talk, choices, rights } = useDesk()
  const sections = createMemo(() =>
    SECTIONS.map(({ title, has }) => ({
      title,
      ids: talk
        .summaries()
        .filter(has)
        .toSorted((a, b) => b.lastAt - a.lastAt || (a.thread.id < b.thread.id ? 1 : -1))
        .map(({ thread }) => thread.id),
    })).filter(({ ids }) => ids.length > 0),
  )
  const titles = createMemo(() => sections().map(({ title }) => title), [], { equals: same })
  const idsOf = (title: string): readonly EntryKey[] =>
    sections().find((section) => section.title === title)?.ids ?? []
  return (
    <div class="min-h-0 flex-1 overflow-y-auto pb-4">
      <Show when={choices.pin()} keyed>
        {(pin) => <NewComment pin={pin} />}
      </Show>
      <For each={titles()}>
        {(title) => (
          <section aria-label={title}>
            <h2 class="flex h-9 items-center gap-2 px-4 text-12 font-medium text-t2">
              {title} <span class="font-normal text-t3">{idsOf(title).length}</span>
            </h2>
            <ul class="flex flex-col">
              <For each={idsOf(title)}>{(id) => <ThreadCard id={id} />}</For>
            </ul>
          </section>
        )}
      </For>
      <Show when={titles().length === 0 && choices.pin() === null}>
        <EmptyState icon={MessagesSquare} compact title="Nothing said yet">
          <Show when={rights.denied('threads') === null} fallback="What the readers write appears here.">
            Press M and click a place on the image, or open an annotation and comment on it.
          </Show>
        </EmptyState>
      </Show>
    </div>
  )
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index])

/**
 * Every act in the case, newest first, each by its author, in words; a click shows the case as it was then. Joins are shown on request.
 */
import ChartNoAxesGantt from 'lucide-solid/icons/chart-no-axes-gantt'
import LogIn from 'lucide-solid/icons/log-in'
import HistoryIcon from 'lucide-solid/icons/rotate-ccw-clock'
import Search from 'lucide-solid/icons/search'
import { createEffect, createMemo, createSignal, For, type JSX, mapArray, Show } from 'solid-js'
import { Button, IconButton } from '../../../parts/Button.tsx'
import { Field } from '../../../parts/Field.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '../../../parts/states.tsx'
import { useDesk } from '../state/desk.ts'
import { createLives } from '../state/lives.ts'
import { createLookups } from '../state/lookups.ts'
import { phaseWords, type RevisionWords } from '../state/words.ts'
import { ActRow } from './ActRow.tsx'
import { isMeant, type ListedAct, listedActs, listedWords, sameActs, wantedBy } from './acts.ts'
import { ChainChip } from './ChainChip.tsx'
import { OwnActs } from './OwnActs.tsx'

interface ToldAct {
  readonly act: ListedAct
  readonly words: () => RevisionWords
}

export function HistoryTab(): JSX.Element {
  const desk = useDesk()
  const { revisions, timeline, kase } = desk
  const lookups = createLookups(desk)
  const lives = createLives(kase.document, desk.document.link.journal)
  const [withJoins, setWithJoins] = createSignal(false)
  const [asked, setAsked] = createSignal('')

  const acts = createMemo<readonly ListedAct[]>(
    (before) =>
      sameActs(before, listedActs(revisions.rows().filter(({ act }) => withJoins() || act !== 'lease'))),
    [],
  )
  const told = mapArray(acts, (act): ToldAct => {
    for (const [annotation, seqs] of wantedBy(act)) lives.want(annotation, seqs)
    const words = createMemo(() => namedWords(listedWords(act, lookups, lives.of), act))
    return { act, words }
  })
  /** A name and a phase have their title with the names. */
  const namedWords = (words: RevisionWords, { last }: ListedAct): RevisionWords => {
    const title = timeline.names().find(({ named }) => named === last.seq)?.title
    if (title === undefined) return words
    if (last.act === 'phase') return { title: phaseWords(title), detail: '' }
    return last.act === 'name' ? { ...words, detail: `“${title}”` } : words
  }
  const shown = createMemo(() =>
    asked().trim() === '' ? told() : told().filter(({ act, words }) => isMeant(asked().trim(), act, words())),
  )
  const days = createMemo(() => byDay(shown()))
  // By title, so that a row that comes makes no other anew.
  const titles = createMemo(() => [...days().keys()], [], { equals: sameOrder })
  const newestName = createMemo(
    () => revisions.rows().find(({ act }) => act === 'name' || act === 'phase')?.seq,
  )
  createEffect(() => {
    if (newestName() !== undefined) void timeline.loadNames()
  })

  return (
    <>
      <div class="flex h-11 shrink-0 items-center gap-2 border-b border-line pr-3 pl-4">
        <ChainChip />
        <span class="ml-auto flex shrink-0">
          <OwnActs />
          <IconButton
            icon={ChartNoAxesGantt}
            label={desk.timeline.isOpen() ? 'Close the timeline' : 'Open the timeline'}
            hint={desk.keymap.hint('line.toggle')}
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
      <div class="shrink-0 border-b border-line px-4 py-2">
        <Field
          bare
          label="Who, what, label"
          placeholder="Who, what, label"
          icon={Search}
          value={asked()}
          onInput={setAsked}
        />
      </div>
      <div class="min-h-0 flex-1 overflow-y-auto pb-4">
        <Show when={revisions.fault()}>
          {(fault) => <ErrorState compact error={fault()} onRetry={() => void revisions.reload()} />}
        </Show>
        <For each={titles()}>
          {(title) => (
            <section aria-label={title}>
              <h2 class="flex h-9 items-center px-4 text-12 font-medium text-t3">{title}</h2>
              <ol>
                <For each={days().get(title)}>{({ act, words }) => <ActRow act={act} words={words()} />}</For>
              </ol>
            </section>
          )}
        </For>
        <Show when={revisions.loading() && revisions.rows().length === 0}>
          <SkeletonRows rows={8} height={46} label="Loading the history" />
        </Show>
        <Show when={!revisions.loading() && !revisions.fault() && shown().length === 0}>
          <Show
            when={told().length === 0}
            fallback={
              <EmptyState icon={Search} compact title="Nothing of that kind">
                <Show when={revisions.hasOlder()} fallback="No act in this case matches these words.">
                  None of the acts listed so far matches; older ones can be shown.
                </Show>
              </EmptyState>
            }
          >
            <EmptyState icon={HistoryIcon} compact title="Nothing has happened yet">
              Every change appears here with its author, and stays.
            </EmptyState>
          </Show>
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

const dayOf = (at: number): string =>
  new Date(at).toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })

function byDay(rows: readonly ToldAct[]): ReadonlyMap<string, readonly ToldAct[]> {
  const today = dayOf(Date.now())
  const days = new Map<string, ToldAct[]>()
  for (const row of rows) {
    const day = dayOf(row.act.last.at)
    const title = day === today ? 'Today' : day
    const list = days.get(title)
    if (list) list.push(row)
    else days.set(title, [row])
  }
  return days
}

const sameOrder = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index])

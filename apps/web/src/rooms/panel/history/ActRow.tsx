/** One act: number, who, what, when. A click opens the case as it was after it, with what it was about in view. */
import type { Revision } from '@consilium/contract/revisions'
import Bookmark from 'lucide-solid/icons/bookmark'
import LoaderCircle from 'lucide-solid/icons/loader-circle'
import { For, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { number, timeOfDay } from '../../../format.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { type Desk, useDesk } from '../state/desk.ts'
import type { RevisionWords } from '../state/words.ts'
import { type ListedAct, standsOut } from './acts.ts'
import { iconOf } from './icons.ts'

export function ActRow(props: { readonly act: ListedAct; readonly words: RevisionWords }): JSX.Element {
  const desk = useDesk()
  const { past, document, choices, timeline } = desk
  const last = () => props.act.last
  const holds = (seq: number | undefined): boolean =>
    props.act.revisions.some((revision) => revision.seq === seq)
  const shown = () => holds(past.past()?.seq)
  const names = () => timeline.names().filter(({ seq, phase }) => phase === undefined && holds(seq))
  const tone = () => standsOut(last())
  const look = (): string => {
    if (shown()) return 'bg-s3 before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-bone'
    return last().act === 'lease' ? 'opacity-60 hover:bg-s2' : 'hover:bg-s2'
  }
  return (
    <li>
      <button
        type="button"
        data-revision={last().seq}
        aria-current={shown() ? 'true' : undefined}
        onClick={() => {
          choices.setTool('select')
          void open(desk, last())
        }}
        class={`relative flex w-full items-start gap-2.5 py-2 pr-4 pl-3 text-left transition-colors focus-visible:outline-offset-[-2px] ${look()}`}
      >
        <span class="mt-0.5 w-9 shrink-0 text-right text-12 text-t3">
          <span class="sr-only">Revision </span>
          {number(last().seq)}
        </span>
        <Avatar initials={last().author.initials} order={document.colourOf(last().author.id)} size={22} />
        <span class="flex min-w-0 flex-1 flex-col">
          <span class="flex min-w-0 items-center gap-1.5">
            <Show when={iconOf(last())}>
              {(icon) => (
                <Dynamic component={icon()} size={13} class={`shrink-0 ${tone() ?? ''}`} aria-hidden="true" />
              )}
            </Show>
            <span
              class={`min-w-0 flex-1 truncate text-13 font-medium ${tone() ?? 'text-t1'}`}
              title={props.words.title}
            >
              {props.words.title}
            </span>
            <Show when={past.opening() === last().seq}>
              <LoaderCircle size={12} class="turning" aria-label="Opening" />
            </Show>
            <span class="shrink-0 text-12 text-t3">
              <span class="sr-only">{last().author.name}, </span>
              {timeOfDay(last().at)}
            </span>
          </span>
          <span class="truncate text-12 text-t3" title={props.words.detail}>
            {props.words.detail || '\u00a0'}
          </span>
          <For each={names()}>
            {(name) => (
              <span class="flex min-w-0 items-center gap-1 text-12 text-bone">
                <Bookmark size={11} fill="currentColor" class="shrink-0" aria-hidden="true" />
                <span class="sr-only">Named </span>
                <span class="truncate">{name.title}</span>
              </span>
            )}
          </For>
        </span>
      </button>
    </li>
  )
}

/** A row that gave a moment its name leads to that moment. */
async function open(desk: Desk, revision: Revision): Promise<void> {
  const seq = revision.act === 'name' ? (revision.moment ?? revision.seq) : revision.seq
  await desk.timeline.lookAt(seq)
  if (desk.past.past()?.seq !== seq) return
  const { annotations, threads } = desk.shelves()
  for (const { entry } of revision.touched) {
    const annotation = annotations.get(entry)
    if (annotation) return desk.goTo(annotation)
    const anchor = threads.get(entry)?.anchor
    if (anchor) return desk.goToPlace(anchor.series, anchor.point, anchor.frame)
  }
}

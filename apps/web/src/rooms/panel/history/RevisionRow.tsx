/** One revision: number, who, what, when. A click opens the case as it was after it. */
import type { Revision } from '@consilium/contract/revisions'
import LoaderCircle from 'lucide-solid/icons/loader-circle'
import { createMemo, type JSX, Show } from 'solid-js'
import { number, timeOfDay } from '../../../format.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { type Desk, useDesk } from '../state/desk.ts'
import { type Lookups, revisionWords } from '../state/words.ts'

export function RevisionRow(props: { readonly revision: Revision; readonly lookups: Lookups }): JSX.Element {
  const desk = useDesk()
  const { past, document, choices } = desk
  const words = createMemo(() => revisionWords(props.revision, props.lookups))
  const shown = () => past.past()?.seq === props.revision.seq
  const quiet = () => props.revision.act === 'lease'
  return (
    <li>
      <button
        type="button"
        data-revision={props.revision.seq}
        aria-current={shown() ? 'true' : undefined}
        onClick={() => {
          choices.setTool('select')
          void open(desk, props.revision)
        }}
        class={`relative flex w-full items-start gap-2.5 py-2 pr-4 pl-3 text-left transition-colors focus-visible:outline-offset-[-2px] ${shown() ? 'bg-s3 before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-bone' : 'hover:bg-s2'} ${quiet() ? 'opacity-60' : ''}`}
      >
        <span class="mt-0.5 w-9 shrink-0 text-right text-12 text-t3">
          <span class="sr-only">Revision </span>
          {number(props.revision.seq)}
        </span>
        <Avatar
          initials={props.revision.author.initials}
          order={document.colourOf(props.revision.author.id)}
          size={22}
        />
        <span class="flex min-w-0 flex-1 flex-col">
          <span class="truncate text-13 font-medium text-t1" title={words().title}>
            {words().title}
          </span>
          <span class="truncate text-12 text-t3" title={words().detail}>
            {words().detail || '\u00a0'}
          </span>
        </span>
        <span class="mt-0.5 flex shrink-0 items-center gap-1.5 text-12 text-t3">
          <Show when={past.opening() === props.revision.seq}>
            <LoaderCircle size={12} class="turning" aria-label="Opening" />
          </Show>
          <span class="sr-only">{props.revision.author.name}, </span>
          {timeOfDay(props.revision.at)}
        </span>
      </button>
    </li>
  )
}

/** The case as it was after the revision, with what it was about in view. */
async function open(desk: Desk, revision: Revision): Promise<void> {
  await desk.timeline.lookAt(revision.seq)
  if (desk.past.past()?.seq !== revision.seq) return
  const { annotations, threads } = desk.shelves()
  for (const { entry } of revision.touched) {
    const annotation = annotations.get(entry)
    if (annotation) return desk.goTo(annotation)
    const anchor = threads.get(entry)?.anchor
    if (anchor) return desk.goToPlace(anchor.series, anchor.point, anchor.frame)
  }
}

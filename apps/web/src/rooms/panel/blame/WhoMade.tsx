/** Below the chosen annotation: who made each part of it, in the moment shown. Each line leads to the revision. */
import type { Credit } from '@consilium/contract/history'
import type { Annotation } from '@consilium/crdt-schema/annotation'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { number } from '../../../format.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { FaultBanner } from '../../../parts/Banner.tsx'
import { useDesk } from '../state/desk.ts'
import { asWhom, creditLines, whenWords } from './credits.ts'

export function WhoMade(props: { readonly annotation: Annotation }): JSX.Element {
  const { blame, timeline } = useDesk()
  const lines = createMemo(() => {
    const made = blame.blame()
    return made && blame.subject() === props.annotation.id ? creditLines(made, props.annotation) : []
  })
  return (
    <section aria-label="Who made this" class="-mx-1.5 flex flex-col">
      <FaultBanner error={blame.fault()} />
      <Show when={blame.fault() === null && lines().length === 0}>
        <p class="px-1.5 text-12 text-t3">Looking it up</p>
      </Show>
      <ul>
        <For each={lines()}>
          {({ title, credit }) => (
            <li>
              <button
                type="button"
                title={`Go to revision ${number(credit.seq)}`}
                class="grid w-full grid-cols-[88px_1fr] items-start gap-2 rounded-letter px-1.5 py-1 text-left hover:bg-s3"
                onClick={() => void timeline.lookAt(credit.seq)}
              >
                <span class="truncate text-12 text-t2" title={title}>
                  {title}
                </span>
                <By credit={credit} />
              </button>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}

function By(props: { readonly credit: Credit }): JSX.Element {
  const { document } = useDesk()
  const author = () => props.credit.writer.author
  return (
    <span class="flex min-w-0 gap-2 text-12">
      <Avatar initials={author().initials} order={document.colourOf(author().id)} size={18} />
      <span class="flex min-w-0 flex-1 flex-col">
        <span class="flex gap-2">
          <span class="min-w-0 flex-1 truncate text-t1">{author().name}</span>
          <span class="shrink-0 text-t3">
            {whenWords(props.credit.at, Date.now())} · {number(props.credit.seq)}
          </span>
        </span>
        <span class="truncate text-t3">{asWhom(props.credit.writer)}</span>
      </span>
    </span>
  )
}

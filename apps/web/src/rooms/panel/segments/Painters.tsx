/** Whose voxels a segment is made of, the most first. Counted when it is asked for: of a large segment that takes a moment. */
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { number } from '../../../format.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { Button } from '../../../parts/Button.tsx'
import { useDesk } from '../state/desk.ts'
import { sharesOf } from './shares.ts'

export function Painters(props: { readonly segment: EntryKey }): JSX.Element {
  const { painting, document, me } = useDesk()
  const [isAsked, ask] = createSignal(false)
  const shares = createMemo(() => {
    if (!isAsked()) return []
    // People behind clientIDs are learned by and by.
    document.colourOf(me.id)
    const voxels = painting.canvases.authors(props.segment) ?? new Map<number, number>()
    return sharesOf(voxels, (client) => document.authors.byClient(client))
  })
  return (
    <Show
      when={isAsked()}
      fallback={
        <Button size="bar" kind="quiet" class="-ml-2.5 self-start" onClick={() => ask(true)}>
          Who painted how much
        </Button>
      }
    >
      <ul aria-label="Who painted how much" class="flex flex-col gap-1 py-1.5">
        <For each={shares()}>
          {({ known, voxels, share }) => (
            <li class="flex items-center gap-2">
              <Avatar initials={known.author.initials} order={known.colour} size={18} />
              <span class="min-w-0 flex-1 truncate text-t1">{known.author.name}</span>
              <span class="text-t3 tabular-nums">
                {number(voxels)} · {number(100 * share)} %
              </span>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}

/** One segment: its colour and name, how large it is just now, and whether it is seen and may be painted in. Chosen, it tells more in place. */
import type { EntryKey } from '@consilium/crdt-schema/entry'
import Eye from 'lucide-solid/icons/eye'
import EyeOff from 'lucide-solid/icons/eye-off'
import Lock from 'lucide-solid/icons/lock'
import LockOpen from 'lucide-solid/icons/lock-open'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { Avatar } from '../../../parts/Avatar.tsx'
import { IconButton } from '../../../parts/Button.tsx'
import { Late } from '../../../parts/Late.tsx'
import { HandRing } from '../annotations/HandRing.tsx'
import { UNSEEN } from '../later/files.ts'
import { useDesk } from '../state/desk.ts'
import { volumeWords, voxelWords } from './volumes.ts'

export function SegmentItem(props: { readonly id: EntryKey }): JSX.Element {
  const { painting, choices, document, people, me } = useDesk()
  const segment = createMemo(() => painting.segments().find(({ id }) => id === props.id))
  const counts = createMemo(() => painting.canvases.statistics(props.id))
  const isChosen = () => painting.chosen()?.id === props.id
  /** Whoever has a stroke on its way here. */
  const painters = createMemo(() =>
    people.peers().filter(({ user, stroke }) => user.id !== me.id && stroke?.segment === props.id),
  )
  const author = () => document.authorOf(props.id)
  return (
    <Show when={segment()}>
      {(row) => (
        <li
          data-segment={props.id}
          data-voxels={counts()?.voxels}
          class={`relative ${isChosen() ? 'bg-s2' : ''}`}
        >
          <div
            class={`flex h-12 items-center gap-1 pr-3 pl-4 transition-colors ${isChosen() ? 'bg-s3 before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-bone' : 'hover:bg-s2'}`}
          >
            <button
              type="button"
              aria-pressed={isChosen()}
              class="flex min-w-0 flex-1 items-center gap-2.5 self-stretch rounded-control text-left focus-visible:outline-offset-[-2px]"
              onClick={() => painting.choose(isChosen() ? null : props.id)}
            >
              <span
                aria-hidden="true"
                class="size-3 shrink-0 rounded-swatch"
                style={{ 'background-color': row().colour }}
              />
              <span class="flex min-w-0 flex-col">
                <span class={`truncate text-13 font-medium ${row().isHidden ? 'text-t3' : 'text-t1'}`}>
                  {row().title}
                </span>
                <span class="truncate text-12 text-t3 tabular-nums" title={voxelWords(counts())}>
                  {volumeWords(counts())}
                </span>
              </span>
            </button>
            <For each={painters()}>
              {({ user }) => <HandRing colour={user.colour} title={`${user.name} is painting in it`} />}
            </For>
            <Show when={author()}>
              {(found) => (
                <Avatar
                  initials={found().author.initials}
                  name={found().author.name}
                  order={found().colour}
                  size={18}
                />
              )}
            </Show>
            <IconButton
              icon={row().isLocked ? Lock : LockOpen}
              label={row().isLocked ? `Unlock ${row().title}` : `Lock ${row().title} against own slips`}
              size="small"
              side="left"
              pressed={row().isLocked}
              onClick={() => painting.looks.toggleLocked(props.id)}
            />
            <IconButton
              icon={row().isHidden ? EyeOff : Eye}
              label={row().isHidden ? `Show ${row().title}` : `Hide ${row().title}`}
              size="small"
              side="left"
              onClick={() => choices.toggleHidden([props.id])}
            />
          </div>
          <Show when={isChosen()}>
            <Late of={UNSEEN}>
              {({ SegmentDetails }) => <SegmentDetails row={row()} counts={counts()} />}
            </Late>
          </Show>
        </li>
      )}
    </Show>
  )
}

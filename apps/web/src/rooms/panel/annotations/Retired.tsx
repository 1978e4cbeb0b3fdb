/** Annotations that were deleted: nothing leaves the record, so they are here with who and why, and can be brought back. */
import { reinstate } from '@consilium/crdt-schema/acts'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { kindOf } from '@consilium/crdt-schema/kinds'
import ChevronDown from 'lucide-solid/icons/chevron-down'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import RotateCcw from 'lucide-solid/icons/rotate-ccw'
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { IconButton } from '../../../parts/Button.tsx'
import { useDesk } from '../state/desk.ts'

export function Retired(props: { readonly ids: readonly EntryKey[] }): JSX.Element {
  const [open, setOpen] = createSignal(false)
  return (
    <section aria-label="Deleted">
      <button
        type="button"
        class="flex h-9 w-full items-center gap-2 px-3 text-left"
        aria-expanded={open()}
        onClick={() => setOpen(!open())}
      >
        <Dynamic
          component={open() ? ChevronDown : ChevronRight}
          size={14}
          class="text-t3"
          aria-hidden="true"
        />
        <span class="text-12 font-medium text-t2">Deleted</span>
        <span class="text-12 text-t3">{props.ids.length}</span>
      </button>
      <Show when={open()}>
        <ul>
          <For each={props.ids}>{(id) => <RetiredRow id={id} />}</For>
        </ul>
      </Show>
    </section>
  )
}

function RetiredRow(props: { readonly id: EntryKey }): JSX.Element {
  const desk = useDesk()
  const annotation = createMemo(() => desk.shelves().annotations.get(props.id))
  const by = () => desk.revisions.lastTouch(props.id, desk.past.past()?.seq)?.author.name
  return (
    <Show when={annotation()}>
      {(value) => (
        <li class="flex min-h-11 items-center gap-2 py-1 pr-3 pl-9">
          <span class="flex min-w-0 flex-1 flex-col">
            <span class="truncate text-13 text-t2">
              {kindOf(value().kind).title}, {desk.labelTitle(value().label)},{' '}
              {desk.frameWords(value().source.series, value().source.frame)}
            </span>
            <span class="text-12 text-t3">
              {value().retired?.reason || 'No reason given'}
              <Show when={by()}>{(name) => <> · {name()}</>}</Show>
            </span>
          </span>
          <Show when={desk.rights.deniedChange(props.id, 'retired') === null}>
            <IconButton
              icon={RotateCcw}
              label="Bring back"
              size="bar"
              side="left"
              onClick={() => desk.act(reinstate, props.id)}
            />
          </Show>
        </li>
      )}
    </Show>
  )
}

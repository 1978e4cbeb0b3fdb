/** One label with its annotations; can be folded, and hidden on the image as a whole. */
import type { EntryKey } from '@consilium/crdt-schema/entry'
import ChevronDown from 'lucide-solid/icons/chevron-down'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import Eye from 'lucide-solid/icons/eye'
import EyeOff from 'lucide-solid/icons/eye-off'
import { createEffect, createSignal, createUniqueId, For, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { count, number } from '../../../format.ts'
import { Button, IconButton } from '../../../parts/Button.tsx'
import { Swatch } from '../../../parts/Swatch.tsx'
import { useDesk } from '../state/desk.ts'
import { AnnotationRow } from './AnnotationRow.tsx'

/** Rows before one asks for more: thousands of them would hold up the page. */
const PAGE = 100

export function Group(props: { readonly label: string; readonly ids: readonly EntryKey[] }): JSX.Element {
  const { labelTitle, labelNumber, choices } = useDesk()
  const [open, setOpen] = createSignal(true)
  const [most, setMost] = createSignal(PAGE)
  const list = createUniqueId()
  // What is chosen on the image is in the list.
  createEffect(() => {
    const place = props.ids.indexOf(choices.selection() ?? '')
    if (place >= most()) setMost(place + PAGE)
  })
  const hidden = () => props.ids.every(choices.isHidden)
  const title = () => labelTitle(props.label)
  return (
    <section aria-label={title()}>
      <div class="flex h-9 items-center gap-2 pr-3 pl-3">
        <button
          type="button"
          class="flex min-w-0 flex-1 items-center gap-2 rounded-control text-left"
          aria-expanded={open()}
          aria-controls={list}
          onClick={() => setOpen(!open())}
        >
          <Dynamic
            component={open() ? ChevronDown : ChevronRight}
            size={14}
            class="text-t3"
            aria-hidden="true"
          />
          <Swatch colour={labelNumber(props.label)} />
          <span class="truncate text-12 font-medium text-t2">{title()}</span>
          <span class="text-12 text-t3">{props.ids.length}</span>
        </button>
        <IconButton
          icon={hidden() ? EyeOff : Eye}
          label={hidden() ? `Show all of ${title()}` : `Hide all of ${title()}`}
          size="small"
          side="left"
          onClick={() => choices.toggleHidden(props.ids)}
        />
      </div>
      <Show when={open()}>
        <ul id={list}>
          <For each={props.ids.slice(0, most())}>{(id) => <AnnotationRow id={id} />}</For>
        </ul>
        <Show when={props.ids.length > most()}>
          <Button size="bar" kind="quiet" class="ml-2" onClick={() => setMost(most() + PAGE)}>
            {count(Math.min(PAGE, props.ids.length - most()), 'more', 'more')} of {number(props.ids.length)}
          </Button>
        </Show>
      </Show>
    </section>
  )
}

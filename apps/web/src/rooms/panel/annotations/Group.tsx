/** One label with its annotations; can be folded, and hidden on the image as a whole. */
import type { EntryKey } from '@consilium/crdt-schema/entry'
import ChevronDown from 'lucide-solid/icons/chevron-down'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import Eye from 'lucide-solid/icons/eye'
import EyeOff from 'lucide-solid/icons/eye-off'
import { createMemo, createSignal, createUniqueId, For, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { number } from '../../../format.ts'
import { IconButton } from '../../../parts/Button.tsx'
import { Swatch } from '../../../parts/Swatch.tsx'
import { useDesk } from '../state/desk.ts'
import { AnnotationRow } from './AnnotationRow.tsx'
import type { Filing } from './filing.ts'
import { createGradual } from './gradual.ts'
import { indicesOf, type List, placed } from './rows.ts'

interface GroupProps {
  readonly label: string
  readonly filing: Filing
  readonly list: List
  /** What is in view, from the top of the rows, CSS pixels. */
  readonly from: number
  readonly to: number
  readonly isOpen: boolean
  readonly onFold: () => void
  /** How much taller the chosen row is than the others, CSS pixels. */
  readonly onExtra: (px: number) => void
}

export function Group(props: GroupProps): JSX.Element {
  const { labelTitle, labelNumber, choices } = useDesk()
  /** Who leaves it by the wheel is still in it, with the keyboard. */
  const [focused, setFocused] = createSignal<EntryKey | null>(null)
  const id = createUniqueId()
  const ids = (): readonly EntryKey[] => props.filing.ids(props.label)
  const count = () => props.filing.count(props.label)
  const hidden = () => choices.hidden().size > 0 && ids().every(choices.isHidden)
  const title = () => labelTitle(props.label)

  /** Rows that are to be there, with their places in the list. */
  const wanted = createMemo((): ReadonlyMap<EntryKey, number> => {
    const { list, filing } = props
    const at = focused()
    const kept = at !== null && filing.has(props.label, at) ? [ids().indexOf(at)] : []
    const indices = indicesOf(list, props.from, props.to, list.open ? [list.open.index, ...kept] : kept)
    return new Map(indices.map((index) => [ids()[index] ?? '', index]))
  })
  const made = createGradual(
    () => [...wanted().keys()],
    (key) => key === focused() || key === choices.selection(),
  )
  const shown = createMemo(() => {
    const { rows, after } = placed(
      props.list,
      made().map((key) => wanted().get(key) ?? 0),
    )
    return { places: new Map(rows.map((row) => [ids()[row.index] ?? '', row])), after }
  })
  return (
    <section aria-label={title()}>
      <div class="flex h-9 items-center gap-2 pr-3 pl-3">
        <button
          type="button"
          class="flex min-w-0 flex-1 items-center gap-2 rounded-control text-left"
          aria-expanded={props.isOpen}
          aria-controls={id}
          onClick={() => props.onFold()}
        >
          <Dynamic
            component={props.isOpen ? ChevronDown : ChevronRight}
            size={14}
            class="text-t3"
            aria-hidden="true"
          />
          <Swatch colour={labelNumber(props.label)} />
          <span class="truncate text-12 font-medium text-t2">{title()}</span>
          <span class="text-12 text-t3">{number(count())}</span>
        </button>
        <IconButton
          icon={hidden() ? EyeOff : Eye}
          label={hidden() ? `Show all of ${title()}` : `Hide all of ${title()}`}
          size="small"
          side="left"
          onClick={() => choices.toggleHidden(ids())}
        />
      </div>
      <Show when={props.isOpen}>
        <ul
          id={id}
          style={{ 'padding-bottom': `${shown().after}px` }}
          onFocusIn={(event) =>
            setFocused(event.target.closest<HTMLElement>('[data-annotation]')?.dataset['annotation'] ?? null)
          }
          onFocusOut={() => setFocused(null)}
        >
          <For each={made()}>
            {(key) => (
              <AnnotationRow
                id={key}
                place={(shown().places.get(key)?.index ?? 0) + 1}
                of={count()}
                before={shown().places.get(key)?.before ?? 0}
                onExtra={props.onExtra}
              />
            )}
          </For>
        </ul>
      </Show>
    </section>
  )
}

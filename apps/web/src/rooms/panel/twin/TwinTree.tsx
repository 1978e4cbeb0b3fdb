/**
 * The rows as a treegrid (ARIA Authoring Practices): arrows go along them, Enter goes to the place, E edits. Rows are kept by their ids, so that
 * the focus stays on its row whatever others change in it.
 */
import { type Accessor, createEffect, createMemo, createSignal, For, type JSX, on, Show } from 'solid-js'
import { number } from '../../../format.ts'
import { useDesk } from '../state/desk.ts'
import { type Item, restingOn, rowAlong, wayOf } from './roving.ts'
import { createGroups, type TwinGroup, type TwinRow } from './rows.ts'

const COLUMNS = ['What', 'Size', 'Where', 'By'] as const
const ROW = 'rounded-control px-2 py-1 focus-visible:outline-offset-[-2px]'
/** Most rows are out of sight, all of them where nobody looks at the tree: told all the same, and laid out once they come into sight. */
const UNSEEN = '[contain-intrinsic-size:auto_1.5rem] [content-visibility:auto]'

export function TwinTree(): JSX.Element {
  const groups = createGroups(useDesk())
  const titles = createMemo(() => groups().map(({ title }) => title))
  const rows = createMemo(() => new Map(groups().flatMap((group) => group.rows.map((row) => [row.id, row]))))
  const ids = createMemo(() => new Map(groups().map(({ title, rows }) => [title, rows.map(({ id }) => id)])))
  const idsOf = (title: string): readonly string[] => ids().get(title) ?? []
  const items = createMemo((): readonly Item[] =>
    groups().flatMap(({ title, rows: own }) => [
      { id: title, group: null },
      ...own.map(({ id }) => ({ id, group: title })),
    ]),
  )
  const [wanted, setWanted] = createSignal<string | null>(null)
  let before: readonly Item[] = []
  const resting = createMemo(() => {
    const id = restingOn(items(), before, wanted())
    before = items()
    return id
  })

  let tree: HTMLDivElement | undefined
  const focus = (id: string): void => {
    setWanted(id)
    tree?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus()
  }
  // A row that went away took the focus with it: it goes on in its place.
  let within = false
  createEffect(
    on(resting, (id) => {
      if (within && id !== null && document.activeElement === document.body) focus(id)
    }),
  )
  const heard = (event: KeyboardEvent): void => {
    const from = resting()
    if (from === null || event.ctrlKey || event.altKey || event.metaKey) return
    const way = wayOf(event.key)
    const act = actOf(rows().get(from), event.key)
    if (way === null && !act) return
    // These are the tree's own; the room hears the others.
    event.preventDefault()
    event.stopPropagation()
    act?.()
    const to = way && rowAlong(items(), from, way)
    if (to !== null) focus(to)
  }

  return (
    <Show
      when={titles().length > 0}
      fallback={<p class="text-13 text-t2">Nothing is drawn, painted or said on this picture.</p>}
    >
      <p id="twin-keys" class="text-12 text-t2">
        Arrows go along the rows. Enter goes to the place, E edits.
      </p>
      <div
        ref={(element) => {
          tree = element
        }}
        role="treegrid"
        aria-label="On the picture"
        aria-describedby="twin-keys"
        tabIndex={-1}
        onKeyDown={heard}
        onFocusIn={() => {
          within = true
        }}
        onFocusOut={(event) => {
          // Where nothing else has it, the row itself is gone.
          if (event.relatedTarget !== null) within = false
        }}
        class="flex flex-col text-12"
      >
        <div role="row" class="sr-only">
          <For each={COLUMNS}>{(name) => <span role="columnheader">{name}</span>}</For>
        </div>
        <For each={titles()}>
          {(title) => (
            <>
              <div
                role="row"
                aria-level={1}
                data-row={title}
                tabIndex={resting() === title ? 0 : -1}
                onFocus={() => setWanted(title)}
                class={`${ROW} mt-1 font-semibold text-t2`}
              >
                <span role="gridcell" aria-colspan={COLUMNS.length}>
                  {title}, {countWords(groups().find((group) => group.title === title))}
                </span>
              </div>
              <For each={idsOf(title)}>
                {(id, index) => (
                  <Row
                    row={() => rows().get(id)}
                    place={index() + 1}
                    of={idsOf(title).length}
                    isResting={resting() === id}
                    onFocus={() => setWanted(id)}
                  />
                )}
              </For>
            </>
          )}
        </For>
      </div>
    </Show>
  )
}

const countWords = (group: TwinGroup | undefined): string => {
  const rows = group?.rows.length ?? 0
  return group && group.count > rows ? `the first ${rows} of ${number(group.count)}` : number(rows)
}

const actOf = (row: TwinRow | undefined, key: string): (() => void) | undefined =>
  key === 'Enter' || key === ' ' ? row?.go : key === 'e' || key === 'F2' ? row?.edit : undefined

interface RowProps {
  readonly row: Accessor<TwinRow | undefined>
  readonly place: number
  readonly of: number
  readonly isResting: boolean
  readonly onFocus: () => void
}

function Row(props: RowProps): JSX.Element {
  return (
    <Show when={props.row()}>
      {(row) => (
        <div
          role="row"
          aria-level={2}
          aria-posinset={props.place}
          aria-setsize={props.of}
          aria-selected={row().isSelected}
          data-row={row().id}
          tabIndex={props.isResting ? 0 : -1}
          onFocus={() => props.onFocus()}
          onClick={() => row().go()}
          class={`${ROW} ${UNSEEN} grid min-h-6 cursor-pointer grid-cols-[1fr_auto] gap-x-3 text-t1 ${row().isSelected ? 'bg-s3 ring-1 ring-bone' : 'hover:bg-s2'}`}
        >
          <For each={row().cells}>
            {(cell, at) => (
              <span
                role="gridcell"
                class={`${at() < 2 ? 'font-medium' : 'text-t2'} ${at() % 2 ? 'text-right' : ''}`}
              >
                {cell}
              </span>
            )}
          </For>
        </div>
      )}
    </Show>
  )
}

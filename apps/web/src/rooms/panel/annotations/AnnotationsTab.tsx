/**
 * All annotations by label: choose, hide, and change what is chosen in place. Deleted ones stay below, with their reasons. Only the rows in
 * view are on the page; where each label's list begins follows from how many rows lie above it.
 */
import type { EntryKey } from '@consilium/crdt-schema/entry'
import Shapes from 'lucide-solid/icons/shapes'
import { createMemo, createSignal, For, type JSX, onCleanup, onMount, Show } from 'solid-js'
import { EmptyState } from '../../../parts/states.tsx'
import { SegmentsSection } from '../segments/SegmentsSection.tsx'
import { useDesk } from '../state/desk.ts'
import { perFrame } from '../timeline/pace.ts'
import type { Filing } from './filing.ts'
import { Group } from './Group.tsx'
import { Retired } from './Retired.tsx'
import { heightOf, type List } from './rows.ts'

/** Heights as the classes h-9 and h-12 have them. */
const HEAD_REM = 2.25
const ROW_REM = 3

export function AnnotationsTab(props: { readonly filing: Filing }): JSX.Element {
  const { kase, rights, document, choices, painting } = useDesk()
  let scroller: HTMLDivElement | undefined
  const [view, setView] = createSignal({ from: 0, to: 0 }, { equals: sameView })
  const [folded, setFolded] = createSignal<ReadonlySet<string>>(new Set())
  /** By how much the chosen row is taller than the others, with what is changed in it. */
  const [extra, setExtra] = createSignal(0)
  const rem = Number.parseFloat(getComputedStyle(globalThis.document.documentElement).fontSize)

  /** Order of the project's labels, unknown ones after, no label last. */
  const order = new Map(kase.labels.map((label, index) => [label.key, index]))
  const rank = (label: string): number => order.get(label) ?? (label === '' ? 1_000 : 500)
  const labels = createMemo(
    () => props.filing.labels.toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b)),
    [],
    { equals: sameOrder },
  )
  const deleted = createMemo(() => props.filing.deleted, [], { equals: sameOrder })

  const listOf = (label: string): List => {
    const { filing } = props
    const chosen = choices.selection()
    const isHere = chosen !== null && filing.has(label, chosen)
    return {
      count: folded().has(label) ? 0 : filing.count(label),
      row: ROW_REM * rem,
      open: isHere ? { index: filing.ids(label).indexOf(chosen), extra: extra() } : null,
    }
  }
  /** Where each label's rows begin. */
  const tops = createMemo(() => {
    const places = new Map<string, number>()
    let top = 0
    for (const label of labels()) {
      top += HEAD_REM * rem
      places.set(label, top)
      top += heightOf(listOf(label))
    }
    return places
  })

  const look = (): void => {
    if (scroller) setView({ from: scroller.scrollTop, to: scroller.scrollTop + scroller.clientHeight })
  }
  const looked = perFrame(look)
  onMount(() => {
    if (!scroller) return
    const sized = new ResizeObserver(look)
    sized.observe(scroller)
    onCleanup(() => sized.disconnect())
  })
  const fold = (label: string): void => {
    setFolded((now) => new Set(now.has(label) ? [...now].filter((one) => one !== label) : [...now, label]))
  }

  return (
    <>
      <SegmentsSection />
      <div
        ref={(element) => {
          scroller = element
        }}
        class="min-h-0 flex-1 overflow-y-auto pb-4"
        onScroll={() => looked(undefined)}
      >
        <Show
          when={labels().length > 0}
          fallback={
            <Show when={painting.segments().length === 0}>
              <EmptyState icon={Shapes} compact title="Nothing annotated yet">
                <Show
                  when={rights.denied('annotations') === null}
                  fallback="What the readers draw appears here."
                >
                  Choose a tool at the left and draw on the image. Everybody here sees it at once.
                </Show>
              </EmptyState>
            </Show>
          }
        >
          <For each={labels()}>
            {(label) => (
              <Group
                label={label}
                filing={props.filing}
                list={listOf(label)}
                from={view().from - (tops().get(label) ?? 0)}
                to={view().to - (tops().get(label) ?? 0)}
                isOpen={!folded().has(label)}
                onFold={() => fold(label)}
                onExtra={setExtra}
              />
            )}
          </For>
        </Show>
        <Show when={deleted().length > 0}>
          <Retired ids={deleted()} />
        </Show>
        <Show when={document.records.unreadable().length > 0}>
          <p class="px-4 py-2 text-12 text-warn">
            {document.records.unreadable().length} entries in this document cannot be read by this version of
            the page.
          </p>
        </Show>
      </div>
    </>
  )
}

const sameView = (a: { from: number; to: number }, b: { from: number; to: number }): boolean =>
  a.from === b.from && a.to === b.to

const sameOrder = (a: readonly EntryKey[], b: readonly EntryKey[]): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index])

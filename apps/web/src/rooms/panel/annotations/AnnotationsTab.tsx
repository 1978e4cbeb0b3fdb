/** All annotations by label: choose, hide, and change what is chosen in place. Deleted ones stay below, with their reasons. */
import type { EntryKey } from '@consilium/crdt-schema/entry'
import Shapes from 'lucide-solid/icons/shapes'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { EmptyState } from '../../../parts/states.tsx'
import { useDesk } from '../state/desk.ts'
import { Group } from './Group.tsx'
import { Retired } from './Retired.tsx'

interface Group {
  readonly label: string
  readonly ids: readonly EntryKey[]
}

export function AnnotationsTab(): JSX.Element {
  const { shelves, kase, rights, document } = useDesk()

  /** Order of the project's labels, unknown ones after, no label last; inside a group by slice. */
  const groups = createMemo((): readonly Group[] => {
    const order = new Map(kase.labels.map((label, index) => [label.key, index]))
    const rank = (label: string): number => order.get(label) ?? (label === '' ? 1_000 : 500)
    const byLabel = new Map<string, { id: EntryKey; frame: number }[]>()
    for (const annotation of shelves().annotations.all()) {
      if (annotation.retired !== null) continue
      const group = byLabel.get(annotation.label) ?? []
      group.push({ id: annotation.id, frame: annotation.source.frame })
      byLabel.set(annotation.label, group)
    }
    return [...byLabel]
      .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
      .map(([label, rows]) => ({
        label,
        ids: rows.sort((a, b) => a.frame - b.frame || (a.id < b.id ? -1 : 1)).map(({ id }) => id),
      }))
  })
  const labels = createMemo(() => groups().map((group) => group.label), [], { equals: sameOrder })
  const idsOf = (label: string): readonly EntryKey[] =>
    groups().find((group) => group.label === label)?.ids ?? []
  const retired = createMemo(
    () =>
      shelves()
        .annotations.all()
        .filter((annotation) => annotation.retired !== null)
        .map((annotation) => annotation.id),
    [],
    { equals: sameOrder },
  )

  return (
    <div class="min-h-0 flex-1 overflow-y-auto pb-4">
      <Show
        when={labels().length > 0}
        fallback={
          <EmptyState icon={Shapes} compact title="Nothing annotated yet">
            <Show when={rights.denied('annotations') === null} fallback="What the readers draw appears here.">
              Choose a tool at the left and draw on the image. Everybody here sees it at once.
            </Show>
          </EmptyState>
        }
      >
        <For each={labels()}>{(label) => <Group label={label} ids={idsOf(label)} />}</For>
      </Show>
      <Show when={retired().length > 0}>
        <Retired ids={retired()} />
      </Show>
      <Show when={document.records.unreadable().length > 0}>
        <p class="px-4 py-2 text-12 text-warn">
          {document.records.unreadable().length} entries in this document cannot be read by this version of
          the page.
        </p>
      </Show>
    </div>
  )
}

const sameOrder = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index])

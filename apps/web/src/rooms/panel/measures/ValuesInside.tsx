/** Below the chosen shape: what the pixels inside of it are like, or why that cannot be told. */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { useDesk } from '../state/desk.ts'
import { valueLines } from './valueLines.ts'
import { roiOf } from './values.ts'

export function ValuesInside(props: { readonly annotation: Annotation }): JSX.Element {
  const desk = useDesk()
  const roi = createMemo(() => roiOf(desk, props.annotation))
  const lines = () => {
    const found = roi()
    const series = desk.series.list.find(({ id }) => id === props.annotation.source.series)
    return found && typeof found !== 'string' && series ? valueLines(found, series) : null
  }
  return (
    <Show when={roi() !== null}>
      <div class="grid grid-cols-[76px_1fr] gap-2" data-testid="values">
        <span class="pt-0.5 text-12 text-t3">Values</span>
        <Show when={lines()} fallback={<p class="pt-0.5 text-12 text-t2">{roi() as string}</p>}>
          {(told) => (
            <dl class="flex flex-wrap gap-x-3 text-13 text-t1 tabular-nums">
              <For each={told()}>
                {({ title, text }) => (
                  <div class="flex gap-1">
                    <dt class="text-t3">{title}</dt>
                    <dd>{text}</dd>
                  </div>
                )}
              </For>
            </dl>
          )}
        </Show>
      </div>
    </Show>
  )
}

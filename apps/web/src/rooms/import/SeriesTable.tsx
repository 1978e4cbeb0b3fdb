/** What the files became: series with their geometry, and the case each lies in. */
import type { Series } from '@consilium/contract/studies'
import CircleCheck from 'lucide-solid/icons/circle-check'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import { For, type JSX, Show } from 'solid-js'
import { thumbnailOf } from '../../api.ts'
import { ButtonLink } from '../../parts/Button.tsx'
import { geometryOf, titleOf } from './seriesText.ts'

interface SeriesTableProps {
  readonly series: readonly Series[]
  readonly selected: string | null
  readonly onSelect: (id: string) => void
}

export function SeriesTable(props: SeriesTableProps): JSX.Element {
  return (
    <section aria-label="Series">
      <h2 class="border-b border-line px-5 pt-2 pb-2 text-11 font-medium text-t3">Series</h2>
      <ul>
        <For each={props.series}>
          {(one) => (
            <li
              class={`relative flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-5 py-2.5 ${one.id === props.selected ? 'bg-s3 before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-bone' : ''}`}
            >
              <span
                class={`flex size-6 shrink-0 items-center justify-center rounded-control ${one.warnings.length > 0 ? 'bg-warn-tint text-warn' : 'bg-ok-tint text-ok'}`}
              >
                <Show
                  when={one.warnings.length > 0}
                  fallback={<CircleCheck size={14} aria-label="Complete" />}
                >
                  <TriangleAlert size={14} aria-label="With a warning" />
                </Show>
              </span>
              <img
                src={thumbnailOf(one.id)}
                alt=""
                loading="lazy"
                class="size-10 shrink-0 rounded-letter bg-void object-cover"
              />
              <button
                type="button"
                class="min-w-0 flex-1 basis-48 rounded-letter text-left"
                aria-pressed={one.id === props.selected}
                onClick={() => props.onSelect(one.id)}
              >
                <span class="block text-13 font-semibold">{titleOf(one)}</span>
                <span class="block text-12 text-t2">{geometryOf(one)}</span>
                <For each={one.warnings}>
                  {(warning) => <span class="block text-12 text-warn">{warning}</span>}
                </For>
              </button>
              <ButtonLink href={`/cases/${one.case}/study`} size="bar" kind="quiet" class="ml-auto">
                Study
              </ButtonLink>
              <ButtonLink href={`/cases/${one.case}`} size="bar">
                Open the case
              </ButtonLink>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}

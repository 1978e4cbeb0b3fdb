/** The series of a study: picture, what it shows, its shape, and whether there is something to know. */
import type { Series } from '@consilium/contract/studies'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import { For, type JSX, Show } from 'solid-js'
import { thumbnailOf } from '../../api.ts'
import { count } from '../../format.ts'
import { Chip } from '../../parts/Chip.tsx'
import { geometryOf, titleOf } from '../import/seriesText.ts'
import { planeOf } from './facts.ts'

interface SeriesListProps {
  readonly series: readonly Series[]
  readonly selected: string
  readonly onSelect: (id: string) => void
}

export function SeriesList(props: SeriesListProps): JSX.Element {
  return (
    <section aria-label="Series" class="border-t border-line">
      <ul>
        <For each={props.series}>
          {(one) => (
            <li class="border-b border-line">
              <button
                type="button"
                aria-pressed={one.id === props.selected}
                class={`relative flex w-full items-center gap-4 px-5 py-2.5 text-left transition-colors focus-visible:outline-offset-[-2px] ${one.id === props.selected ? 'bg-s3 before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-bone' : 'hover:bg-s2'}`}
                onClick={() => props.onSelect(one.id)}
              >
                <img
                  src={thumbnailOf(one.id)}
                  alt=""
                  loading="lazy"
                  class="size-12 shrink-0 rounded-letter bg-void object-cover"
                />
                <span class="min-w-0 flex-1">
                  <span class="block text-13 font-semibold">
                    {[titleOf(one), planeOf(one)?.toLowerCase()].filter(Boolean).join(', ')}
                  </span>
                  <span class="block text-12 text-t2">{geometryOf(one)}</span>
                </span>
                <Show when={one.lossy}>
                  <Chip tone="outline">Lossy</Chip>
                </Show>
                <Show when={one.warnings.length > 0}>
                  <Chip tone="warn" icon={TriangleAlert}>
                    {count(one.warnings.length, 'warning')}
                  </Chip>
                </Show>
              </button>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}

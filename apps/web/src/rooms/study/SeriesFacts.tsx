/** All that is known of one series: its middle picture, its warnings in full, and its facts. */
import type { Series } from '@consilium/contract/studies'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import { For, type JSX, Show } from 'solid-js'
import { thumbnailOf } from '../../api.ts'
import { Banner } from '../../parts/Banner.tsx'
import { titleOf } from '../import/seriesText.ts'
import { type FactGroup, factsOf } from './facts.ts'

export function SeriesFacts(props: { readonly series: Series }): JSX.Element {
  return (
    <section aria-label={`Series ${titleOf(props.series)}`} class="flex flex-col gap-4 px-5 py-5">
      <Show when={props.series.warnings.length > 0}>
        <div class="flex flex-col gap-2">
          <For each={props.series.warnings}>
            {(warning) => (
              <Banner tone="warn" shape="card" icon={TriangleAlert}>
                {warning}
              </Banner>
            )}
          </For>
        </div>
      </Show>
      <div class="grid gap-x-8 gap-y-6 list:grid-cols-2 wide:grid-cols-[minmax(0,22rem)_1fr_1fr_1fr]">
        <figure class="flex flex-col gap-1.5">
          <img
            src={thumbnailOf(props.series.id)}
            alt={`Middle picture of ${titleOf(props.series)}`}
            class="aspect-square w-full max-w-88 rounded-tile bg-void object-contain"
          />
          <figcaption class="text-11 text-t3">The middle picture, for looking only</figcaption>
        </figure>
        <For each={factsOf(props.series)}>{(group) => <Facts group={group} />}</For>
      </div>
    </section>
  )
}

function Facts(props: { readonly group: FactGroup }): JSX.Element {
  return (
    <div>
      <h3 class="border-b border-line pb-1.5 text-14 font-semibold">{props.group.title}</h3>
      <dl>
        <For each={props.group.facts}>
          {(fact) => (
            <div class="flex items-baseline justify-between gap-4 border-b border-line py-1.5 text-13">
              <dt class="shrink-0 text-t2">{fact.title}</dt>
              <dd class="min-w-0 text-right">
                {fact.value}
                <Show when={fact.more}>
                  <span class="block text-12 text-t3">{fact.more}</span>
                </Show>
              </dd>
            </div>
          )}
        </For>
      </dl>
    </div>
  )
}

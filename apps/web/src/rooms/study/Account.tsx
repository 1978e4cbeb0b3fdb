/** What was removed from the files of a series, what was replaced, and what is kept; with a search over the names. */

import type { Series } from '@consilium/contract/studies'
import ArrowRightLeft from 'lucide-solid/icons/arrow-right-left'
import Check from 'lucide-solid/icons/check'
import Search from 'lucide-solid/icons/search'
import X from 'lucide-solid/icons/x'
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { count, number } from '../../format.ts'
import { Field } from '../../parts/Field.tsx'
import type { Icon } from '../../parts/icon.ts'
import { accountOf, type Fate } from './account.ts'

const FATES: Record<Fate, { readonly icon: Icon; readonly tone: string }> = {
  removed: { icon: X, tone: 'text-bad' },
  replaced: { icon: ArrowRightLeft, tone: 'text-acc' },
  kept: { icon: Check, tone: 'text-ok' },
}

export function Account(props: { readonly series: Series }): JSX.Element {
  const [search, setSearch] = createSignal('')
  const groups = createMemo(() => accountOf(props.series, search()))
  return (
    <div class="flex flex-col">
      <section class="flex flex-col gap-2 border-b border-line p-4" aria-label="What was removed">
        <h2 class="text-14 font-semibold">What was removed</h2>
        <p class="text-12 text-t2">
          {count(props.series.dropped.length, 'attribute')} left out, {number(props.series.kept.length)} kept
          or replaced. What was left out is stored nowhere, so only the names can be told.
        </p>
        <Field
          label="Search the attributes"
          bare
          icon={Search}
          placeholder="Search the attributes"
          value={search()}
          onInput={setSearch}
        />
      </section>
      <Show
        when={groups().length > 0}
        fallback={<p class="p-4 text-12 text-t2">No attribute is called so.</p>}
      >
        <For each={groups()}>
          {(group) => (
            <section class="border-b border-line px-4 py-3" aria-label={group.title}>
              <h3 class="mb-1 text-11 font-medium text-t3">
                {group.title} {number(group.names.length)}
              </h3>
              <ul>
                <For each={group.names}>
                  {(one) => (
                    <li class="flex items-center justify-between gap-3 border-b border-line py-1 text-12 last:border-b-0">
                      <span class="truncate" title={one.keyword}>
                        {one.title}
                      </span>
                      <span class={`flex shrink-0 items-center gap-1 ${FATES[one.fate].tone}`}>
                        <Dynamic component={FATES[one.fate].icon} size={14} aria-hidden="true" />
                        {one.fate}
                      </span>
                    </li>
                  )}
                </For>
              </ul>
            </section>
          )}
        </For>
      </Show>
    </div>
  )
}

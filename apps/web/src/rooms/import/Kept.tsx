/** What of a file passes the door, by name: kept attributes and those left behind. Values are never shown: they are gone. */
import type { Series } from '@consilium/contract/studies'
import Check from 'lucide-solid/icons/check'
import ShieldCheck from 'lucide-solid/icons/shield-check'
import X from 'lucide-solid/icons/x'
import { For, type JSX, Show } from 'solid-js'
import { Chip } from '../../parts/Chip.tsx'
import { attributeName, geometryOf, inReadingOrder, titleOf } from './seriesText.ts'

export function Kept(props: { readonly series: Series | null }): JSX.Element {
  return (
    <div class="flex flex-col">
      <section class="flex flex-col gap-2 border-b border-line p-4">
        <div class="flex items-center justify-between gap-3">
          <h2 class="text-14 font-semibold">What is kept</h2>
          <Show when={props.series}>
            <Chip tone="ok" icon={ShieldCheck}>
              Checked
            </Chip>
          </Show>
        </div>
        <Show when={props.series} fallback={<Promises />}>
          {(series) => (
            <>
              <p class="text-12 text-t2">
                {titleOf(series())}: {geometryOf(series())}.
              </p>
              <p class="text-12 text-t3">
                Only attributes on the allow-list and the pixels pass. What was removed is not stored
                anywhere.
              </p>
            </>
          )}
        </Show>
      </section>
      <Show when={props.series}>
        {(series) => (
          <>
            <Names title="Removed" names={series().dropped} word="removed" tone="text-bad" />
            <Names title="Kept" names={series().kept} word="kept" tone="text-ok" />
          </>
        )}
      </Show>
    </div>
  )
}

const PROMISES = [
  { kept: true, text: 'Pixels, value for value' },
  { kept: true, text: 'Geometry: spacing, orientation, position of each slice' },
  { kept: true, text: 'Modality, body part, window, rescale' },
  { kept: false, text: 'Names, birth dates, identifiers, addresses' },
  { kept: false, text: 'Study and acquisition dates and times' },
  { kept: false, text: 'Institution, station, physicians' },
  { kept: false, text: 'Private attributes and comments' },
  { kept: false, text: 'The file itself' },
]

function Promises(): JSX.Element {
  return (
    <>
      <p class="text-12 text-t2">
        Only technical attributes on an allow-list and the pixels pass the door. Unique identifiers are
        replaced.
      </p>
      <ul class="mt-1 flex flex-col">
        <For each={PROMISES}>
          {(one) => (
            <li class="flex items-center justify-between gap-3 border-t border-line py-1.5 text-12">
              <span>{one.text}</span>
              <span class={`flex shrink-0 items-center gap-1 ${one.kept ? 'text-ok' : 'text-bad'}`}>
                <Show when={one.kept} fallback={<X size={14} aria-hidden="true" />}>
                  <Check size={14} aria-hidden="true" />
                </Show>
                {one.kept ? 'kept' : 'removed'}
              </span>
            </li>
          )}
        </For>
      </ul>
      <p class="mt-1 text-12 text-t3">
        Text burnt into the pixels is not read. Pictures of a kind that often has some are held until a person
        has looked.
      </p>
    </>
  )
}

function Names(props: {
  readonly title: string
  readonly names: readonly string[]
  readonly word: 'kept' | 'removed'
  readonly tone: string
}): JSX.Element {
  return (
    <section class="border-b border-line px-4 py-3" aria-label={props.title}>
      <h3 class="mb-1 text-11 font-medium text-t3">
        {props.title} {props.names.length}
      </h3>
      <ul>
        <For each={inReadingOrder(props.names)}>
          {(name) => (
            <li class="flex items-center justify-between gap-3 border-b border-line py-1 text-12 last:border-b-0">
              <span class="truncate" title={name}>
                {attributeName(name)}
              </span>
              <span class={`flex shrink-0 items-center gap-1 ${props.tone}`}>
                <Show when={props.word === 'kept'} fallback={<X size={14} aria-hidden="true" />}>
                  <Check size={14} aria-hidden="true" />
                </Show>
                {props.word}
              </span>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}

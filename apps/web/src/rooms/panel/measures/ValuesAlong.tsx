/** Below the chosen length: the values along it as a chart, as a table, and as a file. Drawn only while it is unfolded. */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import { lengthUnit } from '@consilium/viewer/lengths'
import type { Profile } from '@consilium/viewer/profile'
import Download from 'lucide-solid/icons/download'
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { number, withUnit } from '../../../format.ts'
import { Button } from '../../../parts/Button.tsx'
import { download } from '../../../session/keptFile.ts'
import { useDesk } from '../state/desk.ts'
import { unitOf, type Valued, valueText } from '../state/values.ts'
import { chartOf, nearest, profileCsv } from './profileChart.ts'
import { profileOf } from './values.ts'

const WIDTH = 300
const HEIGHT = 72

/** Stays open from one length to the next. */
const [isOpen, setOpen] = createSignal(false)

export function ValuesAlong(props: { readonly annotation: Annotation }): JSX.Element {
  const desk = useDesk()
  const profile = createMemo(() => profileOf(desk, props.annotation))
  const series = () => desk.series.list.find(({ id }) => id === props.annotation.source.series)
  const drawn = () => {
    const found = profile()
    const shown = series()
    return isOpen() && found && typeof found !== 'string' && shown
      ? { profile: found, series: shown, unit: lengthUnit(found.at) }
      : null
  }
  return (
    <Show when={profile() !== null}>
      <details
        open={isOpen()}
        onToggle={(event) => setOpen(event.currentTarget.open)}
        class="text-12 text-t2"
        data-testid="profile"
      >
        <summary class="flex min-h-7 cursor-default items-center gap-1.5 rounded-control text-t2 select-none hover:text-t1">
          <span aria-hidden="true" class="w-3 text-center">
            {isOpen() ? '▾' : '▸'}
          </span>
          Values along it
        </summary>
        <Show when={typeof profile() === 'string'}>
          <p class="py-1">{profile() as string}</p>
        </Show>
        <Show when={drawn()}>{(told) => <Drawn {...told()} />}</Show>
      </details>
    </Show>
  )
}

interface DrawnProps {
  readonly profile: Profile
  readonly series: Valued
  /** Of the places along the line. */
  readonly unit: string
}

function Drawn(props: DrawnProps): JSX.Element {
  const [share, setShare] = createSignal<number | null>(null)
  const chart = createMemo(() => chartOf(props.profile, WIDTH, HEIGHT))
  const placeText = (place: number): string => withUnit(number(place, 1), props.unit)
  const valueWords = (value: number | null): string =>
    value === null ? 'no value' : valueText(value, props.series, 1)
  const whole = () => placeText(props.profile.places.at(-1) ?? 0)
  const pointed = () => {
    const at = share()
    if (at === null) return null
    const { place, value } = nearest(props.profile, at)
    return `${placeText(place)} · ${valueWords(value)}`
  }
  return (
    <Show when={chart()} fallback={<p class="py-1">There is no picture along it.</p>}>
      {(drawn) => (
        <>
          <div class="flex justify-between text-11 text-t3">
            <span>{valueWords(drawn().most)}</span>
            <span class="text-t1" data-testid="pointed">
              {pointed()}
            </span>
          </div>
          <svg
            role="img"
            aria-label={`Values along ${whole()}, from ${valueWords(drawn().least)} to ${valueWords(drawn().most)}`}
            viewBox={`0 -2 ${WIDTH} ${HEIGHT + 4}`}
            preserveAspectRatio="none"
            class="block h-20 w-full border-b border-l border-line2"
            onPointerMove={(event) => {
              const { left, width } = event.currentTarget.getBoundingClientRect()
              setShare((event.clientX - left) / width)
            }}
            onPointerLeave={() => setShare(null)}
          >
            <path
              d={drawn().path}
              fill="none"
              stroke="currentColor"
              stroke-width="1.5"
              stroke-linecap="round"
              stroke-linejoin="round"
              vector-effect="non-scaling-stroke"
              class="text-acc"
            />
          </svg>
          <div class="flex justify-between text-11 text-t3">
            <span>{valueWords(drawn().least)}</span>
            <span>{whole()}</span>
          </div>
          <section
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
            tabindex="0"
            aria-label="Table of the values"
            class="mt-1 max-h-28 overflow-y-auto rounded-control border border-line"
          >
            <table class="w-full text-right tabular-nums">
              <thead class="sticky top-0 bg-s3 text-t3">
                <tr>
                  <th scope="col" class="px-2 py-0.5 font-medium">
                    Distance
                  </th>
                  <th scope="col" class="px-2 py-0.5 font-medium">
                    Value
                  </th>
                </tr>
              </thead>
              <tbody>
                <For each={props.profile.places}>
                  {(place, index) => (
                    <tr>
                      <td class="px-2">{placeText(place)}</td>
                      <td class="px-2 text-t1">{valueWords(props.profile.values[index()] ?? null)}</td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </section>
          <Button
            size="bar"
            kind="quiet"
            icon={Download}
            class="mt-1"
            onClick={() =>
              download({
                name: 'profile.csv',
                text: profileCsv(props.profile, props.unit, unitOf(props.series)),
                type: 'text/csv',
              })
            }
          >
            As CSV
          </Button>
        </>
      )}
    </Show>
  )
}

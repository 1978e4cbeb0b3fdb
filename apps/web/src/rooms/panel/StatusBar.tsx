/** One line below the image: where the pointer is and what lies there, what the tool does, how much of the series is here. */
import { isPlaced } from '@consilium/imaging/hung'
import type { Probe } from '@consilium/viewer/scene'
import { progressText } from '@consilium/viewer/series'
import { For, type JSX, Show } from 'solid-js'
import { number } from '../../format.ts'
import { useDesk } from './state/desk.ts'
import { hasSize } from './state/painting/sized.ts'
import { valueText } from './state/values.ts'
import { toolEntry } from './tools.ts'

export function StatusBar(): JSX.Element {
  const { fusion, probe, series, choices, keymap, note, rights } = useDesk()
  const entry = () => toolEntry(choices.tool())
  /** Without places in the patient only the picture's own are told. */
  const isInPatient = () => {
    const current = series.current()
    return current === null || isPlaced(current)
  }
  const place = (found: Probe | null): string => {
    if (!isInPatient()) return `column ${found?.pixel?.[0] ?? '–'} · row ${found?.pixel?.[1] ?? '–'}`
    const [x, y, z] = found?.at.map((mm) => number(mm, 1)) ?? ['–', '–', '–']
    return `x ${x} · y ${y} · z ${z} mm`
  }
  const value = (): string => {
    const current = series.current()
    const found = probe()?.value ?? null
    return current && found !== null ? valueText(found, current) : ''
  }
  const sizing = (): string[] => {
    const [smaller, larger] = [keymap.hint('paint.smaller'), keymap.hint('paint.larger')]
    return hasSize(choices.tool()) && smaller && larger ? [`${smaller} and ${larger} change the size`] : []
  }
  const leaving = (): string[] => {
    const key = keymap.hint('annotate.leave')
    return key ? [`${key} leaves the tool`] : []
  }
  const scrolling = (): string[] => ((series.current()?.frames ?? 0) > 1 ? ['wheel scrolls'] : [])
  const hints = (): string[] =>
    entry().writes === null || rights.denied(entry().writes ?? 'annotations') === null
      ? [entry().hint, ...sizing(), ...scrolling(), ...leaving()]
      : []
  const arrived = () => progressText(series.progress(), series.current()?.slices)
  return (
    <footer class="flex h-[26px] shrink-0 items-center gap-4 overflow-hidden max-list:h-auto max-list:min-h-[26px] max-list:flex-wrap max-list:gap-y-0 border-t border-line bg-s1 px-3 text-11 whitespace-nowrap text-t3">
      <span class={`min-w-44 ${probe() ? 'text-t2' : 'text-t3'}`} data-testid="probe">
        {place(probe())}
      </span>
      <span class="min-w-16 font-semibold text-t1" data-testid="value">
        {value()}
      </span>
      <Show when={fusion.laidOn(series.current()?.id)}>
        <span class="min-w-20 font-semibold text-t1" data-testid="over">
          {fusion.valueText(series.current()?.id, probe())}
        </span>
      </Show>
      <Show
        when={note()}
        fallback={
          // What finds no room is left out as a whole, the first one too: it stands beside something without a width, not first in its line.
          <span
            class="flex h-4 min-w-0 flex-1 flex-wrap overflow-hidden before:h-4 before:content-[''] max-list:h-auto max-list:before:hidden"
            data-testid="hints"
          >
            <For each={hints()}>
              {(hint, at) => (
                <span class="mr-1 max-list:max-w-full max-list:truncate">
                  {at() > 0 ? `· ${hint}` : hint}
                </span>
              )}
            </For>
          </span>
        }
      >
        <span role="alert" class="truncate text-warn">
          {note()}
        </span>
      </Show>
      <span class="ml-auto shrink-0">
        <Show when={series.progress().fault} fallback={arrived()}>
          {(fault) => (
            <span class="text-warn" title={fault()}>
              {arrived()}, waiting for the server
            </span>
          )}
        </Show>
      </span>
      <span class="shrink-0">Not for diagnosis</span>
    </footer>
  )
}

/** One line below the image: where the pointer is and what lies there, what the tool does, how much of the series is here. */
import { progressText } from '@consilium/viewer/series'
import { type JSX, Show } from 'solid-js'
import { number } from '../../format.ts'
import { useDesk } from './state/desk.ts'
import { toolEntry } from './tools.ts'

export function StatusBar(): JSX.Element {
  const { probe, series, choices, note, rights } = useDesk()
  const unit = () => series.current()?.rescale.unit ?? ''
  const entry = () => toolEntry(choices.tool())
  const digits = () => (Number.isInteger(series.current()?.rescale.slope ?? 1) ? 0 : 1)
  return (
    <footer class="flex h-[26px] shrink-0 items-center gap-5 overflow-hidden border-t border-line bg-s1 px-3 text-11 whitespace-nowrap text-t3">
      <span class="min-w-44 text-t2" data-testid="probe">
        <Show when={probe()} fallback={<span class="text-t3">x – · y – · z – mm</span>}>
          {(found) => (
            <>
              x {number(found().at[0], 1)} · y {number(found().at[1], 1)} · z {number(found().at[2], 1)} mm
            </>
          )}
        </Show>
      </span>
      <span class="min-w-16 text-t1">
        <Show when={probe()?.value !== null && probe()?.value !== undefined}>
          <span class="font-semibold">{number(probe()?.value ?? 0, digits())}</span> {unit()}
        </Show>
      </span>
      <Show
        when={note()}
        fallback={
          <span class="truncate">
            <Show when={entry().writes === null || rights.denied(entry().writes ?? 'annotations') === null}>
              {entry().hint} · wheel scrolls · Esc leaves the tool
            </Show>
          </span>
        }
      >
        <span role="alert" class="truncate text-warn">
          {note()}
        </span>
      </Show>
      <span class="ml-auto shrink-0">
        <Show when={series.progress().fault} fallback={progressText(series.progress())}>
          {(fault) => (
            <span class="text-warn" title={fault()}>
              {progressText(series.progress())}, waiting for the server
            </span>
          )}
        </Show>
      </span>
      <span class="shrink-0">Not for diagnosis</span>
    </footer>
  )
}

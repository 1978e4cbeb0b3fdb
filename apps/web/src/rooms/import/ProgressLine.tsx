/** How far the import is: its four steps in figures and as bars, pace and time left. */
import LoaderCircle from 'lucide-solid/icons/loader-circle'
import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { bytes, count, number, timeLeft, trimmed, withUnit } from '../../format.ts'
import { secondsLeft } from './pace.ts'
import type { Progress } from './progress.ts'
import { totalsOf } from './steps.ts'

export function ProgressLine(props: { readonly progress: Progress }): JSX.Element {
  const sum = () => props.progress.tally
  const stage = () => props.progress.stage
  return (
    <section aria-label="Progress" class="flex flex-col gap-3 px-5 pt-5 pb-3">
      <div class="flex flex-wrap items-center gap-x-5 gap-y-1 text-13">
        <span>
          <b class="font-semibold">{number(sum().settled)}</b>
          <span class="text-t2"> of {count(sum().files, 'file')}</span>
        </span>
        <Show when={props.progress.leftOut > 0}>
          <span class="text-t3">{count(props.progress.leftOut, 'hidden file')} not taken</span>
        </Show>
        <span class="ml-auto text-12 text-t2" role="status">
          <Switch fallback={paceOf(props.progress)}>
            <Match when={stage() === 'paused'}>Paused</Match>
            <Match when={stage() === 'sorting'}>
              <Busy>Sorting slices into series</Busy>
            </Match>
            <Match when={stage() === 'cancelling'}>
              <Busy>Deleting what came</Busy>
            </Match>
            <Match when={stage() === 'done'}>{endOf(props.progress)}</Match>
            <Match when={stage() === 'cancelled'}>Cancelled</Match>
          </Switch>
        </span>
      </div>
      <ol class="grid grid-cols-2 gap-x-3 gap-y-3 list:grid-cols-4">
        <For each={totalsOf(props.progress)}>
          {(one) => (
            <li class="flex flex-col gap-1.5">
              <span class="flex items-baseline justify-between gap-2">
                <span class="text-12 font-medium">{one.title}</span>
                <span class="truncate text-12 text-t2">{one.said}</span>
              </span>
              <span
                role="progressbar"
                aria-label={one.title}
                aria-valuemin={0}
                aria-valuemax={100}
                aria-valuenow={Math.round(one.share * 100)}
                aria-valuetext={one.said}
                class="block h-2 overflow-hidden rounded-full bg-s4 forced-color-adjust-none"
              >
                <span class="block h-full bg-bone" style={{ width: `${one.share * 100}%` }} />
              </span>
            </li>
          )}
        </For>
      </ol>
    </section>
  )
}

function Busy(props: { readonly children: JSX.Element }): JSX.Element {
  return (
    <span class="flex items-center gap-1.5">
      <LoaderCircle size={14} class="turning" aria-hidden="true" />
      {props.children}
    </span>
  )
}

/** "41 MB/s · 33 files/s · about 20 s left". */
function paceOf({ pace, tally, offline }: Progress): string {
  if (pace === null || offline) return ''
  // Many small files take longer than their bytes say.
  const left = Math.max(
    secondsLeft(tally.sent, tally.bytes, pace.bytes),
    secondsLeft(tally.settled, tally.files, pace.files),
  )
  const each = withUnit(trimmed(pace.files, pace.files < 10 ? 1 : 0), 'files/s')
  return [`${bytes(pace.bytes)}/s`, each, timeLeft(left)].filter(Boolean).join(' · ')
}

function endOf({ series, quarantine, tally }: Progress): string {
  if (series.length > 0) return `Done, ${count(series.length, 'series', 'series')}`
  if (quarantine.length > 0) return 'Done, all of it is held'
  return tally.outcomes['already-here'] > 0 ? 'Done, nothing new' : 'Done, no series came out'
}

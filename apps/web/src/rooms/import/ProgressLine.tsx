/** How far the import is, in numbers and as one bar: stored, already here, refused; pace and time left. */
import CircleCheck from 'lucide-solid/icons/circle-check'
import CircleX from 'lucide-solid/icons/circle-x'
import CloudOff from 'lucide-solid/icons/cloud-off'
import Copy from 'lucide-solid/icons/copy'
import LoaderCircle from 'lucide-solid/icons/loader-circle'
import RotateCw from 'lucide-solid/icons/rotate-cw'
import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { bytes, count, number, timeLeft } from '../../format.ts'
import { Banner } from '../../parts/Banner.tsx'
import { Button } from '../../parts/Button.tsx'
import { secondsLeft } from './pace.ts'
import type { Upload } from './upload.ts'

/** Parts of the bar, in order. */
const SHARES = [
  ['stored', 'bg-bone'],
  ['alreadyHere', 'bg-ctl'],
  ['refused', 'bg-bad'],
  ['lost', 'bg-warn'],
] as const

export function ProgressLine(props: { readonly upload: Upload }): JSX.Element {
  const progress = () => props.upload.progress
  const sum = () => progress().tally
  const share = (files: number) => `${sum().files === 0 ? 0 : (files / sum().files) * 100}%`
  const ending = () => {
    const series = progress().series.length
    if (series > 0) return `Done, ${count(series, 'series', 'series')}`
    return sum().alreadyHere > 0 ? 'Done, nothing new' : 'Done, no series came out'
  }
  const rest = () => {
    const pace = progress().pace
    if (pace === null) return ''
    const left = timeLeft(secondsLeft(sum().sent, sum().bytes, pace))
    return [`${bytes(pace)}/s`, left].filter(Boolean).join(' · ')
  }
  return (
    <section aria-label="Progress" class="flex flex-col gap-3 px-5 pt-5 pb-3">
      <div class="flex flex-wrap items-center gap-x-5 gap-y-1 text-13">
        <span>
          <b class="font-semibold">{number(sum().settled)}</b>
          <span class="text-t2"> of {count(sum().files, 'file')}</span>
        </span>
        <span class="flex items-center gap-1.5 text-ok">
          <CircleCheck size={14} aria-hidden="true" />
          {number(sum().stored)} stored
        </span>
        <Show when={sum().alreadyHere > 0}>
          <span class="flex items-center gap-1.5 text-t2">
            <Copy size={14} aria-hidden="true" />
            {number(sum().alreadyHere)} already here
          </span>
        </Show>
        <Show when={sum().refused > 0}>
          <span class="flex items-center gap-1.5 text-bad">
            <CircleX size={14} aria-hidden="true" />
            {number(sum().refused)} refused
          </span>
        </Show>
        <Show when={sum().lost > 0}>
          <span class="flex items-center gap-1.5 text-warn">
            <CloudOff size={14} aria-hidden="true" />
            {number(sum().lost)} not sent
          </span>
        </Show>
        <Show when={progress().leftOut > 0}>
          <span class="text-t3">{count(progress().leftOut, 'hidden file')} left out</span>
        </Show>
        <span class="ml-auto text-12 text-t2" role="status">
          <Switch fallback={rest()}>
            <Match when={progress().stage === 'paused'}>Paused</Match>
            <Match when={progress().stage === 'sorting'}>
              <span class="flex items-center gap-1.5">
                <LoaderCircle size={14} class="turning" aria-hidden="true" />
                Sorting slices into series
              </span>
            </Match>
            <Match when={progress().stage === 'done'}>{ending()}</Match>
            <Match when={progress().stage === 'cancelled'}>Cancelled</Match>
          </Switch>
        </span>
      </div>
      <div
        role="progressbar"
        aria-label="Files settled"
        aria-valuemin={0}
        aria-valuemax={sum().files}
        aria-valuenow={sum().settled}
        class="flex h-2 gap-px overflow-hidden rounded-full bg-s4"
      >
        <For each={SHARES}>
          {([of, colour]) => (
            <Show when={sum()[of] > 0}>
              <span class={`h-full ${colour}`} style={{ width: share(sum()[of]) }} />
            </Show>
          )}
        </For>
      </div>
      <Show when={progress().stage === 'failed' && progress().fault}>
        {(fault) => (
          <Banner
            tone="bad"
            shape="card"
            urgent
            actions={
              <Show when={sum().lost > 0}>
                <Button size="bar" icon={RotateCw} onClick={() => props.upload.retry()}>
                  Send again
                </Button>
              </Show>
            }
          >
            {fault().message} {fault().next}
          </Banner>
        )}
      </Show>
      <Show when={progress().stage === 'cancelled'}>
        <Banner
          tone="warn"
          shape="card"
          actions={
            <Button size="bar" onClick={() => props.upload.clear()}>
              Clear the list
            </Button>
          }
        >
          Cancelled. Nothing of this import became a case.
        </Banner>
      </Show>
    </section>
  )
}

/**
 * The series of the case as small pictures, beside the tools. A click shows one in the active pane; drawn onto a pane it is shown there. The
 * ring says how much of it is here, figures say which panes show it. Below them stand those of the prior. Not there where all is one series.
 */
import type { Series } from '@consilium/contract/studies'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { count } from '../../../format.ts'
import { useDesk } from '../state/desk.ts'
import { SERIES_DRAG } from './dropping.ts'
import { priorWords, seriesWords, shareHere } from './seriesWords.ts'

const NOTHING = { here: 0, total: 0, fault: null }

export function SeriesRail(): JSX.Element {
  const { prior: beside, series } = useDesk()
  return (
    <Show when={series.all.length > 1}>
      <div class="flex w-26 shrink-0 flex-col gap-1 overflow-y-auto border-r border-line bg-s1 p-1.5 [scrollbar-width:thin] max-read:w-full max-read:flex-row max-read:overflow-x-auto max-read:border-r-0 max-read:border-b">
        <Thumbnails label="Series" series={series.list} />
        <Show when={series.prior.length > 0 && beside.prior()}>
          {(prior) => (
            <>
              <p class="mt-1 border-t border-line px-0.5 pt-2 text-11 text-t2">
                <span class="font-medium text-t1">Prior</span>
                <span class="block whitespace-nowrap">{prior().key}</span>
                <Show when={prior().days !== null}>
                  <span class="block">{count(prior().days ?? 0, 'day')} earlier</span>
                </Show>
              </p>
              <Thumbnails label={priorWords(prior())} series={series.prior} />
            </>
          )}
        </Show>
      </div>
    </Show>
  )
}

const Thumbnails = (props: { readonly label: string; readonly series: readonly Series[] }): JSX.Element => (
  <ul aria-label={props.label} class="flex flex-col gap-1 max-read:flex-row">
    <For each={props.series}>
      {(one, index) => (
        <li class="max-read:w-23 max-read:shrink-0">
          <Thumbnail series={one} number={index() + 1} />
        </li>
      )}
    </For>
  </ul>
)

function Thumbnail(props: { readonly series: Series; readonly number: number }): JSX.Element {
  const { series, panes, people, thumbnails } = useDesk()
  const progress = () => series.of(props.series.id)?.progress() ?? NOTHING
  const shown = createMemo(() =>
    Array.from({ length: panes.layout().panes }, (_, pane) => pane).filter(
      (pane) => series.in(pane)?.id === props.series.id,
    ),
  )
  const isCurrent = () => series.current()?.id === props.series.id
  return (
    <button
      type="button"
      aria-label={seriesWords(
        props.series,
        props.number,
        progress(),
        shown(),
        series.isPrior(props.series.id),
      )}
      aria-current={isCurrent() ? 'true' : undefined}
      draggable="true"
      onDragStart={(event) => event.dataTransfer?.setData(SERIES_DRAG, props.series.id)}
      onClick={() => {
        people.leave()
        series.choose(props.series.id)
      }}
      class={`relative flex w-full flex-col gap-0.5 rounded-tile p-0.5 text-left transition-colors ${isCurrent() ? 'bg-s3 ring-1 ring-bone' : 'hover:bg-s2'}`}
    >
      {thumbnails.canvas(props.series.id)}
      <span class="flex items-center gap-1 px-0.5 text-11 text-t2">
        <Ring share={shareHere(progress())} />
        <span class="truncate">
          {props.series.modality} · {props.series.frames}
        </span>
      </span>
      <Show when={panes.layout().panes > 1}>
        <span aria-hidden="true" class="absolute top-1 right-1 flex gap-0.5">
          <For each={shown()}>
            {(pane) => (
              <span
                data-mark={pane + 1}
                class="flex size-4 items-center justify-center rounded-letter bg-bone text-11 font-medium text-on-bone before:content-[attr(data-mark)]"
              />
            )}
          </For>
        </span>
      </Show>
    </button>
  )
}

const RADIUS = 5
const AROUND = 2 * Math.PI * RADIUS

/** Said in words by the button it stands in. */
const Ring = (props: { readonly share: number }): JSX.Element => (
  <svg
    aria-hidden="true"
    viewBox="0 0 14 14"
    class="size-3.5 shrink-0 -rotate-90"
    fill="none"
    stroke-width="2"
  >
    <circle cx="7" cy="7" r={RADIUS} class="stroke-line2" />
    <circle
      cx="7"
      cy="7"
      r={RADIUS}
      class="stroke-bone"
      stroke-dasharray={`${props.share * AROUND} ${AROUND}`}
    />
  </svg>
)

/**
 * The line itself: a lane per person, named moments above, time below, and a playhead to drag. For the keyboard and for screen readers it
 * is one slider whose value is told in words.
 */
import Bookmark from 'lucide-solid/icons/bookmark'
import { createEffect, createMemo, createSignal, For, type JSX, onCleanup, onMount, Show } from 'solid-js'
import { moment as momentOf, number, timeOfDay } from '../../../format.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { personColour } from '../../../parts/colours.ts'
import { useDesk } from '../state/desk.ts'
import { lanesOf, mergedLanes, placer, revisionAt } from './lanes.ts'
import { BAR_STEP, paintLanes } from './paint.ts'

const LANES_HEIGHT = 96
const MOST_LANES = 6
/** Bars are counted anew this often while rows come, ms. */
const COUNT_MS = 400

export function Track(props: { readonly spoken: string }): JSX.Element {
  const desk = useDesk()
  const { timeline, document } = desk
  let canvas: HTMLCanvasElement | undefined
  let track: HTMLDivElement | undefined
  const [width, setWidth] = createSignal(0)
  const [pointed, setPointed] = createSignal<number | null>(null)
  const rows = settling(timeline.rows, COUNT_MS)

  const lanes = createMemo(() =>
    mergedLanes(
      lanesOf(rows(), {
        scale: timeline.scale(),
        bars: Math.max(1, Math.floor(width() / BAR_STEP)),
        counts: timeline.matches(),
      }),
      MOST_LANES,
    ),
  )
  const laneHeight = () => Math.min(24, Math.floor(LANES_HEIGHT / Math.max(1, lanes().lanes.length)))
  const place = createMemo(() => placer(rows(), timeline.scale()))
  /** Now lies at the very end. */
  const headAt = (seq: number): number => (seq >= rows().head ? 1 : place()(seq))
  const playhead = () => headAt(timeline.moment())
  const percent = (part: number): string => `${Math.min(1, Math.max(0, part)) * 100}%`

  createEffect(() => {
    if (!canvas) return
    paintLanes(canvas, {
      lanes: lanes(),
      width: width(),
      laneHeight: laneHeight(),
      colourOf: (person) => (person === '' ? '#91919B' : personColour(document.colourOf(person))),
      until: playhead(),
      line: '#26262a',
    })
  })
  onMount(() => {
    if (!track) return
    const observer = new ResizeObserver(() => setWidth(track?.clientWidth ?? 0))
    observer.observe(track)
    // Whoever opens it means to move along it.
    if (timeline.takeFocus()) track.focus({ preventScroll: true })
    onCleanup(() => observer.disconnect())
  })

  const seqAt = (event: PointerEvent): number => {
    const box = track?.getBoundingClientRect()
    return box ? revisionAt(rows(), timeline.scale(), (event.clientX - box.left) / box.width) : 1
  }
  const drag = perFrame((seq: number) => void timeline.lookAt(seq))

  return (
    <div class="flex min-h-0 flex-1 pr-4">
      <People lanes={lanes().lanes} height={laneHeight()} />
      <div class="relative min-w-0 flex-1">
        <Names place={place()} />
        <div
          ref={(element) => {
            track = element
          }}
          role="slider"
          tabindex={0}
          aria-label="Moment"
          aria-orientation="horizontal"
          aria-valuemin={1}
          aria-valuemax={Math.max(1, timeline.head())}
          aria-valuenow={timeline.moment()}
          aria-valuetext={props.spoken}
          data-testid="track"
          class="absolute inset-x-0 top-5 bottom-0 cursor-ew-resize touch-none"
          onPointerDown={(event) => {
            if (event.button !== 0) return
            event.currentTarget.setPointerCapture(event.pointerId)
            event.currentTarget.focus({ preventScroll: true })
            drag(seqAt(event))
          }}
          onPointerMove={(event) => {
            setPointed(seqAt(event))
            if (event.currentTarget.hasPointerCapture(event.pointerId)) drag(seqAt(event))
          }}
          onPointerLeave={() => setPointed(null)}
        >
          <canvas
            ref={(element) => {
              canvas = element
            }}
            class="pointer-events-none block w-full"
            aria-hidden="true"
          />
          <Times />
          <Head at={percent(playhead())} tone="bone" title={desk.comparison.from() === null ? '' : '2'} />
          <Show when={desk.comparison.from()}>
            {(from) => <Head at={percent(headAt(from()))} tone="ctl" title="1" />}
          </Show>
          <Show when={pointed()}>
            {(seq) => (
              <div
                class="pointer-events-none absolute -top-6 z-10 -translate-x-1/2 rounded-letter border border-line2 bg-s2 px-1.5 text-11 whitespace-nowrap text-t2"
                style={{ left: percent(place()(seq())) }}
              >
                {number(seq())}
                <Show when={rows().row(seq())}>
                  {(row) => ` · ${timeOfDay(row().at)} · ${row().writer.author.name}`}
                </Show>
              </div>
            )}
          </Show>
        </div>
      </div>
    </div>
  )
}

/** Who has a lane; a click shows what this person did alone. */
function People(props: {
  readonly lanes: readonly { readonly person: string; readonly name: string; readonly initials: string }[]
  readonly height: number
}): JSX.Element {
  const { timeline, document } = useDesk()
  return (
    <ul aria-label="People" class="mt-5 w-42 shrink-0 px-3">
      <For each={props.lanes}>
        {(lane) => {
          const chosen = () => timeline.filter().person === lane.person
          return (
            <li style={{ height: `${props.height}px` }} class="flex items-end">
              <button
                type="button"
                aria-pressed={chosen()}
                disabled={lane.person === ''}
                title={chosen() ? 'Show everybody' : `Only ${lane.name}`}
                onClick={() => timeline.setFilter({ person: chosen() ? null : lane.person })}
                class={`flex h-full max-h-6 w-full items-center gap-2 rounded-letter px-1 text-left text-12 transition-colors focus-visible:outline-offset-[-2px] ${chosen() ? 'bg-s4 text-t1' : 'text-t2 enabled:hover:bg-s3'}`}
              >
                <Avatar
                  initials={lane.initials}
                  order={lane.person === '' ? 0 : document.colourOf(lane.person)}
                  size={18}
                  off={lane.person === ''}
                />
                <span class="truncate">{lane.name}</span>
              </button>
            </li>
          )
        }}
      </For>
    </ul>
  )
}

function Names(props: { readonly place: (seq: number) => number }): JSX.Element {
  const { timeline } = useDesk()
  return (
    <ul aria-label="Named moments" class="absolute inset-x-0 top-0 h-5">
      <For each={timeline.names()}>
        {(name) => (
          <li class="absolute top-0 -translate-x-1/2" style={{ left: `${props.place(name.seq) * 100}%` }}>
            <button
              type="button"
              class={`target flex size-4 items-center justify-center rounded-full hover:text-bone ${timeline.moment() === name.seq ? 'text-bone' : 'text-t2'}`}
              aria-label={`${name.title}, revision ${name.seq}`}
              title={`${name.title} · revision ${number(name.seq)}`}
              onClick={() => void timeline.lookAt(name.seq)}
            >
              <Bookmark size={12} fill={name.phase ? 'none' : 'currentColor'} aria-hidden="true" />
            </button>
          </li>
        )}
      </For>
    </ul>
  )
}

const HOUR_MS = 3_600_000
const TIMES = [0, 0.25, 0.5, 0.75] as const

/** When that was, at a few places. */
function Times(): JSX.Element {
  const { timeline } = useDesk()
  const spanMs = () =>
    (timeline.rows().row(timeline.rows().head)?.at ?? 0) - (timeline.rows().row(1)?.at ?? 0)
  const at = (part: number): string => {
    const row = timeline.rows().row(revisionAt(timeline.rows(), timeline.scale(), part))
    if (!row) return ''
    return spanMs() < HOUR_MS ? timeOfDay(row.at) : momentOf(row.at, Date.now())
  }
  return (
    <div aria-hidden="true" class="pointer-events-none absolute inset-x-0 bottom-1 text-11 text-t3">
      <For each={TIMES}>
        {(part) => (
          <span class="absolute bottom-0" style={{ left: `${part * 100}%` }}>
            {at(part)}
          </span>
        )}
      </For>
      <span class="absolute right-0 bottom-0">Now</span>
    </div>
  )
}

function Head(props: {
  readonly at: string
  readonly tone: 'bone' | 'ctl'
  readonly title: string
}): JSX.Element {
  const colours = () => (props.tone === 'bone' ? 'bg-bone text-on-bone' : 'bg-ctl text-white')
  return (
    <div
      aria-hidden="true"
      class="pointer-events-none absolute -top-1 bottom-5 flex w-0 flex-col items-center"
      style={{ left: props.at }}
    >
      <span class={`w-0.5 flex-1 ${colours()}`} />
      <span
        class={`flex h-4 min-w-4 items-center justify-center rounded-letter px-1 text-11 font-semibold ${colours()}`}
      >
        {props.title}
      </span>
    </div>
  )
}

/** The value, at most so often. */
function settling<T>(source: () => T, everyMs: number): () => T {
  const [settled, set] = createSignal(source(), { equals: false })
  let timer: ReturnType<typeof setTimeout> | null = null
  let last = 0
  createEffect(() => {
    const value = source()
    if (timer !== null) return
    const wait = Math.max(0, last + everyMs - performance.now())
    timer = setTimeout(() => {
      timer = null
      last = performance.now()
      set(() => source())
    }, wait)
    if (last === 0) set(() => value)
  })
  onCleanup(() => timer !== null && clearTimeout(timer))
  return settled
}

/** Once per painting, with the newest value. */
function perFrame<T>(call: (value: T) => void): (value: T) => void {
  let waiting: { value: T } | null = null
  return (value) => {
    if (waiting) {
      waiting.value = value
      return
    }
    waiting = { value }
    requestAnimationFrame(() => {
      const newest = waiting
      waiting = null
      if (newest) call(newest.value)
    })
  }
}

/**
 * The line itself: a lane per person, named moments above, time below, and a playhead to drag. For the keyboard and for screen readers it
 * is one slider whose value is told in words; while two moments are compared the first has a slider of its own.
 */
import { createEffect, createMemo, createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js'
import { number, timeOfDay } from '../../../format.ts'
import { personColour } from '../../../parts/colours.ts'
import { useDesk } from '../state/desk.ts'
import { HandleOne, Head, headCovers, oneCovers } from './Handles.tsx'
import { lanesOf, mergedLanes, placer, revisionAt } from './lanes.ts'
import { Milestones } from './Milestones.tsx'
import { People } from './People.tsx'
import { perFrame, settling } from './pace.ts'
import { BAR_STEP, paintLanes } from './paint.ts'
import { Times } from './Times.tsx'

/** A lane is also what is clicked to see one person alone: no lower than a target may be (WCAG 2.2, 2.5.8), CSS pixels. */
const LANE_HEIGHT = 24
/** Named moments above the lanes, and times below them, CSS pixels. */
const AROUND_LANES = 44
/** What the strip has room for. */
const MOST_LANES = 5
/** Bars are counted anew this often while rows come, ms. */
const COUNT_MS = 400

export function Track(props: { readonly spoken: string }): JSX.Element {
  const desk = useDesk()
  const { timeline, comparison, document } = desk
  let canvas: HTMLCanvasElement | undefined
  let track: HTMLDivElement | undefined
  const [width, setWidth] = createSignal(0)
  const [pointed, setPointed] = createSignal<number | null>(null)
  const rows = settling(timeline.rows, COUNT_MS)
  const bars = () => Math.max(1, Math.floor(width() / BAR_STEP))

  const lanes = createMemo(() =>
    mergedLanes(
      lanesOf(rows(), {
        scale: timeline.scale(),
        bars: bars(),
        counts: timeline.matches(),
      }),
      MOST_LANES,
    ),
  )
  const place = createMemo(() => placer(rows(), timeline.scale()))
  /** Now lies at the very end. */
  const headAt = (seq: number): number => (seq >= rows().head ? 1 : Math.min(1, Math.max(0, place()(seq))))
  const playhead = () => headAt(timeline.moment())
  /** Of the strip below the lanes, by the handles, CSS pixels. */
  const covered = createMemo(() => {
    const one = comparison.from()
    const head = headCovers(playhead(), one !== null, width())
    return one === null ? [head] : [head, oneCovers(headAt(one), width())]
  })
  /** The last bar that is bright: of a hundred moments of a film most change nothing of the lanes. */
  const lastBright = createMemo(() => Math.floor(playhead() * bars()))

  createEffect(() => {
    if (!canvas) return
    paintLanes(canvas, {
      lanes: lanes(),
      width: width(),
      laneHeight: LANE_HEIGHT,
      colourOf: (person) => (person === '' ? '#91919B' : personColour(document.colourOf(person))),
      lastBright: lastBright(),
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

  const seqAt = (x: number): number => {
    const box = track?.getBoundingClientRect()
    return box ? revisionAt(rows(), timeline.scale(), (x - box.left) / box.width) : 1
  }
  const drag = perFrame((seq: number) => void timeline.lookAt(seq))

  return (
    <div
      class="flex min-h-0 flex-1 pr-4"
      style={{ 'min-height': `${lanes().lanes.length * LANE_HEIGHT + AROUND_LANES}px` }}
    >
      <People lanes={lanes().lanes} height={LANE_HEIGHT} />
      <div class="relative min-w-0 flex-1">
        <Milestones place={headAt} width={width()} />
        <div
          ref={(element) => {
            track = element
          }}
          role="slider"
          tabindex={0}
          aria-label={comparison.from() === null ? 'Moment of the history' : 'Moment 2'}
          aria-orientation="horizontal"
          aria-valuemin={1}
          aria-valuemax={Math.max(1, timeline.head())}
          aria-valuenow={timeline.moment()}
          aria-valuetext={props.spoken}
          data-testid="track"
          class="group/line absolute inset-x-0 top-5 bottom-0 cursor-ew-resize touch-none outline-none"
          onPointerDown={(event) => {
            if (event.button !== 0) return
            event.currentTarget.setPointerCapture(event.pointerId)
            event.currentTarget.focus({ preventScroll: true })
            drag(seqAt(event.clientX))
          }}
          onPointerMove={(event) => {
            setPointed(seqAt(event.clientX))
            if (event.currentTarget.hasPointerCapture(event.pointerId)) drag(seqAt(event.clientX))
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
          <Times width={width()} handles={covered()} />
          <Head at={playhead()} name={comparison.from() === null ? '' : '2'} />
          <Show when={pointed()}>
            {(seq) => (
              <div
                class="pointer-events-none absolute -top-6 z-10 -translate-x-1/2 rounded-letter border border-line2 bg-s2 px-1.5 text-11 whitespace-nowrap text-t2"
                style={{ left: `${headAt(seq()) * 100}%` }}
              >
                {number(seq())}
                <Show when={rows().row(seq())}>
                  {(row) => ` · ${timeOfDay(row().at)} · ${row().writer.author.name}`}
                </Show>
              </div>
            )}
          </Show>
        </div>
        <Show when={comparison.from() !== null}>
          <HandleOne at={headAt(comparison.from() ?? 0)} seqAt={seqAt} />
        </Show>
      </div>
    </div>
  )
}

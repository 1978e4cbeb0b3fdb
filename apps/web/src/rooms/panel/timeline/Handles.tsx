/** Where the moments are on the line. The playhead is moved by the line itself; handle 1 by its own, which hangs left of its place. */
import { createMemo, type JSX } from 'solid-js'
import { number, timeOfDay } from '../../../format.ts'
import { useDesk } from '../state/desk.ts'
import { perFrame } from './pace.ts'
import type { Stretch } from './times.ts'

const left = (part: number): JSX.CSSProperties => ({ left: `${part * 100}%` })

/** CSS pixels: of a handle with a number, and of one without. */
const WIDE = 24
const NARROW = 12
/** Where a handle would hang over the end of the line, it stands on the other side of its place. */
const isLast = (at: number): boolean => at > 0.98
const isFirst = (at: number): boolean => at < 0.02

export function headCovers(at: number, isNumbered: boolean, width: number): Stretch {
  const x = at * width
  if (!isNumbered) return { from: x - NARROW / 2, to: x + NARROW / 2 }
  return isLast(at) ? { from: x - WIDE, to: x } : { from: x, to: x + WIDE }
}

export function oneCovers(at: number, width: number): Stretch {
  const x = at * width
  return isFirst(at) ? { from: x, to: x + WIDE } : { from: x - WIDE, to: x }
}

/** A line, and below it the number of the moment, at the right of its place. Who moves the line by keys sees the focus here. */
export function Head(props: { readonly at: number; readonly name: string }): JSX.Element {
  return (
    <div aria-hidden="true" class="pointer-events-none absolute -top-1 bottom-1 w-0" style={left(props.at)}>
      <span class="absolute top-0 bottom-4 -left-px w-0.5 bg-bone" />
      <span
        class={`absolute bottom-0 flex h-6 items-center justify-center rounded-letter bg-bone text-11 font-semibold text-on-bone outline-offset-2 outline-acc group-focus-visible/line:outline-2 ${props.name === '' ? '-left-1.5 w-3' : isLast(props.at) ? 'right-0 w-6' : '-left-px w-6'}`}
      >
        {props.name}
      </span>
    </div>
  )
}

/** Moment 1 of two that are compared. Arrows go from act to act, as those of the line do. */
export function HandleOne(props: {
  readonly at: number
  /** The revision at this place of the page, CSS pixels. */
  readonly seqAt: (x: number) => number
}): JSX.Element {
  const { comparison, timeline } = useDesk()
  const seq = () => comparison.from() ?? 0
  let post: HTMLDivElement | undefined
  /** From where it was taken to its place on the line, CSS pixels. */
  let grip = 0
  const drag = perFrame((to: number) => comparison.moveTo(to))
  const spoken = createMemo(() => {
    const row = timeline.rows().row(seq())
    const which = `Revision ${number(seq())} of ${number(timeline.head())}`
    return row ? `${which}, ${timeOfDay(row.at)}, ${row.writer.author.name}` : which
  })
  const go = (to: number | null): void => {
    if (to !== null) comparison.moveTo(to)
  }
  const keys: Readonly<Record<string, () => void>> = {
    ArrowRight: () => go(timeline.beside(seq(), 1, 'act')),
    ArrowLeft: () => go(timeline.beside(seq(), -1, 'act')),
    '.': () => go(timeline.beside(seq(), 1, 'revision')),
    ',': () => go(timeline.beside(seq(), -1, 'revision')),
    Home: () => go(timeline.beside(0, 1, 'revision')),
    End: () => go(timeline.head()),
  }
  return (
    <div
      ref={(element) => {
        post = element
      }}
      class="pointer-events-none absolute top-4 bottom-1 w-0"
      style={left(props.at)}
    >
      <span aria-hidden="true" class="absolute top-0 bottom-4 -left-px w-0.5 bg-ctl" />
      <div
        role="slider"
        tabindex={0}
        aria-label="Moment 1"
        aria-orientation="horizontal"
        aria-valuemin={1}
        aria-valuemax={Math.max(1, timeline.head())}
        aria-valuenow={seq()}
        aria-valuetext={spoken()}
        data-testid="handle-1"
        class={`target pointer-events-auto absolute bottom-0 flex h-6 w-6 cursor-ew-resize touch-none items-center justify-center rounded-letter bg-ctl text-11 font-semibold text-white select-none ${isFirst(props.at) ? 'left-0' : '-right-px'}`}
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          event.currentTarget.focus({ preventScroll: true })
          grip = (post?.getBoundingClientRect().left ?? event.clientX) - event.clientX
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) drag(props.seqAt(event.clientX + grip))
        }}
        onKeyDown={(event) => {
          const move = keys[event.key]
          if (!move || event.ctrlKey || event.metaKey || event.altKey) return
          // Otherwise the room's own keys would move the other moment.
          event.preventDefault()
          move()
        }}
      >
        1
      </div>
    </div>
  )
}

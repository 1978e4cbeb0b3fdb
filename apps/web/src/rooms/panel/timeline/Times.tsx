/** When that was, at a few places below the line; what would be said again is left out, and what a handle stands on. */
import { createMemo, For, type JSX } from 'solid-js'
import { moment as momentOf, timeOfDay } from '../../../format.ts'
import { useDesk } from '../state/desk.ts'
import { isCovered, type Stretch, timeAt } from './times.ts'

const HOUR_MS = 3_600_000
const TIMES = [0, 0.25, 0.5, 0.75] as const
/** Of 11 px figures, and before the first of them, CSS pixels. */
const LETTER = 6.2
const BEFORE = 8
const NOW = 'Now'

/** `width`: of the line, `handles`: what of it they cover, CSS pixels. */
export function Times(props: { readonly width: number; readonly handles: readonly Stretch[] }): JSX.Element {
  const { timeline } = useDesk()
  const spanMs = () =>
    (timeline.rows().row(timeline.rows().head)?.at ?? 0) - (timeline.rows().row(1)?.at ?? 0)
  const at = (part: number): string => {
    const ms = timeAt(timeline.rows(), timeline.scale(), part)
    if (ms === null) return ''
    return spanMs() < HOUR_MS ? timeOfDay(ms) : momentOf(ms, Date.now())
  }
  const texts = createMemo(() => TIMES.map(at))
  const stretch = (part: number, text: string): Stretch => {
    const from = part * props.width + BEFORE
    return { from, to: from + text.length * LETTER }
  }
  const hidden = (place: Stretch): string => (isCovered(place, props.handles) ? 'invisible' : '')
  return (
    <div aria-hidden="true" class="pointer-events-none absolute inset-x-0 bottom-1 h-6 text-11 text-t3">
      <For each={TIMES}>
        {(part, index) => {
          const text = () => texts()[index()] ?? ''
          return (
            <span
              class={`absolute inset-y-0 flex items-center pl-2 whitespace-nowrap ${hidden(stretch(part, text()))}`}
              style={{ left: `${part * 100}%` }}
            >
              {text() === texts()[index() - 1] ? '' : text()}
            </span>
          )
        }}
      </For>
      <span
        class={`absolute inset-y-0 right-0 flex items-center ${hidden({ from: props.width - NOW.length * LETTER, to: props.width })}`}
      >
        {NOW}
      </span>
    </div>
  )
}

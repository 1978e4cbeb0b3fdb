/** When that was, at a few places below the line, beside the handle that may stand there; what would be said again is left out. */
import { createMemo, For, type JSX } from 'solid-js'
import { moment as momentOf, timeOfDay } from '../../../format.ts'
import { useDesk } from '../state/desk.ts'
import { revisionAt } from './lanes.ts'

const HOUR_MS = 3_600_000
const TIMES = [0, 0.25, 0.5, 0.75] as const

export function Times(): JSX.Element {
  const { timeline } = useDesk()
  const spanMs = () =>
    (timeline.rows().row(timeline.rows().head)?.at ?? 0) - (timeline.rows().row(1)?.at ?? 0)
  const at = (part: number): string => {
    const row = timeline.rows().row(revisionAt(timeline.rows(), timeline.scale(), part))
    if (!row) return ''
    return spanMs() < HOUR_MS ? timeOfDay(row.at) : momentOf(row.at, Date.now())
  }
  const texts = createMemo(() => TIMES.map(at))
  return (
    <div aria-hidden="true" class="pointer-events-none absolute inset-x-0 bottom-1 text-11 text-t3">
      <For each={TIMES}>
        {(part, index) => (
          <span class="absolute bottom-0 pl-2" style={{ left: `${part * 100}%` }}>
            {texts()[index()] === texts()[index() - 1] ? '' : texts()[index()]}
          </span>
        )}
      </For>
      <span class="absolute right-0 bottom-0">Now</span>
    </div>
  )
}

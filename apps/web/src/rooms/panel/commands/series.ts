/** Through the series of the case and of its prior, in the active pane. */
import type { Desk } from '../state/desk.ts'
import { type Act, type Command, ownWay, perProfile } from './command.ts'

const go = (id: string, title: string, key: string, by: 1 | -1): Act => ({
  id: `series.${id}`,
  title,
  group: 'Looking',
  // Annotators go through one series, and that by ten slices.
  keys: perProfile([key], []),
  situation: 'several-series',
  denied: (desk) =>
    beside(desk, by) ? null : by > 0 ? 'This is the last series.' : 'This is the first series.',
  run: ownWay((desk) => {
    const next = beside(desk, by)
    if (next) desk.series.choose(next.id)
  }),
})

function beside({ series }: Desk, by: 1 | -1) {
  const now = series.all.findIndex(({ id }) => id === series.current()?.id)
  return series.all[now + by] ?? null
}

export const SERIES: readonly Command[] = [
  go('before', 'Series before', 'PageUp', -1),
  go('after', 'Next series', 'PageDown', 1),
]

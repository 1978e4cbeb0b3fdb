/** What stands beside the shape in this reader's hand, in the pane it is drawn in: what the values inside of it are like, at every move. */
import { type Accessor, createMemo } from 'solid-js'
import type { Desk } from '../state/desk.ts'
import { drawnText } from './valueLines.ts'
import { valuesDrawn } from './values.ts'

/** Null where nothing is drawn, or nothing can be told of it. */
export function createDrawn(desk: Desk, pane: number): Accessor<string | null> {
  return createMemo(() => {
    const own = desk.panes.draft()
    const series = desk.series.in(pane)
    if (own?.by !== pane || !series) return null
    const found = valuesDrawn(desk, series.id, own.draft)
    return found && drawnText(found, series)
  })
}

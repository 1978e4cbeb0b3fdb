/** The masks that a pane shows: those one paints in where it shows their series, else those of its own. */
import type { MaskView } from '@consilium/viewer/masks'
import { type Accessor, createMemo } from 'solid-js'
import type { Desk } from '../state/desk.ts'

export function createMasksIn(desk: Desk, series: () => string | undefined): Accessor<MaskView | null> {
  const isPaintedIn = createMemo(() => desk.series.current()?.id === series())
  const beside = createMemo(() => (isPaintedIn() ? null : desk.painting.beside(series() ?? '')))
  return () => {
    const view = isPaintedIn() ? desk.painting.view() : (beside()?.() ?? null)
    return view?.series === series() ? view : null
  }
}

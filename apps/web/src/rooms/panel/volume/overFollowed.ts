/** What lies over a picture, as it is told to whoever follows, and as they take it over. What cannot lie there in their page is left. */
import { isColourTable } from '@consilium/viewer/colours'
import type { PeerView } from '../layout/viewOf.ts'
import type { Desk } from '../state/desk.ts'
import { FIRST } from './fusion.ts'

type Needed = Pick<Desk, 'fusion' | 'series' | 'panes'>

export function overSaid({ fusion, panes }: Needed, below: string): NonNullable<PeerView['over']> | null {
  const laid = fusion.laidOn(below)
  if (!laid) return null
  const window = panes.look(laid.series)?.window
  return { ...laid, ...(window ? { window: { center: window.center, width: window.width } } : {}) }
}

export function takeOver({ fusion, series, panes }: Needed, { series: id, over }: PeerView): void {
  const below = series.all.find((one) => one.id === id)
  // Whoever runs an older page does not say.
  if (over === undefined || !below) return
  if (over === null) return fusion.lay(id, null)
  const offered = fusion.offered(below).find((one) => one.series.id === over.series)
  if (!offered || offered.refused !== null) return
  const colours = isColourTable(over.colours) ? over.colours : FIRST.colours
  if (over.window) panes.setLook(over.series, { ...panes.look(over.series), window: over.window })
  fusion.lay(id, { series: over.series, colours, opacity: over.opacity })
}

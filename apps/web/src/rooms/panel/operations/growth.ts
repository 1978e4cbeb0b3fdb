/** What growing by values is set to; one's own, for as long as the page is open. */
import { type Accessor, createSignal } from 'solid-js'

export interface Growth {
  /** How far from the value at its place it goes, in the picture's own unit. */
  readonly tolerance: Accessor<number>
  readonly setTolerance: (tolerance: number) => void
  /** Only where values lie in the range of the threshold brush, too. */
  readonly isLimited: Accessor<boolean>
  readonly setLimited: (isLimited: boolean) => void
}

/** Of what the window shows: about as much as one shade is told from the next. */
const SHARE_OF_WINDOW = 1 / 8
const USUAL = 50

export function createGrowth(windowWidth: () => number | null): Growth {
  const [chosen, setTolerance] = createSignal<number | null>(null)
  const [isLimited, setLimited] = createSignal(false)
  return {
    tolerance: () => chosen() ?? proposed(windowWidth()),
    setTolerance: (tolerance) => void setTolerance(tolerance),
    isLimited,
    setLimited,
  }
}

/** Two figures: nobody reads more out of a window. */
const proposed = (width: number | null): number =>
  width === null ? USUAL : Number((width * SHARE_OF_WINDOW).toPrecision(2))

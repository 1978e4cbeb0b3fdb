/**
 * Which series lies over which: chosen once for a series, in all panes that show it. Only what shares its frame of reference may, because only
 * then a millimetre in one is the same millimetre in the other.
 */
import type { Series } from '@consilium/contract/studies'
import type { ColourTable } from '@consilium/viewer/colours'
import { type Over, overWindow } from '@consilium/viewer/fusion'
import type { Probe } from '@consilium/viewer/scene'
import { volumeOf } from '@consilium/viewer/volume'
import { createMemo, createSignal, mapArray } from 'solid-js'
import type { Panes } from '../state/panes.ts'
import type { SeriesState } from '../state/series.ts'
import { sameSpace } from '../state/space.ts'
import { valueText } from '../state/values.ts'

export interface Laid {
  /** What lies over. */
  readonly series: string
  readonly colours: ColourTable
  /** 0 to 1. */
  readonly opacity: number
}

export interface Offered {
  readonly series: Series
  /** Why it cannot lie over; null where it can. */
  readonly refused: string | null
}

export interface FusionState {
  readonly laidOn: (below: string | undefined) => Laid | null
  readonly lay: (below: string, laid: Laid | null) => void
  /** Every other series of its study. */
  readonly offered: (below: Series) => readonly Offered[]
  /** For a stage; null where nothing lies over, or its values are not here. */
  readonly over: (below: string | undefined) => Over | null
  /** The value of what lies over under the pointer, "" where there is none. */
  readonly valueText: (below: string | undefined, probe: Probe | null) => string
}

/** What a series is laid over another with. */
export const FIRST = { colours: 'hot-metal-blue', opacity: 0.6 } as const

export function createFusion(series: SeriesState, panes: Panes): FusionState {
  const [laid, setLaid] = createSignal<ReadonlyMap<string, Laid>>(new Map())
  const laidOn = (below: string | undefined): Laid | null => laid().get(below ?? '') ?? null
  const ids = createMemo(() => [...new Set([...laid().values()].map((one) => one.series))])
  // In memory for as long as they lie over something.
  const held = createMemo(mapArray(ids, (id) => series.hold(id)))
  const framesOf = (id: string) =>
    held()
      .find((one) => one?.series.id === id)
      ?.frames() ?? null

  return {
    laidOn,
    lay: (below, next) =>
      void setLaid((known) => {
        const changed = new Map(known)
        if (next) changed.set(below, next)
        else changed.delete(below)
        return changed
      }),
    offered: (below) =>
      series
        .mates(below.id)
        .filter(({ id }) => id !== below.id)
        .map((one) => ({ series: one, refused: refusalOf(below, one) })),
    over: (below) => {
      const now = laidOn(below)
      const frames = now && framesOf(now.series)
      if (!now || !frames) return null
      const window = panes.look(now.series)?.window ?? overWindow(frames.meta)
      return { series: frames, colours: now.colours, opacity: now.opacity, window }
    },
    valueText: (below, probe) => {
      const now = laidOn(below)
      const found = series.all.find(({ id }) => id === now?.series)
      return found && probe?.over !== undefined ? `${found.modality} ${valueText(probe.over, found)}` : ''
    },
  }
}

function refusalOf(below: Series, over: Series): string | null {
  if (!sameSpace(below, over))
    return below.frameOfReference === null || over.frameOfReference === null
      ? 'Its files do not say which space they lie in.'
      : 'It lies in a space of its own: another frame of reference.'
  const volume = volumeOf(over)
  return typeof volume === 'string' ? volume : null
}

/**
 * The series of a case and of its prior, and which of them stands in which pane. What the page calls current is that of the active pane: tools, keys and
 * read-outs are about it.
 */
import type { Series } from '@consilium/contract/studies'
import type { Vec3 } from '@consilium/geometry/vec3'
import type { View } from '@consilium/viewer/scene'
import type { Progress, SeriesFrames } from '@consilium/viewer/series'
import { ACQUIRED, type Slicing, sameSlicing } from '@consilium/viewer/slicing'
import { type Accessor, createMemo, createSignal, untrack } from 'solid-js'
import type { CaseSeries, Library } from './library.ts'

/** What stands in a pane. */
export interface Hung {
  readonly series: string | null
  readonly slicing: Slicing
}

export interface SeriesState extends Library {
  readonly list: readonly Series[]
  /** Those of the earlier case that this one is looked at beside: nothing is drawn on them. */
  readonly prior: readonly Series[]
  readonly isPrior: (id: string | undefined) => boolean
  /** All that may stand in a pane: those of the case, then those of its prior. */
  readonly all: readonly Series[]
  /** Those that were taken with it. */
  readonly mates: (id: string) => readonly Series[]
  /** The pane that the hands and keys are on. */
  readonly active: Accessor<number>
  readonly activate: (pane: number) => void
  readonly in: (pane: number) => Series | null
  readonly slicing: (pane: number) => Slicing
  readonly setSlicing: (pane: number, slicing: Slicing) => void
  /** With a place, that is where it opens; else in its middle, as it was taken. */
  readonly put: (pane: number, id: string, how?: { readonly slicing?: Slicing; readonly at?: Place }) => void
  /** Where the series newly put into a pane is to open; taken once. */
  readonly takePlace: (pane: number) => Place | null
  /** Of the active pane. */
  readonly current: Accessor<Series | null>
  readonly choose: (id: string, at?: Place) => void
  readonly frames: Accessor<SeriesFrames | null>
  readonly progress: Accessor<Progress>
  /** Why the series cannot be shown at all. */
  readonly fault: Accessor<string | null>
}

export interface Place {
  readonly point: Vec3
  readonly frame: number
  /** To be shown as it is, e.g. of somebody followed. */
  readonly view?: View
}

const NOTHING: Progress = { here: 0, total: 0, fault: null }

export function createSeries(
  list: readonly Series[],
  prior: Accessor<readonly Series[]>,
  first: string | null,
  library: Library,
): SeriesState {
  const places = new Map<number, Place>()
  const all = createMemo(() => [...list, ...prior()])
  const byId = createMemo(() => new Map(all().map((series) => [series.id, series])))
  const isPrior = (id: string | undefined): boolean => prior().some((one) => one.id === id)
  const cover = list.find(({ id }) => id === first) ?? list[0] ?? null
  const usual: Hung = { series: cover?.id ?? null, slicing: ACQUIRED }
  const [active, activate] = createSignal(0)
  const [hung, setHung] = createSignal<ReadonlyMap<number, Hung>>(new Map())

  /** Where a prior stood that is none any more, the series to show first stands. */
  const hungIn = (pane: number): Hung => {
    const now = hung().get(pane)
    return now && (now.series === null || byId().has(now.series)) ? now : usual
  }
  const seriesIn = (pane: number): Series | null => byId().get(hungIn(pane).series ?? '') ?? null
  const hang = (pane: number, next: Hung): void => {
    const now = untrack(() => hungIn(pane))
    if (now.series === next.series && sameSlicing(now.slicing, next.slicing)) return
    setHung((known) => new Map(known).set(pane, next))
  }
  const put: SeriesState['put'] = (pane, id, { slicing, at } = {}) => {
    if (!untrack(byId).has(id)) return
    const now = untrack(() => hungIn(pane))
    if (at && now.series !== id) places.set(pane, at)
    hang(pane, { series: id, slicing: slicing ?? (now.series === id ? now.slicing : ACQUIRED) })
  }
  const current = createMemo(() => seriesIn(active()))
  const opened = createMemo((): CaseSeries | null => library.of(current()?.id ?? ''))

  return {
    ...library,
    list,
    get prior() {
      return prior()
    },
    isPrior,
    get all() {
      return all()
    },
    mates: (id) => (isPrior(id) ? prior() : list),
    active,
    activate: (pane) => void activate(pane),
    in: seriesIn,
    slicing: (pane) => hungIn(pane).slicing,
    setSlicing: (pane, slicing) => hang(pane, { ...untrack(() => hungIn(pane)), slicing }),
    put,
    takePlace: (pane) => {
      const place = places.get(pane) ?? null
      places.delete(pane)
      return place
    },
    current,
    choose: (id, at) => put(untrack(active), id, at ? { at } : {}),
    frames: () => opened()?.frames() ?? null,
    progress: () => opened()?.progress() ?? NOTHING,
    fault: () => opened()?.fault() ?? null,
  }
}

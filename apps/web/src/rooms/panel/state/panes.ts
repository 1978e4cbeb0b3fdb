/**
 * The panes of the image area: how many, what stands in each when a layout is chosen, and which one the hands and keys are on. Window and
 * inversion are the series' and shared by its panes; slice, place and magnification are each pane's own.
 */
import { normalOf, type Plane } from '@consilium/geometry/plane'
import type { Vec3 } from '@consilium/geometry/vec3'
import type { StageEvents } from '@consilium/viewer/scene'
import type { PlaneName, Slicing } from '@consilium/viewer/slicing'
import { Turns } from '@consilium/viewer/turning'
import { volumeOf } from '@consilium/viewer/volume'
import { type Accessor, batch, createComputed, createMemo, createSignal, on, untrack } from 'solid-js'
import { hangingIn, type Layout, type LayoutName, layoutNamed } from '../layout/layouts.ts'
import { type Look, sameLook } from '../layout/look.ts'
import type { Hung, SeriesState } from './series.ts'
import type { StageHandle } from './stageHandle.ts'

/** A place that all panes of one space are asked to show; `by` is the pane it was pointed at in. */
export interface Crosshair {
  readonly at: Vec3
  readonly by: number
}

export interface PaneDraft {
  readonly by: number
  readonly draft: NonNullable<Parameters<StageEvents['onDraft']>[0]>
}

export interface Panes {
  /** As chosen, where there is something to put beside the picture; else one. */
  readonly layout: Accessor<Layout>
  readonly setLayout: (name: LayoutName) => void
  /** A layout with what is to stand in it. */
  readonly hang: (name: LayoutName, hung: readonly Hung[]) => void
  /** Why there is nothing to put beside it. */
  readonly deniedLayout: Accessor<string | null>
  /** Pane that shows a series, the active one if it does; null where none does. */
  readonly showing: (series: string) => number | null
  readonly showingFirst: (series: string | undefined) => number | null
  /** Of the active pane: why its series has no other plane; null where it has. */
  readonly denied: Accessor<string | null>
  /** What the slices as they were taken are called. */
  readonly acquired: Accessor<PlaneName | null>
  readonly slicing: (pane: number) => Slicing
  readonly setSlicing: (pane: number, slicing: Slicing) => void
  /** Turns the plane of a pane about what is a row or a column of it on the screen, through what it shows in its middle; it is an oblique one from then on. */
  readonly turn: (pane: number, about: 'row' | 'column', degrees: number) => void
  readonly active: Accessor<number>
  readonly activate: (pane: number) => void
  /** The next one, or the one before; after the last comes the first. */
  readonly activateBeside: (by: 1 | -1) => void
  readonly isMaximised: Accessor<boolean>
  /** Fills the image area with a pane, or puts all back. */
  readonly toggleMaximised: (pane: number) => void
  /** True where one was maximised. */
  readonly restore: () => boolean
  readonly look: (series: string | undefined) => Look | null
  readonly setLook: (series: string | undefined, look: Look) => void
  /** On the screen in each pane. */
  readonly planes: Accessor<readonly (Plane | null)[]>
  readonly setPlane: (pane: number, plane: Plane | null) => void
  readonly crosshair: Accessor<Crosshair | null>
  readonly point: (crosshair: Crosshair | null) => void
  /** What this reader's hand draws just now, and in which pane. */
  readonly draft: Accessor<PaneDraft | null>
  readonly setDraft: (draft: PaneDraft | null) => void
  readonly stages: Accessor<readonly (StageHandle | null)[]>
  readonly setStage: (pane: number, stage: StageHandle | null) => void
}

export function createPanes(series: SeriesState): Panes {
  const { current, active, activate } = series
  const [chosen, setChosen] = createSignal<LayoutName>('one')
  const [isMaximised, setMaximised] = createSignal(false)
  const [looks, setLooks] = createSignal<ReadonlyMap<string, Look>>(new Map())
  const [planes, setPlanes] = createSignal<readonly (Plane | null)[]>([])
  const [crosshair, setCrosshair] = createSignal<Crosshair | null>(null)
  const [draft, setDraft] = createSignal<PaneDraft | null>(null)
  const [stages, setStages] = createSignal<readonly (StageHandle | null)[]>([])
  const turns = new Map<number, Turns>()

  const volume = createMemo(() => {
    const now = current()
    return now ? volumeOf(now) : 'No series is open.'
  })
  const denied = createMemo(() => {
    const found = volume()
    return typeof found === 'string' ? found : null
  })
  const acquired = createMemo(() => {
    const found = volume()
    return typeof found === 'string' ? null : found.acquired
  })
  const deniedLayout = createMemo(() => (series.all.length > 1 ? null : denied()))
  const layout = createMemo(() => layoutNamed(deniedLayout() === null ? chosen() : 'one'))
  const count = (): number => layout().panes
  const each = (panes: number): number[] => Array.from({ length: panes }, (_, pane) => pane)

  // What was pointed at lies in series that may not be here any more.
  createComputed(
    on(
      () =>
        each(count())
          .map((pane) => series.in(pane)?.id)
          .join(),
      () => setCrosshair(null),
      { defer: true },
    ),
  )

  const showingFirst = (id: string | undefined): number | null =>
    each(count()).find((pane) => series.in(pane)?.id === id) ?? null

  const hang = (name: LayoutName, hung: readonly Hung[]): void =>
    batch(() => {
      hung.forEach((next, pane) => {
        if (next.series !== null) series.put(pane, next.series, { slicing: next.slicing })
      })
      setChosen(name)
      setMaximised(false)
      activate(0)
      setCrosshair(null)
    })
  const setLayout = (name: LayoutName): void => {
    const before = each(count()).map((pane) => ({
      series: series.in(pane)?.id ?? null,
      slicing: series.slicing(pane),
    }))
    const now = { active: active(), acquired: acquired(), series: series.all.map(({ id }) => id) }
    hang(name, hangingIn(layoutNamed(name), before, now))
  }

  return {
    layout,
    setLayout,
    hang,
    deniedLayout,
    showing: (id) => (series.in(active())?.id === id ? active() : showingFirst(id)),
    showingFirst,
    denied,
    acquired,
    slicing: series.slicing,
    setSlicing: series.setSlicing,
    turn: (pane, about, degrees) => {
      // As it is now, also where it has not been painted yet: keys may come faster than pictures.
      const plane = stages()[pane]?.plane()
      const axes = stages()[pane]?.axes()
      if (!plane || !axes || denied() !== null) return
      const own = turns.get(pane) ?? new Turns()
      turns.set(pane, own)
      const normal = own.next(normalOf(plane), about, axes, (degrees * Math.PI) / 180)
      series.setSlicing(pane, { ...series.slicing(pane), kind: 'oblique', normal })
    },
    active,
    activate,
    activateBeside: (by) => activate((active() + by + layout().panes) % layout().panes),
    isMaximised,
    toggleMaximised: (pane) => {
      if (layout().panes === 1) return
      batch(() => {
        activate(pane)
        setMaximised((was) => !was)
      })
    },
    restore: () => {
      const was = isMaximised()
      setMaximised(false)
      return was
    },
    look: (id) => looks().get(id ?? '') ?? null,
    setLook: (id, look) => {
      if (id === undefined) return
      // Whoever scrolls says it with every slice.
      const before = untrack(looks).get(id)
      if (!before || !sameLook(before, look)) setLooks((known) => new Map(known).set(id, look))
    },
    planes,
    setPlane: (pane, plane) => setPlanes((known) => replaced(known, pane, plane)),
    crosshair,
    point: setCrosshair,
    draft,
    setDraft,
    stages,
    setStage: (pane, stage) => setStages((known) => replaced(known, pane, stage)),
  }
}

function replaced<T>(list: readonly (T | null)[], index: number, value: T | null): readonly (T | null)[] {
  const next = Array.from({ length: Math.max(list.length, index + 1) }, (_, i): T | null => list[i] ?? null)
  next[index] = value
  return next
}

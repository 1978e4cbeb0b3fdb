/**
 * The panes of the image area: how many, which way each looks through the series, and which one the hands and keys are on. Window and
 * inversion are the series' and shared by its panes; slice, place and magnification are each pane's own.
 */
import { normalOf, type Plane } from '@consilium/geometry/plane'
import type { Vec3 } from '@consilium/geometry/vec3'
import type { StageEvents, View } from '@consilium/viewer/scene'
import type { SeriesMeta } from '@consilium/viewer/series'
import { ACQUIRED, type PlaneName, type Slicing, sameSlicing } from '@consilium/viewer/slicing'
import { turned } from '@consilium/viewer/turning'
import { volumeOf } from '@consilium/viewer/volume'
import { type Accessor, batch, createEffect, createMemo, createSignal, on } from 'solid-js'
import { type Layout, type LayoutName, layoutNamed, planesFrom } from '../layout/layouts.ts'
import type { StageHandle } from './desk.ts'

/** Of a series, whichever pane changed it. */
export type Look = Pick<View, 'window' | 'inverted'>

/** A place that all panes are asked to show; `by` is the pane it was pointed at in. */
export interface Crosshair {
  readonly at: Vec3
  readonly by: number
}

export interface PaneDraft {
  readonly by: number
  readonly draft: NonNullable<Parameters<StageEvents['onDraft']>[0]>
}

export interface Panes {
  /** As chosen, where the series makes a volume; else one. */
  readonly layout: Accessor<Layout>
  readonly setLayout: (name: LayoutName) => void
  /** Why there is no other plane; null where there is. */
  readonly denied: Accessor<string | null>
  /** What the slices as they were taken are called. */
  readonly acquired: Accessor<PlaneName | null>
  readonly slicing: (pane: number) => Slicing
  readonly setSlicing: (pane: number, slicing: Slicing) => void
  /** Turns the plane of a pane about a line of it, through what it shows in its middle; it is an oblique one from then on. */
  readonly turn: (pane: number, about: 'row' | 'column', degrees: number) => void
  readonly active: Accessor<number>
  readonly activate: (pane: number) => void
  readonly isMaximised: Accessor<boolean>
  /** Fills the image area with a pane, or puts all back. */
  readonly toggleMaximised: (pane: number) => void
  /** True where one was maximised. */
  readonly restore: () => boolean
  readonly look: Accessor<Look | null>
  readonly setLook: (look: Look) => void
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

export function createPanes(current: Accessor<SeriesMeta | null>): Panes {
  const [chosen, setChosen] = createSignal<LayoutName>('one')
  const [slicings, setSlicings] = createSignal<readonly Slicing[]>([])
  const [active, setActive] = createSignal(0)
  const [isMaximised, setMaximised] = createSignal(false)
  const [look, setLook] = createSignal<Look | null>(null)
  const [planes, setPlanes] = createSignal<readonly (Plane | null)[]>([])
  const [crosshair, setCrosshair] = createSignal<Crosshair | null>(null)
  const [draft, setDraft] = createSignal<PaneDraft | null>(null)
  const [stages, setStages] = createSignal<readonly (StageHandle | null)[]>([])

  const volume = createMemo(() => {
    const series = current()
    return series ? volumeOf(series) : 'No series is open.'
  })
  const denied = createMemo(() => {
    const found = volume()
    return typeof found === 'string' ? found : null
  })
  const acquired = createMemo(() => {
    const found = volume()
    return typeof found === 'string' ? null : found.acquired
  })
  const layout = createMemo(() => layoutNamed(denied() === null ? chosen() : 'one'))

  /** Each layout begins with the planes it is for. */
  const hang = (): void => {
    const name = acquired()
    setSlicings(name === null ? [] : planesFrom(name))
  }
  createEffect(
    on(current, () =>
      batch(() => {
        hang()
        setLook(null)
        setCrosshair(null)
        setActive(0)
      }),
    ),
  )

  const setSlicing = (pane: number, slicing: Slicing): void => {
    if (sameSlicing(slicings()[pane] ?? ACQUIRED, slicing)) return
    setSlicings((known) => {
      const next = Array.from({ length: Math.max(known.length, pane + 1) }, (_, i) => known[i] ?? ACQUIRED)
      next[pane] = slicing
      return next
    })
  }

  return {
    layout,
    setLayout: (name) =>
      batch(() => {
        setChosen(name)
        setMaximised(false)
        setActive(0)
        setCrosshair(null)
        if (name !== 'one') hang()
      }),
    denied,
    acquired,
    slicing: (pane) => slicings()[pane] ?? ACQUIRED,
    setSlicing,
    turn: (pane, about, degrees) => {
      // As it is now, also where it has not been painted yet: keys may come faster than pictures.
      const plane = stages()[pane]?.plane()
      if (!plane || denied() !== null) return
      const normal = turned(normalOf(plane), plane[about], (degrees * Math.PI) / 180)
      setSlicing(pane, { ...slicings()[pane], kind: 'oblique', normal })
    },
    active,
    activate: setActive,
    isMaximised,
    toggleMaximised: (pane) => {
      if (layout().panes === 1) return
      batch(() => {
        setActive(pane)
        setMaximised((was) => !was)
      })
    },
    restore: () => {
      const was = isMaximised()
      setMaximised(false)
      return was
    },
    look,
    setLook,
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

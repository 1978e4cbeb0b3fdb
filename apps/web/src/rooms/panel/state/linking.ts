/**
 * Panes that go together: when one is scrolled, moved or magnified by hand, those that show the same space show the same place, as large;
 * series of one modality share their window too, and panes of one series their moment. What lies in another frame of reference stays,
 * unless a person has laid it beside the other by hand: then it goes along at that distance.
 */
import { heightOver, normalOf } from '@consilium/geometry/plane'
import { scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { frameOf, momentOf, placeOf } from '@consilium/viewer/moments'
import type { View } from '@consilium/viewer/scene'
import { createSignal, untrack } from 'solid-js'
import { following, offsetBetween, type Sight } from '../layout/linked.ts'
import { lookOf } from '../layout/look.ts'
import type { Panes } from './panes.ts'
import type { SeriesState } from './series.ts'
import { sameSpace } from './space.ts'

/** By the place in the patient, or by hand at the distance they have. */
export type LinkMode = 'off' | 'place' | 'offset'

export interface Linking {
  readonly mode: () => LinkMode
  readonly setMode: (mode: LinkMode) => void
  /** Why some panes stay where they are, a sentence each. */
  readonly refusals: () => readonly string[]
  /** A pane shows its series from now on: it goes to where the active one is. */
  readonly joined: (pane: number) => void
  /** By hand. */
  readonly moved: (pane: number, view: View) => void
}

interface Anchor {
  readonly series: string
  readonly middle: Vec3
}

export function createLinking(series: SeriesState, panes: Panes): Linking {
  const [mode, setMode] = createSignal<LinkMode>('off')
  let anchors = new Map<number, Anchor>()
  const others = (pane: number): number[] =>
    Array.from({ length: panes.layout().panes }, (_, at) => at).filter((at) => at !== pane)

  const sight = (pane: number): Sight | null => {
    const stage = panes.stages()[pane]
    const [plane, view] = [stage?.plane(), stage?.view()]
    if (!plane || !view) return null
    const middle = subtract(view.center, scale(normalOf(plane), heightOver(plane, view.center)))
    return { plane, middle, mmPerPixel: view.mmPerPixel }
  }
  const share = (a: number, b: number): boolean => {
    const [one, other] = [series.in(a), series.in(b)]
    return one !== null && other !== null && sameSpace(one, other)
  }
  /** From one pane to another; null where they do not go together. */
  const offset = (from: number, to: number): Vec3 | null => {
    if (mode() === 'place') return share(from, to) ? [0, 0, 0] : null
    const [a, b] = [anchors.get(from), anchors.get(to)]
    const stand = a?.series === series.in(from)?.id && b?.series === series.in(to)?.id
    return a && b && stand ? offsetBetween(a.middle, b.middle) : null
  }
  /** What the other shows, at the moment of this one; null where it stays: two moments that were laid beside each other by hand stay two. */
  const inTimeWith = (pane: number, other: number, { frame }: View): number | null => {
    const [own, theirs] = [series.in(pane), panes.stages()[other]?.view()]
    if (mode() !== 'place' || !own || !theirs || own.moments === 1 || own.id !== series.in(other)?.id)
      return null
    return frameOf(placeOf(theirs.frame, own), momentOf(frame, own), own)
  }
  const shareWindow = (pane: number, other: number, view: View): void => {
    const [from, to] = [series.in(pane), series.in(other)]
    const { table } = view.window
    // A table is the file's own.
    if (!from || !to || from.id === to.id || table !== undefined) return
    if (from.modality !== to.modality || from.rescale.unit !== to.rescale.unit) return
    const theirs = panes.stages()[other]?.view()
    if (theirs) panes.setLook(to.id, { ...lookOf(theirs), window: view.window })
  }
  const moved = (pane: number, view: View): void => {
    if (mode() === 'off') return
    const own = sight(pane)
    if (!own) return
    for (const other of others(pane)) {
      const by = offset(pane, other)
      const stage = panes.stages()[other]
      const plane = stage?.plane()
      if (!by || !stage || !plane) continue
      stage.goAlongWith(following(own, plane, by), inTimeWith(pane, other, view))
      shareWindow(pane, other, view)
    }
  }

  return {
    mode,
    setMode: (next) => {
      if (next === 'offset')
        anchors = new Map(
          [panes.active(), ...others(panes.active())].flatMap((pane) => {
            const [middle, id] = [sight(pane)?.middle, series.in(pane)?.id]
            return middle && id !== undefined ? [[pane, { series: id, middle }]] : []
          }),
        )
      setMode(next)
      const view = panes.stages()[panes.active()]?.view()
      if (view) moved(panes.active(), view)
    },
    refusals: () =>
      others(panes.active())
        .filter((pane) => !share(panes.active(), pane))
        .map(
          (pane) =>
            `Pane ${pane + 1} has another frame of reference than pane ${panes.active() + 1}: a millimetre in one is not known to be the same in the other.`,
        ),
    joined: (pane) => {
      const lead = untrack(panes.active)
      const view = pane === lead ? null : untrack(panes.stages)[lead]?.view()
      if (view) untrack(() => moved(lead, view))
    },
    moved,
  }
}

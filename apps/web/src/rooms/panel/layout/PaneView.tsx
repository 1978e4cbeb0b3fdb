/**
 * One pane of the image area: gives its stage the scene and the plane to show, passes on what hands do on it, and says to the others where
 * this reader is while the pane is the active one. The stage draws; this file only connects.
 */
import { afterFrame, notAfterFrame } from '@consilium/viewer/frames'
import type { Scene, Shown, View } from '@consilium/viewer/scene'
import type { SeriesFrames } from '@consilium/viewer/series'
import { Stage } from '@consilium/viewer/stage'
import {
  createEffect,
  createMemo,
  createSignal,
  type JSX,
  on,
  onCleanup,
  onMount,
  Show,
  untrack,
} from 'solid-js'
import { EmptyState } from '../../../parts/states.tsx'
import { isSmooth } from '../display/smoothing.ts'
import { createDrawn } from '../measures/drawn.ts'
import { useDesk } from '../state/desk.ts'
import type { PaneDraft } from '../state/panes.ts'
import { sameSpace } from '../state/space.ts'
import { overSaid } from '../volume/overFollowed.ts'
import { cornerLines } from './corner.ts'
import { acceptSeries } from './dropping.ts'
import { firstFrame } from './firstFrame.ts'
import { handleOf } from './handle.ts'
import { lookOf, sameLook } from './look.ts'
import { createMasksIn } from './masksIn.ts'
import { withDraft, withStroke } from './own.ts'
import { PaneMenu } from './PaneMenu.tsx'
import { paneEvents } from './paneEvents.ts'
import { presenceOf } from './viewOf.ts'

interface PaneViewProps {
  readonly pane: number
  /** Of a series. */
  readonly sceneOf: (series: string) => Scene
  readonly class?: string | undefined
}

/** Keys are meant for this one. */
const MARKED =
  'after:pointer-events-none after:absolute after:inset-0 after:z-10 after:border after:border-ctl'

const NOTHING: Shown = { annotations: 0, drafts: 0, peers: 0 }

export function PaneView(props: PaneViewProps): JSX.Element {
  const desk = useDesk()
  const { choices, people, panes } = desk
  const [shown, setShown] = createSignal(NOTHING)
  const [view, setView] = createSignal<View | null>(null)
  const [isOver, setOver] = createSignal(false)
  let host: HTMLDivElement | undefined
  let stage: Stage | null = null
  // A pane keeps its number for as long as it is there.
  const me = untrack(() => props.pane)
  const isActive = (): boolean => panes.active() === me
  const series = createMemo(() => desk.series.in(me))
  const id = (): string | undefined => series()?.id
  const opened = createMemo(() => desk.series.hold(series()?.id ?? ''))
  const frames = (): SeriesFrames | null => opened()?.frames() ?? null
  const masks = createMasksIn(desk, id)
  const drawn = createDrawn(desk, me)
  /** A place in another pane is one in this pane too. */
  const shares = (pane: number): boolean => {
    const [own, other] = [series(), desk.series.in(pane)]
    return own !== null && other !== null && sameSpace(own, other)
  }

  /** The view after whatever changed it; of the active pane said to the others. */
  const noteView = (): void => {
    const now = stage?.view() ?? null
    setView(now)
    if (!isActive()) return
    desk.setView(now)
    if (now) people.say({ view: { ...presenceOf(now), over: overSaid(desk, now.series) } })
  }

  /** What a hand does is noted once it is on the screen: the picture does not wait for it. */
  const noteLater = (): void => afterFrame(noteView)
  onCleanup(() => notAfterFrame(noteView))

  const events = paneEvents({
    desk,
    pane: me,
    series,
    shown: setShown,
    viewed: (now) => {
      panes.setLook(id(), lookOf(now))
      noteLater()
    },
  })

  onMount(() => {
    if (!host) return
    const made = new Stage(host, events)
    stage = made
    panes.setStage(me, handleOf(made, noteView))
    // Before the stage itself hears of it: the shape begun in another pane is let go.
    const pressed = (): void => {
      const own = panes.draft()
      if (own && own.by !== me) panes.stages()[own.by]?.cancel()
      panes.activate(me)
    }
    host.addEventListener('pointerdown', pressed, { capture: true })
    // Whoever comes by Tab works here too.
    host.addEventListener('focusin', pressed)
    acceptSeries(host, setOver, (dropped) => {
      people.leave()
      panes.activate(me)
      desk.series.put(me, dropped)
    })
    // A pane of another size shows another part of the picture.
    const sized = new ResizeObserver(noteView)
    sized.observe(host)
    onCleanup(() => sized.disconnect())

    createEffect(
      on(frames, (found) => {
        made.setSeries(found, { frame: firstFrame(series(), desk.view()) })
        made.setSlicing(panes.slicing(me))
        const look = panes.look(id())
        if (look) made.setView(look)
        if (found) {
          show(made)
          desk.linking.joined(me)
        }
        noteView()
      }),
    )
    createEffect(
      on(
        () => panes.slicing(me),
        (slicing) => {
          const fault = made.setSlicing(slicing)
          if (fault !== null) desk.setNote(fault)
          noteView()
        },
        { defer: true },
      ),
    )
    // With the first picture a window may be guessed from it.
    createEffect(on(() => (opened()?.progress().here ?? 0) > 0, noteGuess, { defer: true }))
    createEffect(
      on(
        () => panes.look(id()),
        (look) => {
          const now = made.view()
          if (!look || (now && sameLook(look, now))) return
          made.setView(look)
          noteLater()
        },
      ),
    )
    createEffect(on(isActive, (active) => active && noteView(), { defer: true }))
    createEffect(() => made.render(sceneHere()))
    createEffect(() => {
      made.setMasks(masks())
    })
    createEffect(() => {
      frames()
      const fault = made.setOver(desk.fusion.over(id()))
      if (fault !== null) desk.setNote(fault)
      untrack(noteView)
    })
    createEffect(() => made.setValuesDrawn(drawn()))
    createEffect(() => made.setTool(choices.tool()))
    createEffect(() => made.look.setSmooth(isSmooth()))
    // Said once of each series.
    createEffect(() => made.setCorner(me === panes.showingFirst(id()) ? cornerLines(desk, series()) : []))
    createEffect(() => {
      const others = panes
        .planes()
        .slice(0, panes.layout().panes)
        .flatMap((plane, pane) => (plane && pane !== me && shares(pane) ? [{ pane, plane }] : []))
      const crosshair = panes.crosshair()
      made.setGuides(others, crosshair && shares(crosshair.by) ? crosshair.at : null)
    })
    createEffect(
      on(panes.crosshair, (crosshair) => {
        if (!crosshair || crosshair.by === me || !shares(crosshair.by)) return
        made.showPlace(crosshair.at)
        noteView()
      }),
    )
  })
  onCleanup(() => {
    panes.setStage(me, null)
    panes.setPlane(me, null)
    people.say({ cursor: null, draft: null, stroke: null })
    stage?.destroy()
    stage = null
  })

  /** What a pane opens a series with: a place somebody went to, or the view of whom one follows. */
  const show = (made: Stage): void => {
    const place = desk.series.takePlace(me)
    if (place?.view) {
      if (place.view.slicing) panes.setSlicing(me, place.view.slicing)
      made.setView(place.view)
    } else if (place) made.focusOn(place.point, place.frame)
  }
  const noteGuess = (): void => {
    noteView()
    const now = stage?.view()
    if (now && isActive()) panes.setLook(id(), lookOf(now))
  }
  const sceneHere = (): Scene =>
    withStroke(withDraft(props.sceneOf(id() ?? ''), draftHere(), me), desk.painting.ownStroke(), me)
  /** What is drawn in another pane of the same series. */
  const draftHere = (): PaneDraft | null => {
    const own = panes.draft()
    return own && desk.series.in(own.by)?.id === id() ? own : null
  }

  return (
    <div
      ref={(element) => {
        host = element
      }}
      id={isActive() ? 'stage' : undefined}
      data-testid={isActive() ? 'stage' : 'pane'}
      data-pane={me}
      data-slicing={panes.slicing(me).kind}
      data-frame={view()?.frame ?? 0}
      data-series={id()}
      data-frames-here={opened()?.progress().here ?? 0}
      data-moment={desk.past.past()?.seq}
      data-annotations={shown().annotations}
      data-drafts={shown().drafts}
      data-drawn={drawn() ?? undefined}
      data-peers={shown().peers}
      class={`relative min-h-0 min-w-0 overflow-hidden ${(isActive() && panes.layout().panes > 1) || isOver() ? MARKED : ''} ${props.class ?? ''}`}
    >
      <PaneMenu pane={me} />
      <Show when={opened()?.fault()}>
        {(fault) => (
          <div class="absolute inset-0 flex items-center justify-center bg-void">
            <EmptyState title="This series cannot be shown">{fault()}</EmptyState>
          </div>
        )}
      </Show>
    </div>
  )
}

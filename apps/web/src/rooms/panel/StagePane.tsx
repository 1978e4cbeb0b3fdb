/**
 * The image: gives the stage its scene, passes on what hands do on it, and says to the others where this reader is.
 * The stage draws; this file only connects. Its data attributes are for whoever tests or scripts the page.
 */
import type { Presence } from '@consilium/contract/live'
import { annotate, moveVertices } from '@consilium/crdt-schema/acts'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { isPlaced } from '@consilium/viewer/lengths'
import type { StageEvents, View } from '@consilium/viewer/scene'
import { Stage } from '@consilium/viewer/stage'
import { createEffect, createMemo, type JSX, on, onCleanup, onMount, Show } from 'solid-js'
import { mm } from '../../format.ts'
import { EmptyState } from '../../parts/states.tsx'
import { BlameCard } from './blame/BlameCard.tsx'
import { Peeking } from './Peeking.tsx'
import { type Desk, type StageHandle, useDesk } from './state/desk.ts'
import { createScene, onFrame } from './state/scene.ts'
import { MomentPane } from './timeline/MomentPane.tsx'

export function StagePane(): JSX.Element {
  const desk = useDesk()
  const { series, choices, people, view } = desk
  const scene = createScene(desk)
  let host: HTMLDivElement | undefined
  let stage: Stage | null = null

  /** The view after whatever changed it; said to the others. */
  const noteView = (): void => {
    const now = stage?.view() ?? null
    desk.setView(now)
    if (now) people.say({ view: presenceOf(now) })
  }

  const events: StageEvents = {
    onDraft: (draft) => {
      desk.setDrawing(draft?.kind ?? null)
      const current = series.current()
      people.say({
        draft:
          draft && current
            ? {
                ...draft,
                points: draft.points.map(([x, y, z]) => [x, y, z]),
                label: choices.label(),
                series: current.id,
              }
            : null,
      })
    },
    onCreate: (draft) => {
      const certainty = choices.certainty()
      const made = desk.act(annotate, {
        ...draft,
        label: choices.label(),
        ...(certainty ? { certainty } : {}),
      })
      if (made !== undefined) choices.select(made)
    },
    onMove: (id, moves) => void desk.act(moveVertices, id, moves),
    onSelect: (id) => {
      choices.select(id)
      if (id !== null) choices.setTab('annotations')
    },
    onOpenPin: (id) => {
      if (id !== '') choices.openThread(id)
    },
    onPlacePin: (at, frame, annotation) => placePin(desk, at, frame, annotation),
    onProbe: (probe) => {
      desk.setProbe(probe)
      const current = series.current()
      const [x, y, z] = probe?.at ?? [0, 0, 0]
      people.say({
        cursor: probe && current ? { at: [x, y, z], series: current.id, frame: probe.frame } : null,
      })
    },
    onFault: (sentence) => desk.setNote(sentence),
    onView: () => {
      people.leave()
      noteView()
    },
  }

  onMount(() => {
    if (!host) return
    const made = new Stage(host, events)
    stage = made
    desk.setStage(handleOf(made, noteView))
    // A pane of another size shows another part of the picture.
    const sized = new ResizeObserver(noteView)
    sized.observe(host)
    onCleanup(() => sized.disconnect())
    const pendingView: { view: View | null } = { view: null }

    createEffect(
      on(series.frames, (frames) => {
        const first = series.current()
        // The middle slice of the first moment; a film from its beginning.
        made.setSeries(frames, { frame: Math.floor((first?.slices ?? 1) / 2) })
        const waiting = pendingView.view
        if (frames && waiting?.series === first?.id && waiting) {
          pendingView.view = null
          made.setView(waiting)
        }
        const place = series.takePlace()
        if (frames && place) made.focusOn(place.point, place.frame)
        noteView()
      }),
    )
    // With the first picture a window may be guessed from it.
    createEffect(on(() => series.progress().here > 0, noteView, { defer: true }))
    createEffect(() => made.render(scene()))
    createEffect(() => made.setTool(choices.tool()))
    createEffect(() => made.setCorner(cornerLines(desk)))
    people.onView((theirs) => {
      if (theirs.series === series.current()?.id) {
        made.setView(theirs)
        noteView()
      } else if (series.list.some((one) => one.id === theirs.series)) {
        pendingView.view = theirs
        series.choose(theirs.series)
      }
    })
  })
  onCleanup(() => {
    desk.setStage(null)
    people.say({ cursor: null, draft: null })
    stage?.destroy()
    stage = null
  })

  const frame = (): number => view()?.frame ?? 0
  const drawn = createMemo(() => onFrame(scene().annotations, frame()).length)
  const peersHere = createMemo(() => scene().peers.filter((peer) => peer.frame === frame()).length)

  return (
    <div class="relative flex min-h-0 flex-1 bg-void">
      <Show when={desk.comparison.from() !== null && desk.comparison.look() === 'side'}>
        <MomentPane />
      </Show>
      <div class="relative min-w-0 flex-1">
        <div
          ref={(element) => {
            host = element
          }}
          id="stage"
          data-testid="stage"
          data-frame={frame()}
          data-frames-here={series.progress().here}
          data-moment={desk.past.past()?.seq}
          data-annotations={drawn()}
          data-drafts={scene().drafts.filter((draft) => draft.frame === frame()).length}
          data-peers={peersHere()}
          class="absolute inset-0 overflow-hidden"
        />
        <Peeking />
        <Show when={desk.blame.pointed()} keyed>
          {(vertex) => <BlameCard vertex={vertex} />}
        </Show>
        <Show when={series.fault()}>
          {(fault) => (
            <div class="absolute inset-0 flex items-center justify-center bg-void">
              <EmptyState title="This series cannot be shown">{fault()}</EmptyState>
            </div>
          )}
        </Show>
      </div>
    </div>
  )
}

function placePin(
  desk: Desk,
  at: readonly [number, number, number],
  frame: number,
  annotation: EntryKey | null,
): void {
  const series = desk.series.current()
  if (!series) return
  const denied = desk.rights.denied('threads')
  if (denied !== null) {
    desk.setNote(denied)
    return
  }
  desk.choices.openThread(null)
  desk.choices.setPin({ series: series.id, frame, point: at, annotation })
  desk.choices.setTab('discussion')
  desk.choices.setTool('select')
}

function cornerLines({ kase, series }: Desk): string[] {
  const current = series.current()
  if (!current) return [kase.key]
  const spacing = current.spacing.slice
  const part = current.bodyPart === '' ? '' : ` ${current.bodyPart.toLowerCase()}`
  const place =
    series.list.length > 1 ? `Series ${series.list.indexOf(current) + 1} of ${series.list.length}` : ''
  const thickness = spacing === null || !isPlaced(current) ? '' : mm(spacing)
  const lossy = current.lossy ? 'Lossy' : ''
  return [
    [kase.key, `${current.modality}${part}`.trim()].filter(Boolean).join(' · '),
    [place, thickness, lossy].filter(Boolean).join(' · '),
  ].filter(Boolean)
}

function presenceOf({ center: [x, y, z], ...view }: View): NonNullable<Presence['view']> {
  return { ...view, center: [x, y, z] }
}

const handleOf = (stage: Stage, noteView: () => void): StageHandle => ({
  setView: (view) => {
    stage.setView(view)
    noteView()
  },
  setFrame: (frame) => stage.setFrame(frame),
  step: (slices) => stage.step(slices),
  goAlong: (to) => stage.goAlong(to),
  stepInTime: (moments) => stage.stepInTime(moments),
  togglePlay: () => stage.togglePlay(),
  focusOn: (at, frame) => stage.focusOn(at, frame),
  setWindow: (window) => stage.setWindow(window),
  zoomBy: (factor) => stage.zoomBy(factor),
  fit: () => stage.fit(),
  invert: () => stage.invert(),
  hold: (tool) => stage.hold(tool),
  cancel: () => stage.cancel(),
  finish: () => stage.finish(),
  deleteLastVertex: () => stage.deleteLastVertex(),
  placePinHere: () => stage.placePinHere(),
})

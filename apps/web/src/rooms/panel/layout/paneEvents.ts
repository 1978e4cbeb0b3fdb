/**
 * What hands do on a pane, passed on: to the record what is made and moved, to the others what is being drawn and pointed at, to the other
 * panes what they go along with. Nothing is drawn here, and nothing decided.
 */
import type { Series } from '@consilium/contract/studies'
import { annotate, moveVertices } from '@consilium/crdt-schema/acts'
import { afterFrame, notAfterFrame } from '@consilium/viewer/frames'
import type { Shown, StageEvents, View } from '@consilium/viewer/scene'
import { onCleanup } from 'solid-js'
import type { Desk } from '../state/desk.ts'
import { placePin } from './pin.ts'
import { placed } from './viewOf.ts'

interface Pane {
  readonly desk: Desk
  readonly pane: number
  readonly series: () => Series | null
  readonly shown: (counts: Shown) => void
  /** Its view was changed by hand. */
  readonly viewed: (now: View) => void
}

export function paneEvents({ desk, pane: me, series, shown, viewed }: Pane): StageEvents {
  const { choices, people, panes } = desk
  // Which pane keys are meant for is shown in lists and words: the picture that was asked for does not wait for them.
  const activate = (): void => panes.activate(me)
  onCleanup(() => notAfterFrame(activate))
  return {
    onDraft: (draft) => {
      desk.setDrawing(draft?.kind ?? null)
      panes.setDraft(draft && { by: me, draft })
      const current = series()
      people.say({
        draft:
          draft && current
            ? {
                ...draft,
                normal: placed(draft.normal),
                points: draft.points.map(placed),
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
    onPaint: desk.painting.paint,
    onPaintDraft: (stroke) => {
      desk.painting.setOwnStroke(stroke && { by: me, stroke })
      desk.painting.sayStroke(stroke)
    },
    onPickSegment: (segment) => desk.painting.choose(segment),
    onSeed: desk.painting.operations.seed,
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
      const current = series()
      people.say({
        cursor: probe && current ? { at: placed(probe.at), series: current.id, frame: probe.frame } : null,
      })
    },
    onFault: (sentence) => desk.setNote(sentence),
    onPlane: (plane) => panes.setPlane(me, plane),
    onShown: shown,
    onPicture: (on) => desk.twin.meet(me, on),
    onPoint: (at) => panes.layout().panes > 1 && panes.point({ at, by: me }),
    onTurnPlane: (pane, normal, at) => {
      people.leave()
      panes.setSlicing(pane, { ...panes.slicing(pane), kind: 'oblique', normal })
      panes.stages()[pane]?.showPlace(at)
    },
    onShiftPlane: (pane, at) => {
      people.leave()
      panes.stages()[pane]?.showPlace(at)
    },
    onMaximise: () => panes.toggleMaximised(me),
    onView: (now) => {
      people.leave()
      if (panes.active() !== me) afterFrame(activate)
      viewed(now)
      desk.linking.moved(me, now)
    },
  }
}

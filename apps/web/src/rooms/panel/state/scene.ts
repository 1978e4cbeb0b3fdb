/**
 * What the stage is to show, as one memo: annotations that are neither hidden nor retired, peers' drafts and cursors, comment pins.
 * Each annotation's part keeps its identity while nothing about it changes, so that the stage redraws only what did.
 */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import type { Scene, SceneAnnotation, ScenePin } from '@consilium/viewer/scene'
import { type Accessor, createMemo, mapArray } from 'solid-js'
import { labelColour, personColour } from '../../../parts/colours.ts'
import { sceneDrafts, scenePeers } from '../../../session/drafts.ts'
import type { Desk } from './desk.ts'
import { onionSkin, type Skin } from './skin.ts'

export function createScene(desk: Desk): Accessor<Scene> {
  const others = createMemo(() => desk.people.peers().filter((peer) => peer.user.id !== desk.me.id))
  const colourOf = (peer: { readonly user: { readonly colour: number } }): string =>
    personColour(peer.user.colour)

  const held = createMemo(() => {
    const holders = new Map<EntryKey, string[]>()
    for (const peer of others()) {
      if (peer.selection === null) continue
      const colours = holders.get(peer.selection) ?? []
      if (!colours.includes(colourOf(peer))) holders.set(peer.selection, [...colours, colourOf(peer)])
    }
    return holders
  })

  const partOf = (id: EntryKey): Accessor<SceneAnnotation | null> => {
    const annotation = createMemo(() => desk.shelves().annotations.get(id))
    const heldBy = createMemo(() => held().get(id) ?? NOBODY, NOBODY, { equals: sameList })
    const isEditable = createMemo(() => desk.rights.deniedChange(id, 'vertices') === null)
    const isDisputed = createMemo(() => desk.talk.verdict(id) === 'disputed')
    return createMemo((): SceneAnnotation | null => {
      const value = annotation()
      if (!value || value.retired !== null || desk.choices.isHidden(id)) return null
      return {
        annotation: value,
        colour: labelColour(desk.labelNumber(value.label)),
        title: desk.labelTitle(value.label),
        heldBy: heldBy(),
        disputed: isDisputed(),
        editable: isEditable(),
      }
    })
  }
  const inSeries = (shown: SceneAnnotation | null): shown is SceneAnnotation =>
    shown !== null && shown.annotation.source.series === desk.series.current()?.id

  // In groups, so that a change of one annotation asks those of its group, not ten thousand.
  const keys = createMemo(() => desk.shelves().annotations.keys())
  const groups = mapArray(
    () => Array.from({ length: Math.ceil(keys().length / GROUP) }, (_, group) => group),
    (group) => {
      const parts = mapArray(() => keys().slice(group * GROUP, (group + 1) * GROUP), partOf)
      return createMemo(() =>
        parts()
          .map((part) => part())
          .filter(inSeries),
      )
    },
  )
  const annotations = createMemo(() => groups().flatMap((group) => group()))

  const pins = createMemo((): ScenePin[] => {
    const series = desk.series.current()?.id
    const list = desk.talk.summaries().filter(({ thread }) => thread.anchor.series === series)
    const written = desk.choices.pin()
    const shown: ScenePin[] = list.map(({ thread, comments, decision }) => ({
      id: thread.id,
      at: thread.anchor.point,
      frame: thread.anchor.frame,
      count: comments.length,
      disputed: thread.about === 'dispute' && decision === null,
      resolved: thread.resolved || decision !== null,
    }))
    // Where a comment is being written right now.
    if (written?.series === series && written)
      shown.push({
        id: '',
        at: written.point,
        frame: written.frame,
        count: 0,
        disputed: false,
        resolved: false,
      })
    return shown
  })

  const skin = createMemo(() => skinOf(desk, annotations()))

  return createMemo((): Scene => {
    const series = desk.series.current()?.id ?? ''
    const inPast = desk.past.isPast()
    const compared = skin()
    return {
      annotations: compared?.annotations ?? annotations(),
      drafts: compared?.drafts ?? (inPast ? [] : sceneDrafts(others(), series, colourOf)),
      peers: inPast ? [] : scenePeers(others(), series, colourOf),
      pins: pins(),
      selection: desk.choices.selection(),
      readOnly: desk.rights.denied('annotations') !== null,
      mayComment: desk.rights.denied('threads') === null,
      label: desk.choices.label(),
      labelColour: labelColour(desk.labelNumber(desk.choices.label())),
    }
  })
}

/** Null while no moment lies upon the one shown. */
function skinOf(desk: Desk, now: readonly SceneAnnotation[]): Skin | null {
  const { comparison, series, view, choices, labelNumber } = desk
  const then = comparison.records()?.shelves.annotations
  const frame = view()?.frame
  if (!then || frame === undefined || comparison.from() === null || comparison.look() !== 'onion') return null
  return onionSkin({
    before: then
      .all()
      .filter(
        ({ id, source, retired }) =>
          source.frame === frame &&
          source.series === series.current()?.id &&
          retired === null &&
          !choices.isHidden(id),
      ),
    now,
    frame,
    mix: comparison.mix(),
    colourOf: (label) => labelColour(labelNumber(label)),
  })
}

const GROUP = 128
const NOBODY: readonly string[] = []
const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i])

/** Those of the slice, for counting. */
export const onFrame = (annotations: readonly SceneAnnotation[], frame: number): readonly Annotation[] =>
  annotations
    .filter(({ annotation }) => annotation.source.frame === frame)
    .map(({ annotation }) => annotation)

/**
 * What the stage is to show, as one memo: annotations that are neither hidden nor retired, peers' drafts and cursors, comment pins.
 * Each annotation's part keeps its identity while nothing about it changes, so that the stage redraws only what did.
 */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import type { Scene, SceneAnnotation, SceneDraft, ScenePin } from '@consilium/viewer/scene'
import { type Accessor, createMemo, mapArray } from 'solid-js'
import { labelColour, personColour } from '../../../parts/colours.ts'
import { sceneDrafts, scenePeers } from '../../../session/drafts.ts'
import type { Desk } from './desk.ts'

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

  const parts = mapArray(
    () => desk.shelves().annotations.keys(),
    (id) => {
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
    },
  )

  const annotations = createMemo(() => {
    const series = desk.series.current()?.id
    return parts().flatMap((part) => {
      const shown = part()
      return shown && shown.annotation.source.series === series ? [shown] : []
    })
  })

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

  const skin = createMemo(() => onionSkin(desk))

  return createMemo((): Scene => {
    const series = desk.series.current()?.id ?? ''
    const inPast = desk.past.past() !== null
    return {
      annotations: annotations(),
      drafts: inPast || skin().length > 0 ? skin() : sceneDrafts(others(), series, colourOf),
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

/** What differs from moment 1, as it was then: dashed, upon the moment shown. */
function onionSkin({ comparison, labelNumber }: Desk): readonly SceneDraft[] {
  const then = comparison.records()?.shelves.annotations
  if (!then || comparison.from() === null || comparison.look() !== 'onion') return []
  return (comparison.differences() ?? []).flatMap(({ root, entry, geometry, change }): SceneDraft[] => {
    const annotation = root === 'annotations' ? then.get(entry) : undefined
    if (!annotation || annotation.retired !== null || (geometry === null && change === 'changed')) return []
    return [
      {
        id: `1 ${entry}`,
        kind: annotation.kind,
        frame: annotation.source.frame,
        points: annotation.vertices.map(({ at }) => at),
        colour: labelColour(labelNumber(annotation.label)),
        name: '1',
        replaces: null,
      },
    ]
  })
}

const NOBODY: readonly string[] = []
const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i])

/** Those of the slice, for counting. */
export const onFrame = (annotations: readonly SceneAnnotation[], frame: number): readonly Annotation[] =>
  annotations
    .filter(({ annotation }) => annotation.source.frame === frame)
    .map(({ annotation }) => annotation)

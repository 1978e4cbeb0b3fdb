/**
 * What the stage is to show, as one memo: annotations that are neither hidden nor retired, peers' drafts and cursors, comment pins.
 * Each annotation's part keeps its identity while nothing about it changes, so that the stage redraws only what did.
 */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import type { Scene, SceneAnnotation, ScenePin } from '@consilium/viewer/scene'
import { type Accessor, createMemo, untrack } from 'solid-js'
import { labelColour, personColour } from '../../../parts/colours.ts'
import { sceneDrafts, scenePeers } from '../../../session/drafts.ts'
import type { Peer } from '../../../session/presence.ts'
import type { Shelves } from '../../../session/records.ts'
import { valued } from '../measures/valued.ts'
import type { Desk } from './desk.ts'
import { type MakePart, Parts, sameList } from './parts.ts'
import { onionSkin, type Skin } from './skin.ts'
import type { Verdict } from './threads.ts'

/** Of one series. */
export function createScene(desk: Desk, series: string): Accessor<Scene> {
  const isPrior = desk.series.isPrior(series)
  const others = createMemo(() => desk.people.peers().filter((peer) => peer.user.id !== desk.me.id))
  const colourOf = (peer: { readonly user: { readonly colour: number } }): string =>
    personColour(peer.user.colour)

  const held = createMemo(() => heldBy(others(), colourOf), NO_HOLDERS, { equals: sameHolders })
  /** Another one where anything but the annotation itself may have changed what becomes of it. */
  const partOf = createMemo(() =>
    partMaker(desk, {
      series,
      hidden: desk.choices.hidden(),
      verdicts: desk.talk.verdicts(),
      holders: held(),
    }),
  )
  const board = createMemo((before: Board | null): Board => {
    const shelf = desk.shelves().annotations
    const make = partOf()
    const { version, keys } = shelf.changedSince(before?.shelf === shelf ? before.version : null)
    const parts = before && keys ? before.parts : new Parts()
    const again = keys ? (before?.make === make ? keys : [...keys, ...shelf.keys()]) : shelf.keys()
    // What changed is known: to listen to each of ten thousand would cost more than to look at it.
    untrack(() => {
      for (const key of again) parts.put(key, shelf.get(key), make)
    })
    return { shelf, make, version, parts }
  }, null)
  const annotations = valued(
    desk,
    createMemo(() => board().parts.list()),
  )

  const pins = createMemo((): ScenePin[] => {
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

  const skin = createMemo(() => skinOf(desk, series, annotations()))
  const isMovable = (id: EntryKey): boolean => desk.rights.deniedChange(id, 'vertices') === null
  const mayMoveSelected = createMemo(() => {
    const id = desk.choices.selection()
    return id !== null && isMovable(id)
  })
  /** Of what is selected it is seen: it is asked anew once the answer is another. */
  const mayMove = createMemo(() => {
    mayMoveSelected()
    return (id: EntryKey): boolean => isMovable(id)
  })

  // While nobody draws it is one and the same list: whoever only points changes nothing else of a scene.
  const drafts = createMemo(() => {
    const drawn = sceneDrafts(others(), series, colourOf)
    return drawn.length > 0 ? drawn : NO_DRAFTS
  })

  return createMemo((): Scene => {
    const inPast = desk.past.isPast()
    const compared = skin()
    return {
      annotations: compared?.annotations ?? annotations(),
      drafts: compared?.drafts ?? (inPast ? NO_DRAFTS : drafts()),
      peers: inPast ? [] : scenePeers(others(), series, colourOf),
      pins: pins(),
      selection: desk.choices.selection(),
      readOnly: isPrior || desk.rights.denied('annotations') !== null,
      mayComment: !isPrior && desk.rights.denied('threads') === null,
      mayMove: mayMove(),
      label: desk.choices.label(),
      labelColour: labelColour(desk.labelNumber(desk.choices.label())),
      ...paintOf(desk, series),
    }
  })
}

/** Absent where nothing is painted: one paints in the series of the active pane. */
const paintOf = ({ painting, series }: Desk, id: string): Pick<Scene, 'paint'> => {
  const paint = series.current()?.id === id ? painting.scene() : undefined
  return paint ? { paint } : {}
}

/** Null while no moment lies upon the one shown. */
function skinOf(desk: Desk, series: string, now: readonly SceneAnnotation[]): Skin | null {
  const { comparison, view, choices, labelNumber } = desk
  const then = comparison.records()?.shelves.annotations
  const frame = view()?.series === series ? view()?.frame : undefined
  if (!then || frame === undefined || comparison.from() === null || comparison.look() !== 'onion') return null
  return onionSkin({
    before: then
      .all()
      .filter(
        ({ id, source, retired }) =>
          source.frame === frame && source.series === series && retired === null && !choices.isHidden(id),
      ),
    now,
    frame,
    mix: comparison.mix(),
    colourOf: (label) => labelColour(labelNumber(label)),
  })
}

interface Board {
  readonly shelf: Shelves['annotations']
  readonly make: MakePart
  readonly version: number
  readonly parts: Parts
}

type Holders = ReadonlyMap<EntryKey, readonly string[]>

interface Around {
  readonly series: string
  readonly hidden: ReadonlySet<EntryKey>
  readonly verdicts: ReadonlyMap<EntryKey, Verdict>
  readonly holders: Holders
}

const partMaker =
  ({ labelNumber, labelTitle }: Desk, { series, hidden, verdicts, holders }: Around): MakePart =>
  (annotation) => {
    const { id, label, retired, source } = annotation
    if (retired !== null || source.series !== series || hidden.has(id)) return null
    return {
      annotation,
      colour: labelColour(labelNumber(label)),
      title: labelTitle(label),
      heldBy: holders.get(id) ?? NOBODY,
      disputed: verdicts.get(id) === 'disputed',
    }
  }

const NOBODY: readonly string[] = []
const NO_DRAFTS: Scene['drafts'] = []
const NO_HOLDERS: Holders = new Map()

/** Colours of those who have it selected. */
function heldBy(peers: readonly Peer[], colourOf: (peer: Peer) => string): Holders {
  const holders = new Map<EntryKey, string[]>()
  for (const peer of peers) {
    if (peer.selection === null) continue
    const colours = holders.get(peer.selection) ?? []
    if (!colours.includes(colourOf(peer))) holders.set(peer.selection, [...colours, colourOf(peer)])
  }
  return holders
}

/** A peer's cursor moves many times a second, and changes nothing here. */
const sameHolders = (a: Holders, b: Holders): boolean =>
  a.size === b.size && [...a].every(([id, colours]) => sameList(colours, b.get(id) ?? NOBODY))

/** Those of the slice, for counting. */
export const onFrame = (annotations: readonly SceneAnnotation[], frame: number): readonly Annotation[] =>
  annotations
    .filter(({ annotation }) => annotation.source.frame === frame)
    .map(({ annotation }) => annotation)

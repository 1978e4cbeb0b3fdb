/**
 * "Who made this": while it is on, the vertex pointed at, or else the chosen annotation, is asked about, as of the moment shown. What was
 * pointed at stays until something else is, so that one can go to what is told about it.
 */
import type { Blame } from '@consilium/contract/history'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import type { Probe, View } from '@consilium/viewer/scene'
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import { api } from '../../../api.ts'
import type { Shelves } from '../../../session/records.ts'
import { type PointedVertex, vertexNear } from '../blame/credits.ts'

export interface BlameState {
  readonly isOn: Accessor<boolean>
  readonly toggle: () => void
  readonly pointed: Accessor<PointedVertex | null>
  readonly letGo: () => void
  /** Points at the next vertex of the annotation that is asked about, in drawing order, or the one before. */
  readonly step: (direction: 1 | -1) => void
  /** Whose blame it is: of what is pointed at, or chosen. */
  readonly subject: Accessor<EntryKey | null>
  /** Null while it is on its way. */
  readonly blame: Accessor<Blame | null>
  readonly fault: Accessor<unknown>
}

interface BlameParts {
  readonly document: string
  readonly moment: Accessor<number>
  readonly shelves: Accessor<Shelves>
  readonly selection: Accessor<EntryKey | null>
  readonly probe: Accessor<Probe | null>
  readonly view: Accessor<View | null>
  readonly isHidden: (id: EntryKey) => boolean
}

/** As near as a handle is grabbed, CSS pixels. */
const REACH_PX = 9
const STILL_MS = 120

export function createBlame(parts: BlameParts): BlameState {
  const [isOn, setOn] = createSignal(false)
  const [pointed, setPointed] = createSignal<PointedVertex | null>(null, {
    equals: (a, b) => a?.annotation === b?.annotation && a?.key === b?.key,
  })
  const [blame, setBlame] = createSignal<Blame | null>(null)
  const [fault, setFault] = createSignal<unknown>(null)
  const subject = createMemo(() => (isOn() ? (pointed()?.annotation ?? parts.selection()) : null))

  createEffect(
    on([isOn, parts.probe], ([active, probe]) => {
      const view = parts.view()
      if (!active || !probe || !view) return
      const here = parts
        .shelves()
        .annotations.all()
        .filter(
          ({ id, source, retired }) =>
            source.series === view.series &&
            source.frame === probe.frame &&
            retired === null &&
            !parts.isHidden(id),
        )
      const near = vertexNear(here, probe.at, REACH_PX * view.mmPerPixel)
      if (near) setPointed(near)
    }),
  )
  createEffect(on([parts.selection, isOn], () => setPointed(null), { defer: true }))
  createEffect(
    on([subject, parts.moment], ([entry, at]) => {
      setBlame(null)
      setFault(null)
      if (entry === null) return
      const stop = new AbortController()
      const still = setTimeout(() => {
        api.blame(parts.document, entry, at, stop.signal).then(
          (made) => stop.signal.aborted || setBlame(() => made),
          (error: unknown) => stop.signal.aborted || setFault(() => error),
        )
      }, STILL_MS)
      onCleanup(() => {
        clearTimeout(still)
        stop.abort()
      })
    }),
  )

  return {
    isOn,
    toggle: () => setOn(!isOn()),
    pointed,
    letGo: () => setPointed(null),
    step: (direction) => {
      const entry = subject()
      const vertices = entry === null ? undefined : parts.shelves().annotations.get(entry)?.vertices
      if (entry === null || !vertices || vertices.length === 0) return
      const here = vertices.findIndex(({ key }) => key === pointed()?.key)
      const from = here === -1 && direction === -1 ? 0 : here
      const index = (from + direction + vertices.length) % vertices.length
      setPointed({ annotation: entry, key: vertices[index]?.key ?? '', place: index + 1 })
    },
    subject,
    blame,
    fault,
  }
}

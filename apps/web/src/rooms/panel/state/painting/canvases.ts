/** The voxels in view: those of now, or while one looks at a moment of the past, those of then. */
import type { EntryKey } from '@consilium/crdt-schema/entry'
import type { MaskEngine } from '@consilium/crdt-schema/painting/engine'
import type { FoundAct } from '@consilium/crdt-schema/painting/feed'
import type { Grid } from '@consilium/geometry/raster/grid'
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import type * as Y from 'yjs'
import type { Canvas } from '../../../../session/masks/canvas.ts'
import { LiveMasks } from '../../../../session/masks/live.ts'
import { MomentMasks } from '../../../../session/masks/moment.ts'
import type { LiveDocument } from '../document.ts'
import type { PastState } from '../past.ts'
import type { WrittenState } from './written.ts'

export type Statistics = NonNullable<ReturnType<MaskEngine['statistics']>>

export interface Canvases {
  /** Of now; null where the series has no masks. */
  readonly live: Accessor<LiveMasks | null>
  readonly shown: Accessor<Canvas | null>
  /** Another value whenever what was painted is counted anew. Tracked. */
  readonly counted: Accessor<number>
  /** Null while they are being counted. Tracked. */
  readonly statistics: (segment: EntryKey) => Statistics | null
  /** Voxels by clientID; null while they are being counted. Tracked. */
  readonly authors: (segment: EntryKey) => ReadonlyMap<number, number> | null
  readonly found: (client: number, lamport: number) => FoundAct | null
}

export interface CanvasParts {
  readonly document: LiveDocument
  readonly doc: Accessor<Y.Doc>
  /** Archives that are not here: without them nothing is counted. Tracked. */
  readonly missing: Accessor<number>
  readonly series: Accessor<string | null>
  /** Null where the series has none. */
  readonly grid: Accessor<Grid | null>
  readonly past: PastState
  readonly written: WrittenState
}

export function createCanvases(parts: CanvasParts): Canvases {
  const { document, doc, series, grid, past, written, missing } = parts
  const { records } = document

  const live = createMemo((): LiveMasks | null => {
    const [id, on] = [series(), grid()]
    if (id === null || !on) return null
    const made = new LiveMasks(doc(), id, on)
    onCleanup(() => made.close())
    return made
  })
  createEffect(on([records.shelves.annotations.keys, live], ([, masks]) => masks?.retry()))

  const moment = createMemo((): MomentMasks | null => {
    const [id, on, now] = [series(), grid(), live()]
    if (!past.isPast() || id === null || !on || !now) return null
    const made = new MomentMasks({
      doc: doc(),
      series: id,
      grid: on,
      acts: () => now.record.acts,
      seqOf: written.seqOf,
    })
    onCleanup(() => made.close())
    return made
  })
  createEffect(() => {
    if (past.isPast()) written.want()
    written.known()
    moment()?.show(past.past()?.seq ?? 0)
  })
  const shown = createMemo((): Canvas | null => (moment() ?? live())?.canvas ?? null)

  const [counted, setCounted] = createSignal(0)
  createEffect(
    on(shown, (canvas) => {
      setCounted((n) => n + 1)
      if (canvas) onCleanup(canvas.settled.on(() => void setCounted((n) => n + 1)))
    }),
  )
  return {
    live,
    shown,
    counted,
    statistics: (segment) => {
      counted()
      return missing() > 0 ? null : (shown()?.engine.statistics(segment) ?? null)
    },
    authors: (segment) => {
      counted()
      return missing() > 0 ? null : (shown()?.engine.authors(segment) ?? null)
    },
    found: (client, lamport) => live()?.record.find({ client, lamport }) ?? null,
  }
}

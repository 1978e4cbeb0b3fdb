/**
 * Worker thread: works out what has to be written so that a document is what it was. Made for one restore and then gone. It gets the past
 * and the present while others go on editing, finds what differs, and then, when nobody edits for a moment, the few rows that came since:
 * only what they touched is looked at again. Knows neither database nor people.
 */
import { parentPort } from 'node:worker_threads'
import { ActFault, differs, type Place, restore, restorePainting } from '@consilium/crdt-schema/acts'
import { readEntry, watch } from '@consilium/crdt-schema/changes'
import type { Grid } from '@consilium/geometry/raster/grid'
import * as Y from 'yjs'
import { updatesIn } from '../journal/pages.ts'
import { readArchives } from './painted.ts'
import { Projection } from './project.ts'

/** The whole document (Yjs update, format 1), or, where one entry is wanted, the rows that touched it until then (pages.ts). */
export type Moment = Uint8Array | readonly Uint8Array[]

/** First. */
export interface Compare {
  readonly past: Moment
  readonly present: Moment
  /** This one only; null: all annotations. */
  readonly place: Place | null
  /** Files that hold acts of painting, by the revision whose lanes they hold. */
  readonly archives?: readonly (readonly [revision: number, file: Uint8Array])[]
}
export interface Compared {
  /** False where there is no such entry. */
  readonly known: boolean
}

/** Then, once. */
export interface Write {
  /** What was changed meanwhile (pages.ts); of one entry only what touched it. */
  readonly since: readonly Uint8Array[]
  /** Nobody else writes under it. */
  readonly client: number
  readonly reason: string
  /** What it takes to restore painting; absent: it is left as it is. */
  readonly painting?: PaintParts
}
export interface PaintParts {
  /** clientIDs of whoever restores. */
  readonly own: readonly number[]
  /** By series. */
  readonly grids: readonly (readonly [series: string, grid: Grid | null])[]
}
export interface Written {
  /** Null where nothing differs. */
  readonly update: Uint8Array | null
}

/** In place of that, where it cannot be: why, in a sentence. */
export interface Unrestorable {
  readonly fault: string
}

export class Restoring {
  #past = new Y.Doc()
  #present = new Y.Doc()
  #apply: (updates: Iterable<Uint8Array>) => void = () => undefined
  readonly #differing = new Map<string, Place>()
  #place: Place | null = null

  compare({ past, present, place, archives = [] }: Compare): Compared {
    this.#place = place
    this.#past = open(past).ydoc
    ;({ ydoc: this.#present, apply: this.#apply } = open(present))
    for (const ydoc of [this.#past, this.#present]) readArchives(ydoc, new Map(archives))
    const root = place?.root ?? 'annotations'
    const ids = place ? [place.id] : [...this.#present.getMap(root).keys()]
    for (const id of ids) this.#keep({ root, id })
    watch(this.#present, (change) => {
      if (change.root !== root) return
      for (const id of [...change.added, ...change.changed])
        if (place === null || place.id === id) this.#keep({ root, id })
    })
    return { known: place === null || this.#present.getMap(root).has(place.id) }
  }

  write({ since, client, reason, painting }: Write): Written | Unrestorable {
    this.#apply(updatesIn(since))
    this.#present.clientID = client
    let written: Uint8Array | null = null
    this.#present.on('update', (update: Uint8Array) => {
      written = update
    })
    try {
      this.#present.transact(() => {
        restore(this.#present, this.#past, [...this.#differing.values()], reason)
        if (painting) this.#paint(painting)
      })
    } catch (error) {
      if (error instanceof ActFault) return { fault: error.message }
      throw error
    }
    return { update: written }
  }

  #paint({ own, grids }: PaintParts): void {
    if (this.#place && this.#place.root !== 'annotations') return
    const segment = this.#place?.id ?? null
    const bySeries = new Map(grids)
    restorePainting(this.#present, this.#past, {
      segment,
      isOwn: (client) => own.includes(client),
      grid: (id) => {
        const found = readEntry(this.#present, 'annotations', id)
        return (found?.retired === null && bySeries.get(found.source.series)) || null
      },
    })
  }

  #keep(place: Place): void {
    if (differs(this.#present, this.#past, place)) this.#differing.set(`${place.root} ${place.id}`, place)
  }
}

/** The document as it was, and how further rows are applied to it. */
function open(moment: Moment): { ydoc: Y.Doc; apply: (updates: Iterable<Uint8Array>) => void } {
  if (!(moment instanceof Uint8Array)) {
    const projection = new Projection()
    projection.applyAll(updatesIn(moment))
    return { ydoc: projection.ydoc, apply: (updates) => projection.applyAll(updates) }
  }
  const ydoc = new Y.Doc()
  Y.applyUpdate(ydoc, moment)
  const apply = (updates: Iterable<Uint8Array>) =>
    ydoc.transact(() => {
      for (const update of updates) Y.applyUpdate(ydoc, update)
    })
  return { ydoc, apply }
}

const restoring = new Restoring()
parentPort?.on('message', (task: Compare | Write) => {
  parentPort?.postMessage('past' in task ? restoring.compare(task) : restoring.write(task))
})

/**
 * Worker thread: works out what has to be written so that a document is what it was. Made for one restore and then gone. It gets the past
 * and the present while others go on editing, finds what differs, and then, when nobody edits for a moment, the few rows that came since:
 * only what they touched is looked at again. Knows neither database nor people.
 */
import { parentPort } from 'node:worker_threads'
import { ActFault, differs, type Place, restore } from '@consilium/crdt-schema/acts'
import { watch } from '@consilium/crdt-schema/changes'
import * as Y from 'yjs'
import { updatesIn } from '../journal/pages.ts'

/** First. States are Yjs updates, format 1. */
export interface Compare {
  readonly past: Uint8Array
  readonly present: Uint8Array
  /** This one only; null: all annotations. */
  readonly place: Place | null
}
export interface Compared {
  /** False where there is no such entry. */
  readonly known: boolean
}

/** Then, once. */
export interface Write {
  /** What was changed meanwhile (pages.ts). */
  readonly since: readonly Uint8Array[]
  /** Nobody else writes under it. */
  readonly client: number
  readonly reason: string
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
  readonly #past = new Y.Doc()
  readonly #present = new Y.Doc()
  readonly #differing = new Map<string, Place>()

  compare({ past, present, place }: Compare): Compared {
    Y.applyUpdate(this.#past, past)
    Y.applyUpdate(this.#present, present)
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

  write({ since, client, reason }: Write): Written | Unrestorable {
    this.#present.transact(() => {
      for (const update of updatesIn(since)) Y.applyUpdate(this.#present, update)
    })
    this.#present.clientID = client
    let written: Uint8Array | null = null
    this.#present.on('update', (update: Uint8Array) => {
      written = update
    })
    try {
      restore(this.#present, this.#past, [...this.#differing.values()], reason)
    } catch (error) {
      if (error instanceof ActFault) return { fault: error.message }
      throw error
    }
    return { update: written }
  }

  #keep(place: Place): void {
    if (differs(this.#present, this.#past, place)) this.#differing.set(`${place.root} ${place.id}`, place)
  }
}

const restoring = new Restoring()
parentPort?.on('message', (task: Compare | Write) => {
  parentPort?.postMessage('past' in task ? restoring.compare(task) : restoring.write(task))
})

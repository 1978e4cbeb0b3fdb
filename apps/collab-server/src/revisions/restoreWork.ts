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
  readonly then: Uint8Array
  readonly now: Uint8Array
  /** This one only; null: all annotations. */
  readonly place: Place | null
}
export interface Compared {
  /** It was there then, or is now. */
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

/** In place of either answer. */
export interface Unrestorable {
  readonly fault: string
}

const then = new Y.Doc()
const now = new Y.Doc()
const differing = new Map<string, Place>()
const keep = (place: Place): void => void differing.set(`${place.root} ${place.id}`, place)

function compare(states: Compare): Compared {
  Y.applyUpdate(then, states.then)
  Y.applyUpdate(now, states.now)
  const { place } = states
  const ids = place ? [place.id] : [...now.getMap('annotations').keys()]
  const root = place?.root ?? 'annotations'
  for (const id of ids) if (differs(now, then, { root, id })) keep({ root, id })
  watch(now, ({ root, added, changed }) => {
    for (const id of [...added, ...changed])
      if (place ? place.root === root && place.id === id : root === 'annotations') keep({ root, id })
  })
  return { known: ids.some((id) => now.getMap(root).has(id)) || place === null }
}

function write({ since, client, reason }: Write): Written | Unrestorable {
  now.transact(() => {
    for (const update of updatesIn(since)) Y.applyUpdate(now, update)
  })
  now.clientID = client
  let written: Uint8Array | null = null
  now.on('update', (update: Uint8Array) => {
    written = update
  })
  try {
    restore(now, then, [...differing.values()], reason)
  } catch (error) {
    if (error instanceof ActFault) return { fault: error.message }
    throw error
  }
  return { update: written }
}

parentPort?.on('message', (task: Compare | Write) => {
  parentPort?.postMessage('then' in task ? compare(task) : write(task))
})

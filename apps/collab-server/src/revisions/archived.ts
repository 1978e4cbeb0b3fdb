/** The change that moves all acts of painting of a document to a file. In the worker. */
import { createHash } from 'node:crypto'
import { moveToArchive } from '@consilium/crdt-schema/acts'
import { archiveOf } from '@consilium/crdt-schema/painting/archive'
import type * as Y from 'yjs'

/** Yjs update (format 1); empty where nothing lies in lanes. `ydoc` is the document after `revision`; nobody else writes under `client`. */
export function archived(ydoc: Y.Doc, revision: number, client: number): Uint8Array {
  const archive = archiveOf(ydoc, revision)
  let change: Uint8Array = new Uint8Array()
  if (archive === null) return change
  ydoc.clientID = client
  ydoc.on('update', (update: Uint8Array) => {
    change = update
  })
  moveToArchive(ydoc, createHash('sha256').update(archive.bytes).digest('hex'), archive.note)
  return change
}

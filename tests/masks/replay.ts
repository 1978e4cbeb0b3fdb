/**
 * A session of painting once more, out of its journal alone: row by row into a document, act by act into an engine, archives as they are
 * named. Runs in a browser as it does in Node.
 */
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { actsIn } from '@consilium/crdt-schema/painting/archive'
import { archivesOf } from '@consilium/crdt-schema/painting/archives'
import { MaskEngine } from '@consilium/crdt-schema/painting/engine'
import type { FoundAct } from '@consilium/crdt-schema/painting/feed'
import { recordOf } from '@consilium/crdt-schema/painting/record'
import type { Grid } from '@consilium/geometry/raster/grid'
import * as Y from 'yjs'
import { seenIn } from './seen.ts'

export interface Recorded {
  readonly grid: Grid
  readonly segments: readonly EntryKey[]
  readonly rows: readonly Uint8Array[]
  /** Archives, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** What is seen in the end. */
export function replay({ grid, segments, rows, files }: Recorded): number {
  const doc = new Y.Doc()
  const engine = new MaskEngine({ grid })
  const record = recordOf(doc)
  record.onActs((acts) => engine.feed(acts.map(({ act }) => act)))
  for (const [n, row] of rows.entries()) {
    Y.applyUpdate(doc, row, 'wire')
    record.archived(archivedActs(doc, files))
    // Sometimes acts come while others are being shown.
    engine.step(() => n % 3 > 0)
  }
  engine.step()
  return seenIn(engine, segments)
}

/** Of the files that a document names, the oldest first. */
export function* archivedActs(doc: Y.Doc, files: ReadonlyMap<string, Uint8Array>): Generator<FoundAct> {
  const notes = [...archivesOf(doc)].sort(([, a], [, b]) => a.revision - b.revision)
  for (const [name] of notes) yield* actsIn(files.get(name) ?? new Uint8Array())
}

/** What was painted between two moments of a document, in voxels and in ml, segment by segment. In the worker. */
import type { PaintDifference } from '@consilium/contract/history'
import { readEntry } from '@consilium/crdt-schema/changes'
import { actsIn } from '@consilium/crdt-schema/painting/archive'
import { archivesOf } from '@consilium/crdt-schema/painting/archives'
import { countOf, differingActs, voxelsBetween } from '@consilium/crdt-schema/painting/between'
import { recordOf } from '@consilium/crdt-schema/painting/record'
import type { Grid } from '@consilium/geometry/raster/grid'
import * as Y from 'yjs'

/** What painting is read with, beside the document. */
export interface PaintCanvas {
  readonly grids: readonly (readonly [series: string, grid: Grid | null])[]
  readonly archives: readonly (readonly [revision: number, file: Uint8Array])[]
}

/** `then` is the earlier moment, `later` the rows after it. */
export function paintedBetween(
  then: Y.Doc,
  later: Iterable<Uint8Array>,
  backwards: boolean,
  { grids, archives }: PaintCanvas,
): PaintDifference[] {
  const now = new Y.Doc()
  Y.applyUpdate(now, Y.encodeStateAsUpdate(then))
  now.transact(() => {
    for (const row of later) Y.applyUpdate(now, row)
  })
  const files = new Map(archives)
  for (const ydoc of [then, now]) readArchives(ydoc, files)
  const [is, was] = [recordOf(now), recordOf(then)]
  const bySeries = new Map(grids)
  return [...differingActs(is, was, null)].flatMap(([segment, acts]) => {
    const grid = bySeries.get(readEntry(now, 'annotations', segment)?.source.series ?? '')
    if (!grid) return []
    const between = voxelsBetween(is, was, segment, acts, grid)
    const counts = [countOf(between.gained), countOf(between.lost)] as const
    const [gained, lost] = backwards ? [counts[1], counts[0]] : counts
    if (gained + lost === 0) return []
    return [{ segment, gained, lost, gainedMl: mlOf(gained, grid), lostMl: mlOf(lost, grid) }]
  })
}

/** Those that this document names. */
export function readArchives(ydoc: Y.Doc, files: ReadonlyMap<number, Uint8Array>): void {
  for (const { revision } of archivesOf(ydoc).values()) {
    const file = files.get(revision)
    if (file) recordOf(ydoc).archived(actsIn(file))
  }
}

/** µm³ in a ml. */
const ML = 1e12

const mlOf = (voxels: number, { spacingUm: [x, y, z] }: Grid): number => (voxels * x * y * z) / ML

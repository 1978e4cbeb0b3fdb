/**
 * What was painted in a revision, in words, from the acts that the document holds. Which of them a revision brought is asked of the server
 * once somebody wants the words; till then, and where they cannot be had, there are none.
 */
import type { MaskAct } from '@consilium/crdt-schema/painting'
import type { FoundAct } from '@consilium/crdt-schema/painting/feed'
import { recordOf } from '@consilium/crdt-schema/painting/record'
import { paintingWords } from '@consilium/crdt-schema/painting/words'
import type { Grid } from '@consilium/geometry/raster/grid'
import { type Accessor, createMemo, createSignal, onCleanup } from 'solid-js'
import type * as Y from 'yjs'
import type { WrittenState } from './written.ts'

export interface Strokes {
  /** Of these revisions as one; null where nothing is known to have been painted in them. Tracked. */
  readonly words: (seqs: readonly number[], grid: Grid | null) => string | null
}

export function createStrokes(doc: Accessor<Y.Doc>, written: WrittenState): Strokes {
  const [came, tell] = createSignal(0)
  const record = createMemo(() => {
    const of = recordOf(doc())
    onCleanup(of.onActs(() => void tell((n) => n + 1)))
    return { of, bySeq: new Map<number, MaskAct[]>(), open: [] as readonly FoundAct[], read: 0, stamp: '' }
  })
  /** Counting voxels takes a while, and what a revision painted stays what it is. */
  const told = new Map<string, string | null>()

  const bySeq = (): ReadonlyMap<number, readonly MaskAct[]> => {
    const now = record()
    const stamp = `${came()} ${written.known()}`
    if (stamp === now.stamp) return now.bySeq
    now.stamp = stamp
    const acts = [...now.open, ...now.of.acts.slice(now.read)]
    now.read = now.of.acts.length
    now.open = acts.filter(({ act, clock }) => {
      const seq = written.seqOf(act.id.client, clock)
      if (seq !== null) now.bySeq.set(seq, [...(now.bySeq.get(seq) ?? []), act])
      return seq === null
    })
    return now.bySeq
  }

  return {
    words: (seqs, grid) => {
      written.want()
      const known = bySeq()
      const acts = seqs.flatMap((seq) => known.get(seq) ?? [])
      const key = `${seqs.join()} ${acts.length} ${grid !== null}`
      const words = told.get(key)
      if (words !== undefined) return words
      const made = paintingWords(acts, grid)
      told.set(key, made)
      return made
    },
  }
}

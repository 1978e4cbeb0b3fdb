/** An entry made of its own rows alone is, at each of its revisions, what it is in the whole document. */
import { readEntry } from '@consilium/crdt-schema/changes'
import { ROOTS, type RootName } from '@consilium/crdt-schema/documents'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { Projection } from '../../apps/collab-server/src/revisions/project.ts'
import { canonical } from '../convergence/crowd.ts'
import { SEED } from '../support/seed.ts'
import { journalOf, type Row, story } from './journalOf.ts'
import { runs, tell } from './runs.ts'

/** All that lies there, marks of texts too, whatever the order in which it came. */
function plain(doc: Y.Doc, root: RootName, id: string): string {
  const alone = new Y.Doc()
  const entry = doc.getMap(root).get(id)
  if (!(entry instanceof Y.Map)) return String(entry)
  alone.getMap(root).set(id, entry.clone())
  return canonical(alone)
}

interface Moment {
  readonly row: Row
  readonly value: string
  readonly read: unknown
}

it('[R4] at each of its revisions, in random histories of several people', () => {
  const seen = { histories: 0, values: 0, shared: 0, twofold: 0, together: 0 }
  fc.assert(
    fc.property(story(60), (told) => {
      const { rows } = journalOf(told)
      const whole = new Y.Doc()
      for (const root of ROOTS) whole.getMap(root)
      const lives = new Map<string, Moment[]>()
      for (const row of rows) {
        Y.applyUpdate(whole, row.bytes)
        for (const { root, entry } of row.touched ?? []) {
          const life = lives.get(`${root} ${entry}`) ?? []
          lives.set(`${root} ${entry}`, life)
          life.push({ row, value: plain(whole, root, entry), read: readEntry(whole, root, entry) })
        }
      }
      for (const [name, life] of lives) {
        const [root, id] = name.split(' ') as [RootName, string]
        const projection = new Projection()
        for (const { row, value, read } of life) {
          projection.apply(row.bytes)
          expect(plain(projection.ydoc, root, id)).toBe(value)
          expect(readEntry(projection.ydoc, root, id)).toEqual(read)
          expect(projection.ydoc.store.pendingStructs).toBeNull()
          expect(projection.ydoc.store.pendingDs).toBeNull()
          seen.values += 1
          if ((row.touched?.length ?? 0) > 1) seen.shared += 1
          if (row.spans?.length) seen.twofold += 1
        }
        if (new Set(life.map(({ row }) => row.lease)).size > 2) seen.together += 1
      }
      seen.histories += 1
    }),
    { numRuns: runs(500), seed: SEED },
  )
  tell({ 'values of entries made of their own rows alone, each as in the whole document': seen.values })
  // The property would hold of histories in which nothing happens.
  expect(seen.values).toBeGreaterThan(seen.histories * 10)
  // Rows that touch several entries, rows of two clientIDs, and entries that three people changed.
  for (const many of [seen.shared, seen.twofold, seen.together])
    expect(many).toBeGreaterThan(seen.histories / 5)
}, 1_800_000)

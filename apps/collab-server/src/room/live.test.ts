import { ACTS } from '@consilium/contract/revisions'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Book, CommittedRow } from '../journal/book.ts'
import type { Journal } from '../journal/journal.ts'
import type { Log } from '../log.ts'
import { LiveDocument, liveParts } from './live.ts'

const log = { error: () => undefined } as unknown as Log
const subject = {
  caseId: 'c',
  projectId: 'p',
  phase: () => 'panel' as const,
  labels: () => new Set<string>(),
  findSeries: async () => null,
} as const

/** Rows of one page that sets a, then b, then c. */
function threeRows(): CommittedRow[] {
  const page = new Y.Doc()
  const rows: CommittedRow[] = []
  page.on('update', (bytes: Uint8Array) =>
    rows.push({
      doc: 1,
      seq: rows.length + 1,
      act: ACTS.edit,
      bytes,
      touched: [] as const,
    } as unknown as CommittedRow),
  )
  for (const key of ['a', 'b', 'c']) page.getMap('annotations').set(key, 1)
  return rows
}

/** A document whose journal held the first two rows when it was read. */
function opened(rows: readonly CommittedRow[]) {
  const book = { doc: 1, name: 'panel:c', listeners: new Set(), lost: new Set(), valid: true }
  const journal = {
    extent: async () => ({ state: { structs: 0, bytes: 0 }, tailRows: 2, tailBytes: 100 }),
    recorded: async () => ({ snapshot: null, tail: rows.slice(0, 2).map(({ bytes }) => bytes), seq: 2 }),
  } as unknown as Journal
  const told: number[] = []
  const live = new LiveDocument(
    new Y.Doc(),
    book as unknown as Book,
    subject,
    liveParts(journal, log, () => undefined),
    { row: ({ seq }) => told.push(seq), lost: () => undefined },
  )
  const commit = (...committed: (CommittedRow | undefined)[]): void => {
    for (const listener of book.listeners) (listener as (of: unknown) => void)(committed)
  }
  return { live, told, commit, keys: () => [...live.ydoc.getMap('annotations').keys()] }
}

test('[J50] a row that a document was read with counts once, also where its commit is heard of only afterwards', async () => {
  const rows = threeRows()
  const { live, told, commit, keys } = opened(rows)
  const reading = live.load()
  commit(rows[0])
  await reading
  commit(rows[1])
  commit(rows[2])
  expect(keys()).toEqual(['a', 'b', 'c'])
  expect(told).toEqual([1, 2, 3])
  live.detach()
})

test('a row out of order is not applied', async () => {
  const rows = threeRows()
  const { live, commit, keys } = opened(rows)
  await live.load()
  expect(() => commit({ ...(rows[2] as CommittedRow), seq: 4 })).toThrow(/row 4 came after row 2/)
  expect(keys()).toEqual(['a', 'b'])
  live.detach()
})

test('[J4] what was committed together is passed on together, and is what one row after the other makes', async () => {
  const page = new Y.Doc()
  const rows: CommittedRow[] = []
  page.on('update', (bytes: Uint8Array) =>
    rows.push({
      doc: 1,
      seq: rows.length + 1,
      act: ACTS.edit,
      bytes,
      touched: [] as const,
    } as unknown as CommittedRow),
  )
  const annotations = page.getMap('annotations')
  for (const n of [1, 2, 3, 4]) annotations.set('a', n)
  annotations.delete('a')
  for (const key of ['b', 'c']) annotations.set(key, new Y.Map([['x', key]]))
  annotations.delete('b')
  const { live, told, commit } = opened(rows)
  await live.load()
  const passedOn: Uint8Array[] = []
  live.ydoc.on('update', (update: Uint8Array) => passedOn.push(update))

  commit(...rows.slice(2))

  expect(told).toEqual(rows.slice(2).map(({ seq }) => seq))
  expect(passedOn).toHaveLength(1)
  const replayed = new Y.Doc()
  for (const { bytes } of rows) Y.applyUpdate(replayed, bytes)
  const reader = new Y.Doc()
  for (const { bytes } of rows.slice(0, 2)) Y.applyUpdate(reader, bytes)
  for (const update of passedOn) Y.applyUpdate(reader, update)
  for (const doc of [live.ydoc, reader]) {
    expect(Y.encodeStateAsUpdate(doc)).toEqual(Y.encodeStateAsUpdate(replayed))
    expect(doc.getMap('annotations').toJSON()).toEqual({ c: { x: 'c' } })
  }
  live.detach()
})

import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { marksIn } from './marks.ts'
import { Written } from './written.ts'

type Act = readonly [client: number, act: (ydoc: Y.Doc) => void]

/** What each act does to the document, by whoever does it. */
function acts(...steps: readonly Act[]): Uint8Array[] {
  const ydoc = new Y.Doc()
  const updates: Uint8Array[] = []
  ydoc.on('update', (update: Uint8Array) => updates.push(update))
  for (const [client, act] of steps) {
    ydoc.clientID = client
    ydoc.transact(() => act(ydoc))
  }
  return updates
}

const ENTRY = { root: 'annotations', id: '1-abcd' } as const
const entryIn = (ydoc: Y.Doc) => ydoc.getMap(ENTRY.root).get(ENTRY.id) as Y.Map<unknown>
const LIFE: readonly Act[] = [
  [1, (ydoc) => ydoc.getMap(ENTRY.root).set(ENTRY.id, new Y.Map([['label', 'nodule']]))],
  [1, (ydoc) => entryIn(ydoc).set('reasoning', new Y.Text('round'))],
  [2, (ydoc) => (entryIn(ydoc).get('reasoning') as Y.Text).insert(5, ', sharp')],
  [1, (ydoc) => entryIn(ydoc).set('label', 'vessel')],
]

describe('[R51] each part of an entry is told by the row that brought it', () => {
  test('in the order of the rows', () => {
    expect(marksIn(acts(...LIFE), ENTRY)).toEqual({
      fields: [['label', 3]],
      vertices: [],
      texts: [
        [
          'reasoning',
          [
            [1, 5],
            [2, 7],
          ],
        ],
      ],
    })
  })

  test('also where a later row says again what was there', () => {
    const rows = acts(...LIFE)
    const [first, second] = rows as [Uint8Array, Uint8Array]
    const again = Y.mergeUpdates([first, second])
    expect(marksIn([...rows, again, first], ENTRY)).toEqual(marksIn(rows, ENTRY))
  })

  test('and not at all where nothing of it is there', () => {
    expect(marksIn([], ENTRY)).toBeNull()
  })
})

test('clocks that several rows wrote are told piece by piece, and those that none wrote are our own mistake', () => {
  const written = new Written()
  written.add([[7, 0]])
  written.add([
    [7, 3],
    [8, 0],
  ])
  written.add([[7, 9]])
  expect(written.rowsOf(7, 1, 10)).toEqual([
    [0, 2],
    [1, 6],
    [2, 2],
  ])
  expect(written.rowsOf(8, 4, 1)).toEqual([[1, 1]])
  expect(() => written.rowsOf(9, 0, 1)).toThrow('in no row')
})

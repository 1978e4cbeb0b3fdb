import { annotate, retire } from '@consilium/crdt-schema/acts'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { AT_ONCE } from './arriving.ts'
import { type Arrival, Records } from './records.ts'

const MANY = 2 * AT_ONCE + 5

/** `n` boxes that somebody else drew, in one message; and that hand's document. */
function drawn(n: number): {
  readonly theirs: Y.Doc
  readonly keys: readonly EntryKey[]
  readonly message: Uint8Array
} {
  const theirs = new Y.Doc()
  const keys = Array.from({ length: n }, (_, i) => box(theirs, i))
  return { theirs, keys, message: Y.encodeStateAsUpdate(theirs) }
}

const box = (doc: Y.Doc, at: number): EntryKey =>
  annotate(doc, {
    kind: 'box',
    label: '',
    source: { series: 's', frame: 0, normal: [0, 0, 1] },
    points: [
      [at, 0, 0],
      [at + 1, 1, 0],
    ],
  })

describe('[V129] what others add', () => {
  let mine = new Y.Doc()
  let records = new Records()
  let heard: Arrival[] = []
  const shown = (): number => records.shelves.annotations.keys().length
  const labelOf = (key: EntryKey | undefined) => records.shelves.annotations.get(key ?? '')?.label

  beforeEach(() => {
    vi.useFakeTimers()
    mine = new Y.Doc()
    records = new Records()
    heard = []
    records.attach(mine, (arrival) => heard.push(arrival))
  })
  afterEach(() => {
    records.destroy()
    vi.useRealTimers()
  })

  test('comes a few with every task after its own where it is much, and each is heard of once it is shown', () => {
    const { keys, message } = drawn(MANY)
    Y.applyUpdate(mine, message)
    const counts = [shown()]
    while (vi.getTimerCount() > 0) {
      vi.advanceTimersToNextTimer()
      counts.push(shown())
    }
    expect(counts).toEqual([0, AT_ONCE, 2 * AT_ONCE, MANY])
    expect(new Set(heard.map(({ entry }) => entry))).toEqual(new Set(keys))
    expect(heard).toHaveLength(MANY)
  })

  test('is there at once where it is little', () => {
    Y.applyUpdate(mine, drawn(3).message)
    expect([shown(), vi.getTimerCount()]).toEqual([3, 0])
  })

  test('waits for nobody who draws here, and is shown as it is by then', () => {
    const { theirs, message } = drawn(MANY)
    Y.applyUpdate(mine, message)
    const own = box(mine, 7)
    expect(labelOf(own)).toBe('')
    const late = [...mine.getMap('annotations').keys()].find((key) => labelOf(key) === undefined)
    retire(theirs, late ?? '', 'Drawn twice.')
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs))
    expect(records.shelves.annotations.get(late ?? '')?.retired).toEqual({ reason: 'Drawn twice.' })
    vi.runAllTimers()
    expect(shown()).toBe(MANY + 1)
    expect(heard.filter(({ entry }) => entry === late)).toEqual([
      { root: 'annotations', entry: late, isChange: false },
    ])
  })

  test('never comes when it is gone by then, nor into another document', () => {
    Y.applyUpdate(mine, drawn(MANY).message)
    const late = [...mine.getMap('annotations').keys()].find((key) => labelOf(key) === undefined) ?? ''
    mine.getMap('annotations').delete(late)
    vi.runAllTimers()
    expect([shown(), labelOf(late), records.unreadable()]).toEqual([MANY - 1, undefined, []])
    Y.applyUpdate(mine, drawn(MANY).message)
    records.attach(new Y.Doc())
    vi.runAllTimers()
    expect(shown()).toBe(0)
  })
})

import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { dice, randomUpdates, seen } from '../room/randomDoc.ts'
import { digestOf } from './digest.ts'
import { piecesOf, type Size } from './pieces.ts'

function docOf(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

/** Applies the pieces one by one; none may leave anything waiting for another. */
function joined(doc: Y.Doc, size: Size): { doc: Y.Doc; pieces: number } {
  const made = new Y.Doc()
  let pieces = 0
  for (const piece of piecesOf(doc, size)) {
    Y.applyUpdate(made, piece)
    expect(made.store.pendingStructs).toBeNull()
    expect(made.store.pendingDs).toBeNull()
    pieces++
  }
  return { doc: made, pieces }
}

const digest = (doc: Y.Doc): string => {
  const steps = digestOf(doc)
  for (;;) {
    const step = steps.next()
    if (step.done) return Buffer.from(step.value).toString('hex')
  }
}

describe('a document in pieces', () => {
  test('[J23] is the document, whatever people wrote at once, and no piece waits for another', () => {
    for (let seed = 1; seed <= 80; seed++) {
      const doc = docOf(randomUpdates(seed, 80, 2 + (seed % 5)))
      const structs = 1 + dice(seed)(9)
      const { doc: made, pieces } = joined(doc, { structs, bytes: Number.POSITIVE_INFINITY })
      expect(seen(made), `${seed}`).toBe(seen(doc))
      // Also all that was deleted, although no piece lists it.
      expect(Y.equalSnapshots(Y.snapshot(made), Y.snapshot(doc)), `${seed}`).toBe(true)
      const count = [...doc.store.clients.values()].reduce((sum, { length }) => sum + length, 0)
      expect(pieces).toBe(Math.ceil(count / structs))
    }
  })

  test('[J23] whose entries need each other to and fro is cut all the same', () => {
    const [a, b] = [new Y.Doc(), new Y.Doc()]
    a.clientID = 1
    b.clientID = 2
    for (let n = 0; n < 200; n++) {
      const [here, there] = n % 2 === 0 ? [a, b] : [b, a]
      here.getArray('annotations').push([n])
      Y.applyUpdate(there, Y.encodeStateAsUpdate(here, Y.encodeStateVector(there)))
    }
    const { doc, pieces } = joined(a, { structs: 3, bytes: Number.POSITIVE_INFINITY })
    expect(doc.getArray('annotations').toArray()).toEqual(a.getArray('annotations').toArray())
    expect(pieces).toBe(67)
  })

  test('large values make small pieces', () => {
    const doc = new Y.Doc()
    for (let n = 0; n < 10; n++) doc.getMap('annotations').set(`k${n}`, new Y.Text('x'.repeat(10_000)))
    const pieces = [...piecesOf(doc, { structs: 1_000, bytes: 20_000 })]
    expect(pieces).toHaveLength(10)
    expect(Math.max(...pieces.map(({ byteLength }) => byteLength))).toBeLessThan(20_000)
  })

  test('an empty document has none', () => {
    expect([...piecesOf(new Y.Doc(), { structs: 1, bytes: 1 })]).toEqual([])
  })
})

describe('a digest', () => {
  test('[J24] is the same however a document came about, and another for every difference', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const updates = randomUpdates(seed, 60)
      const doc = docOf(updates)
      const merged = docOf([Y.mergeUpdates(updates)])
      const { doc: pieced } = joined(doc, { structs: 2, bytes: 1_000 })
      const stored = new Y.Doc()
      Y.applyUpdateV2(stored, Y.encodeStateAsUpdateV2(doc))
      expect(new Set([doc, merged, pieced, stored].map(digest)).size, `${seed}`).toBe(1)
      // One change that leaves the state vector as it is, one that leaves the values as they are.
      const before = digest(doc)
      const root = merged.getMap<Y.Map<unknown>>('annotations')
      const key = [...root.keys()][0] ?? ''
      root.get(key)?.delete('label')
      expect(Y.encodeStateVector(merged)).toEqual(Y.encodeStateVector(doc))
      expect(digest(merged)).not.toBe(before)
      pieced
        .getMap<Y.Map<unknown>>('annotations')
        .get(key)
        ?.set('label', root.get(key)?.get('label') ?? 'x')
      expect(digest(pieced)).not.toBe(before)
    }
  })
})

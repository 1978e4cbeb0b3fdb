/** What honest people bring about by changing one thing at the same time, or long after: none of it is refused. */
import {
  annotate,
  insertVertex,
  moveVertices,
  OwnHistory,
  removeVertex,
  retire,
  setLabel,
  setReasoning,
} from '@consilium/crdt-schema/acts'
import { readRoots } from '@consilium/crdt-schema/changes'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { entryIn, LABELS, PEOPLE, triangle, updateOf, verdictOf, ward } from './gateRig.ts'

describe('at the same time', () => {
  test('[G25] two who remove corners leave fewer than a shape needs, and neither is refused', () => {
    const { gated, page, put, first } = ward()
    put(101, (doc) => insertVertex(doc, first, 'a2', [5, 5, 0]))
    const [one, other] = [page(101), page(102)].map((doc, n) =>
      updateOf(doc, () =>
        removeVertex(doc, first, readRoots(doc).annotations.get(first)?.vertices[n]?.key ?? ''),
      ),
    )
    Y.applyUpdate(gated.ydoc, one as Uint8Array)
    expect(verdictOf(gated, other as Uint8Array)).toBe('let in')
    Y.applyUpdate(gated.ydoc, other as Uint8Array)
    expect(readRoots(gated.ydoc).annotations.get(first)?.vertices).toHaveLength(2)
  })

  test('[G25] nor where both did so before the annotation itself had arrived', () => {
    const { gated, page } = ward()
    const one = page(101)
    let id = ''
    const corners = [...triangle.points, [-9, 20, 0]] as const
    one.transact(() => {
      id = annotate(one, { ...triangle, points: corners })
    })
    const twin = page(102)
    Y.applyUpdate(twin, Y.encodeStateAsUpdate(one))
    removeVertex(one, id, 'a0')
    removeVertex(twin, id, 'a1')
    Y.applyUpdate(one, Y.encodeStateAsUpdate(twin))
    expect(verdictOf(gated, Y.encodeStateAsUpdate(one))).toBe('let in')
  })

  test('[G25] a value that loses against another is let in, in whatever order they come', () => {
    const { gated, page, first } = ward()
    const pages = [page(101), page(102), page(301)]
    const updates = pages.map((doc, n) => updateOf(doc, () => setLabel(doc, first, [...LABELS][n + 1] ?? '')))
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const server = new Y.Doc()
      Y.applyUpdate(server, Y.encodeStateAsUpdate(gated.ydoc))
      for (const n of order) {
        expect(verdictOf({ ...gated, ydoc: server }, updates[n] as Uint8Array, pages[n]?.clientID)).toBe(
          'let in',
        )
        Y.applyUpdate(server, updates[n] as Uint8Array)
      }
      // Having heard of each other, each page sends everything it has.
      for (const doc of pages) {
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(server))
        expect(verdictOf({ ...gated, ydoc: server }, Y.encodeStateAsUpdate(doc), doc.clientID)).toBe(
          'nothing new',
        )
      }
    }
  })

  test('[G25] a page that won against a value it has since heard of sends its own after all', () => {
    const { gated, page, first } = ward()
    const winner = page(102)
    setLabel(winner, first, 'one')
    Y.applyUpdate(
      gated.ydoc,
      updateOf(page(101), (doc) => setLabel(doc, first, 'two')),
    )
    // It hears of the other value, takes it for overwritten, and only then is heard itself.
    Y.applyUpdate(winner, Y.encodeStateAsUpdate(gated.ydoc))
    expect(entryIn(winner, first).get('label')).toBe('one')
    const answer = Y.encodeStateAsUpdate(winner, Y.encodeStateVector(gated.ydoc))
    expect(verdictOf(gated, answer, 102)).toBe('let in')
  })

  test('[G25] undo and redo pass, whatever happened in between', () => {
    const { gated, page, put, first } = ward()
    const doc = page(101)
    const history = new OwnHistory(doc)
    const made = annotate(doc, triangle)
    setLabel(doc, first, 'vessel')
    moveVertices(doc, first, [{ key: 'a1', at: [40, 0, 0] }])
    setReasoning(doc, first, 'round and smooth')
    put(301, (other) => setLabel(other, first, 'two'))
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(gated.ydoc))
    const send = () => {
      const update = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(gated.ydoc))
      expect(verdictOf(gated, update)).toBe('let in')
      Y.applyUpdate(gated.ydoc, update)
    }
    send()
    let steps = 0
    for (; history.undo(); steps++) send()
    expect(readRoots(gated.ydoc).annotations.get(made)?.retired).not.toBeNull()
    for (; history.redo(); steps++) send()
    expect(steps).toBeGreaterThan(5)
    expect(readRoots(gated.ydoc).annotations.get(made)?.retired).toBeNull()
  })

  test('[G1] a page that was offline for days brings everything at once, under every clientID it had', () => {
    const { gated, page, first } = ward()
    const doc = page(101)
    for (let n = 0; n < 30; n++) {
      doc.clientID = PEOPLE[0].clients[n % 2] ?? 0
      const id = annotate(doc, triangle)
      moveVertices(doc, id, [{ key: 'a0', at: [-n, 1, 0] }])
      setReasoning(doc, first, `round ${n}`)
      if (n % 3 === 0) retire(doc, id, 'seen twice')
    }
    expect(verdictOf(gated, Y.encodeStateAsUpdate(doc))).toBe('let in')
  })
})

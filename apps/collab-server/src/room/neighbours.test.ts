/** Where a letter or a value may stand: only beside what its writer saw beside it. */
import { setLabel } from '@consilium/crdt-schema/acts'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { any, clockOf, encoded, entryIn, item, panel, typeIn, updateOf, verdictOf } from './gateRig.ts'

const x = new Y.ContentString('x')
const reasoning = (doc: Y.Doc, id: string) => typeIn<Y.Text>(doc, id, 'reasoning')
const lastOf = (text: Y.Text): Y.Item => {
  let item = text._start as Y.Item
  while (item.right) item = item.right
  return item
}

describe('letters', () => {
  test('[G65] are put between two that stood side by side for whoever typed them', () => {
    const { gated, page, first } = panel()
    const round = reasoning(page(101), first)._start as Y.Item
    const clock = clockOf(gated.ydoc, 101)
    const at = (n: number) => Y.createID(101, round.id.clock + n)
    const put = (origin: Y.ID | undefined, right: Y.ID | undefined) =>
      verdictOf(gated, encoded(101, clock, [item(101, clock, { origin, right, content: x })]))
    expect(put(at(1), at(2))).toBe('let in')
    expect(put(undefined, at(0))).toBe('let in')
    expect(put(at(4), undefined)).toBe('let in')
    // As if the rest were not there.
    expect(put(at(1), undefined)).toBe('malformed')
    expect(put(undefined, at(2))).toBe('malformed')
    expect(put(at(1), at(3))).toBe('malformed')
    expect(put(at(2), at(1))).toBe('malformed')
  })

  test('[G65] typed in the same place by two who do not know of each other are taken, in either order and letter by letter', () => {
    for (const clients of [
      [101, 301],
      [301, 101],
    ] as const) {
      const { gated, page, put, first } = panel()
      const pages = clients.map((client) => page(client))
      const typed = pages.map((doc, n) =>
        [...'abc'].map((letter, k) =>
          updateOf(doc, () => reasoning(doc, first).insert(2 + k, n === 0 ? letter : letter.toUpperCase())),
        ),
      )
      for (const [n, updates] of typed.entries())
        for (const update of updates) {
          expect(verdictOf(gated, update, clients[n])).toBe('let in')
          Y.applyUpdate(gated.ydoc, update)
        }
      put(101, (doc) => reasoning(doc, first).insert(3, '-'))
      expect(reasoning(gated.ydoc, first).toString()).toMatch(/^ro.*und$/)
    }
  })

  test('[G65] cannot pass over what was seen by whoever typed what one put something beside', () => {
    const { gated, put, first } = panel()
    // The adjudicator types at the end; the author goes on from there, so has seen it.
    put(301, (doc) => reasoning(doc, first).insert(5, 'Z'))
    put(101, (doc) => reasoning(doc, first).insert(6, 'y'))
    const text = reasoning(gated.ydoc, first)
    const round = text._start as Y.Item
    const clock = clockOf(gated.ydoc, 101)
    const forged = item(101, clock, { origin: round.lastId, right: lastOf(text).id, content: x })
    expect(verdictOf(gated, encoded(101, clock, [forged]))).toBe('malformed')
    // Another page of the same person may not have seen it.
    const unknowing = item(102, 0, { origin: round.lastId, content: x })
    expect(verdictOf(gated, encoded(102, 0, [unknowing]), 102)).toBe('let in')
  })
})

describe('values', () => {
  test('[G65] are written over the last one that whoever wrote them had seen', () => {
    const { gated, page, put, first } = panel()
    put(101, (doc) => setLabel(doc, first, 'one'))
    const clock = clockOf(gated.ydoc, 101)
    const now = entryIn(page(101), first)._map.get('label') as Y.Item
    const write = (origin: Y.ID, client = 101, from = clock) =>
      verdictOf(gated, encoded(client, from, [item(client, from, { origin, content: any('two') })]), client)
    expect(write(now.lastId)).toBe('let in')
    expect(write((now.left as Y.Item).lastId)).toBe('malformed')
    // The adjudicator has written nothing yet, and may not have seen the newer one.
    expect(write((now.left as Y.Item).lastId, 301, 0)).toBe('let in')
  })

  test('[G65] written at the same time by two are taken in either order', () => {
    for (const clients of [
      [101, 301],
      [301, 101],
    ] as const) {
      const { gated, page, first } = panel()
      const offered = clients.map((client, n) => {
        const doc = page(client)
        return ['one', 'two', 'vessel'].map((label) =>
          updateOf(doc, () => setLabel(doc, first, n === 0 ? label : 'nodule')),
        )
      })
      for (const [n, updates] of offered.entries())
        for (const update of updates) {
          expect(verdictOf(gated, update, clients[n])).not.toBe('malformed')
          Y.applyUpdate(gated.ydoc, update)
        }
    }
  })
})

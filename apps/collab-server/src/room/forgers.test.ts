/**
 * What a forger may craft, each by hand and each refused: other people's clocks, places that are none, holes; contents.test.ts has the rest.
 * Nothing of such an update is taken, and examining it changes nothing.
 */
import { setLabel } from '@consilium/crdt-schema/acts'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { examine } from './admit.ts'
import {
  any,
  clockOf,
  deleting,
  encoded,
  entryIn,
  item,
  offer,
  panel,
  shifted,
  typeIn,
  updateOf,
  verdictOf,
  writerOf,
} from './gateRig.ts'

describe('clocks', () => {
  test('[G2] nobody writes under a clientID that is not leased to them', () => {
    const { gated, page, first } = panel()
    const relabel = (client: number) => updateOf(page(client), (doc) => setLabel(doc, first, 'vessel'))
    expect(verdictOf(gated, relabel(201))).toBe('foreign-authorship')
    expect(verdictOf(gated, relabel(999))).toBe('foreign-authorship')
    expect(verdictOf(gated, relabel(102))).toBe('let in')
    // Not even a clock that touches nothing.
    const clock = clockOf(gated.ydoc, 201)
    expect(verdictOf(gated, encoded(201, clock, [new Y.GC(Y.createID(201, clock), 1)]))).toBe(
      'foreign-authorship',
    )
  })

  test('[G2] an entry can only be made under a key of its maker', () => {
    const { gated, page, second } = panel()
    const forged = updateOf(page(101), (doc) =>
      doc.getMap('annotations').set('201-abcdefgh', new Y.Map([['label', 'x']])),
    )
    expect(verdictOf(gated, forged)).toBe('foreign-authorship')
    // Nor by hanging on the value that stands under somebody else's.
    const clock = clockOf(gated.ydoc, 101)
    const origin = (entryIn(gated.ydoc, second)._item as Y.Item).lastId
    const content = new Y.ContentType(new Y.Map())
    expect(verdictOf(gated, encoded(101, clock, [item(101, clock, { origin, content })]))).toBe(
      'foreign-authorship',
    )
  })

  test('[G7] what leaves a hole is not taken, and what names the unwritten neither', () => {
    const { gated, page, first } = panel()
    const doc = page(101)
    const early = updateOf(doc, () => setLabel(doc, first, 'one'))
    const late = updateOf(doc, () => setLabel(doc, first, 'two'))
    expect(verdictOf(gated, late)).toBe('gap')
    expect(verdictOf(gated, [early, late])).toBe('let in')
    // Put together by Yjs before the first was known, the two have a skip between what is known and what is new.
    const whole = Y.encodeStateAsUpdate(gated.ydoc)
    expect(verdictOf(gated, Y.mergeUpdates([whole, late]))).toBe('gap')
    expect(verdictOf(gated, Y.mergeUpdates([whole, early, late]))).toBe('let in')
    // A deletion of what its owner has not written yet would kill it on arrival.
    expect(verdictOf(gated, deleting([[201, clockOf(gated.ydoc, 201), 50]]))).toBe('gap')
    expect(verdictOf(gated, deleting([[201, clockOf(gated.ydoc, 201) - 1, 2]]))).toBe('gap')
    expect(verdictOf(gated, deleting([[777, 0, 1]]))).toBe('gap')
    // What hangs on something that nobody has would wait for ever.
    const clock = clockOf(gated.ydoc, 101)
    for (const beyond of [
      { origin: Y.createID(777, 0) },
      { right: Y.createID(201, 5_000) },
      { parent: Y.createID(777, 3), sub: 'label' },
    ])
      expect(
        verdictOf(gated, encoded(101, clock, [item(101, clock, { ...beyond, content: any('one') })])),
      ).toBe('gap')
  })

  test('[G7] of two that hang on each other neither is taken', () => {
    const { gated } = panel()
    const at = (client: number) => Y.createID(client, clockOf(gated.ydoc, client))
    const one = item(101, at(101).clock, { origin: at(102), content: any(1) })
    const other = item(102, at(102).clock, { origin: at(101), content: any(1) })
    const circle = [encoded(101, at(101).clock, [one]), encoded(102, at(102).clock, [other])]
    expect(verdictOf(gated, circle)).toBe('malformed')
    const itself = item(101, at(101).clock, { parent: at(101), sub: 'label', content: any(1) })
    expect(verdictOf(gated, encoded(101, at(101).clock, [itself]))).toBe('malformed')
  })

  test('[G28] a gap filler laid over what is there changes nothing', () => {
    const { gated } = panel()
    const known = clockOf(gated.ydoc, 201)
    expect(verdictOf(gated, encoded(201, 0, [new Y.GC(Y.createID(201, 0), known)]))).toBe('nothing new')
    // Where it reaches beyond, the rest stands under somebody else's clientID.
    expect(verdictOf(gated, encoded(201, 0, [new Y.GC(Y.createID(201, 0), known + 1)]))).toBe(
      'foreign-authorship',
    )
    const own = clockOf(gated.ydoc, 101)
    const draft = examine(
      gated,
      writerOf(101),
      offer(encoded(101, 0, [new Y.GC(Y.createID(101, 0), own + 1)])),
    )
    expect(draft).toMatchObject({ clock: own, len: 1, touched: [] })
  })

  test('[G28] who sends other words for what is known changes nothing', () => {
    const { gated, first } = panel()
    const lie = new Y.Doc()
    lie.clientID = 101
    lie.getMap('annotations').set(first, new Y.Map([['label', 'vessel']]))
    expect(verdictOf(gated, Y.encodeStateAsUpdate(lie))).toBe('nothing new')
  })
})

describe('places', () => {
  test('[G4] nothing is ever removed from a root, nor set a second time', () => {
    const { gated, page, first, second } = panel()
    const remove = (id: string) => updateOf(page(101), (doc) => doc.getMap('annotations').delete(id))
    const set = (id: string) => updateOf(page(101), (doc) => doc.getMap('annotations').set(id, new Y.Map()))
    for (const role of ['reader', 'adjudicator'] as const) {
      expect(verdictOf(gated, remove(first), 101, role)).toBe('never-removed')
      expect(verdictOf(gated, remove(second), 101, role)).toBe('never-removed')
      expect(verdictOf(gated, set(first), 101, role)).toBe('never-removed')
    }
    expect(verdictOf(gated, deleting([[201, 0, 1]]))).toBe('never-removed')
    const twice = updateOf(page(101), (doc) => {
      doc.getMap('annotations').set('101-abcdefgh', new Y.Map())
      doc.getMap('annotations').set('101-abcdefgh', new Y.Map())
    })
    expect(verdictOf(gated, twice)).toBe('never-removed')
    const madeAndGone = new Y.Doc({ gc: false })
    madeAndGone.clientID = 101
    madeAndGone.getMap('annotations').set('101-abcdefgh', new Y.Map())
    madeAndGone.getMap('annotations').delete('101-abcdefgh')
    const gone = shifted(Y.encodeStateAsUpdate(madeAndGone), clockOf(gated.ydoc, 101))
    expect(verdictOf(gated, [gone, deleting([[101, clockOf(gated.ydoc, 101), 1]])])).toBe('never-removed')
    const unseen = new Y.Doc()
    unseen.clientID = 101
    unseen.getMap('annotations').set(second, new Y.Map())
    expect(verdictOf(gated, shifted(Y.encodeStateAsUpdate(unseen), clockOf(gated.ydoc, 101)))).toBe(
      'foreign-authorship',
    )
  })

  test('[G5] only the roots, keys and fields of the record exist', () => {
    const { gated, page, first } = panel()
    const change = (write: (doc: Y.Doc) => void) => verdictOf(gated, updateOf(page(101), write))
    expect(change((doc) => entryIn(doc, first).set('author', 'somebody else'))).toBe('unknown-place')
    expect(change((doc) => entryIn(doc, first).set('toString', 1))).toBe('unknown-place')
    expect(change((doc) => doc.getMap('secrets').set('101-abcdefgh', new Y.Map()))).toBe('unknown-place')
    expect(change((doc) => doc.getMap('toString').set('101-abcdefgh', new Y.Map()))).toBe('unknown-place')
    expect(change((doc) => doc.getMap('annotations').set('note', new Y.Map()))).toBe('unknown-place')
    expect(change((doc) => doc.getMap('annotations').set('101-abcdefgh', 'text'))).toBe('malformed')
    expect(change((doc) => doc.getMap('annotations').set('101-abcdefgh', new Y.Text()))).toBe('malformed')
    const clock = clockOf(gated.ydoc, 101)
    const unnamed = item(101, clock, { parent: 'annotations', content: any('x') })
    expect(verdictOf(gated, encoded(101, clock, [unnamed]))).toBe('malformed')
  })

  test('[G5] nothing nests deeper than the record', () => {
    const { gated, page, first } = panel()
    const change = (write: (doc: Y.Doc) => void) => verdictOf(gated, updateOf(page(101), write))
    let inner = new Y.Map<unknown>([['x', 1]])
    for (let n = 0; n < 20; n++) inner = new Y.Map<unknown>([['x', inner]])
    expect(change((doc) => entryIn(doc, first).set('label', inner))).toBe('invalid-value')
    expect(change((doc) => typeIn<Y.Map<unknown>>(doc, first, 'vertices').set('a0', new Y.Map()))).toBe(
      'invalid-value',
    )
    expect(change((doc) => typeIn<Y.Text>(doc, first, 'reasoning').insertEmbed(0, new Y.Map()))).toBe(
      'invalid-value',
    )
    expect(change((doc) => entryIn(doc, first).set('vertices', new Y.Array()))).toBe('malformed')
  })

  test('[G5][G61] what is no part of the record is not written either where it would lie in something gone', () => {
    const { gated } = panel()
    const clock = clockOf(gated.ydoc, 101)
    const gone = new Y.GC(Y.createID(101, clock), 1)
    const inside = (content: Y.Item['content']) =>
      encoded(101, clock, [gone, item(101, clock + 1, { parent: gone.id, sub: 'a0', content })])
    expect(verdictOf(gated, inside(new Y.ContentType(new Y.Map())))).toBe('let in')
    expect(verdictOf(gated, inside(new Y.ContentType(new Y.Array())))).toBe('malformed')
  })

  test('[G7] structs that claim a place they do not have are refused', () => {
    const { gated, page, first, second } = panel()
    const doc = page(101)
    const mine = typeIn<Y.Text>(doc, first, 'reasoning')
    const theirs = typeIn<Y.Text>(doc, second, 'reasoning')
    const letters = mine._start as Y.Item
    const clock = clockOf(gated.ydoc, 101)
    const refused = (crafted: Parameters<typeof item>[2]) =>
      verdictOf(gated, encoded(101, clock, [item(101, clock, crafted)]))
    const x = new Y.ContentString('x')
    // Between two texts, in either order.
    expect(refused({ origin: letters.lastId, right: (theirs._start as Y.Item).id, content: x })).toBe(
      'malformed',
    )
    expect(refused({ origin: (theirs._start as Y.Item).lastId, right: letters.id, content: x })).toBe(
      'malformed',
    )
    // Between a text and a field of the same entry, and between two fields.
    const label = entryIn(doc, first)._map.get('label') as Y.Item
    const kind = entryIn(doc, first)._map.get('kind') as Y.Item
    expect(refused({ origin: letters.lastId, right: label.id, content: x })).toBe('malformed')
    expect(refused({ origin: label.lastId, right: kind.id, content: any('x') })).toBe('malformed')
    // Before the value of a key.
    expect(refused({ right: label.id, content: any('one') })).toBe('malformed')
    // A key inside a text, a value without a key in an entry, a child of a plain value, no place at all.
    const inText = (mine._item as Y.Item).id
    expect(refused({ parent: inText, sub: 'label', content: any('x') })).toBe('malformed')
    expect(refused({ parent: (entryIn(doc, first)._item as Y.Item).id, content: any('x') })).toBe('malformed')
    expect(refused({ parent: label.id, sub: 'x', content: any('x') })).toBe('malformed')
    // Values in a text, letters in a field.
    expect(refused({ parent: inText, content: any('x') })).toBe('invalid-value')
    expect(refused({ origin: label.lastId, content: x })).toBe('invalid-value')
  })

  test('[G28] what is put into something that is gone has no place, and only uses up its own clocks', () => {
    const { gated, put } = panel()
    put(101, (doc) => {
      const text = new Y.Text('x')
      doc.getMap('elsewhere').set('a', text)
    })
    put(101, (doc) => doc.getMap('elsewhere').delete('a'))
    const parent = [...(gated.ydoc.store.clients.get(101) ?? [])].findLast(
      (struct) => struct instanceof Y.Item && struct.content instanceof Y.ContentDeleted,
    )
    const clock = clockOf(gated.ydoc, 101)
    const lost = item(101, clock, { parent: (parent as Y.Item).id, content: new Y.ContentString('y') })
    const draft = examine(gated, writerOf(101), offer(encoded(101, clock, [lost])))
    expect(draft).toMatchObject({ clock, len: 1, touched: [] })
    // But not for somebody who may write nothing.
    expect(verdictOf(gated, encoded(101, clock, [lost]), 101, 'observer')).toBe('role-may-not-discuss')
  })
})

/** An entry, or all annotations, made what they were: by as few writes as it takes, and beside whoever else writes. */
import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { readEntry, readRoots } from '../changes.ts'
import type { EntryKey } from '../entry.ts'
import * as acts from './all.ts'

const draft = {
  kind: 'polygon',
  label: 'first',
  source: { series: 'ser1', frame: 0, normal: [0, 0, 1] },
  points: [
    [0, 0, 0],
    [10, 0, 0],
    [10, 10, 0],
    [0, 10, 0],
  ],
  reasoning: 'round and smooth',
} as const

const copyOf = (doc: Y.Doc, clientID = 99): Y.Doc => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  copy.clientID = clientID
  return copy
}
const content = (doc: Y.Doc) => readRoots(doc).annotations
const REASON = 'restored to revision 4'

let doc: Y.Doc
let id: EntryKey
let then: Y.Doc

const restore = (target: Y.Doc = doc): void =>
  acts.restore(
    target,
    then,
    [...target.getMap('annotations').keys()].map((key) => ({ root: 'annotations', id: key })),
    REASON,
  )

beforeEach(() => {
  doc = new Y.Doc()
  doc.clientID = 7
  id = acts.annotate(doc, draft)
  then = copyOf(doc)
})

describe('[R14] restoring', () => {
  it('gives back fields, vertices and text, in one transaction', () => {
    acts.setLabel(doc, id, 'second')
    acts.setReasoning(doc, id, 'round and lobulated, 8 mm')
    acts.moveVertices(doc, id, [{ key: 'a1', at: [12, 0, 0] }])
    acts.removeVertex(doc, id, 'a2')
    acts.insertVertex(doc, id, 'a3', [-5, 5, 0])
    acts.setConfidence(doc, id, 40)
    let transactions = 0
    doc.on('afterTransaction', () => transactions++)
    restore()
    expect(content(doc)).toEqual(content(then))
    expect(transactions).toBe(1)
  })

  it('writes nothing where nothing differs', () => {
    acts.setLabel(doc, id, 'second')
    acts.setLabel(doc, id, 'first')
    const before = Y.encodeStateVector(doc)
    restore()
    expect(Y.encodeStateVector(doc)).toEqual(before)
    expect(acts.differs(doc, then, { root: 'annotations', id })).toBe(false)
  })

  it('leaves what stayed the same with whoever made it', () => {
    acts.moveVertices(doc, id, [{ key: 'a1', at: [12, 0, 0] }])
    acts.setReasoning(doc, id, 'round but smooth')
    const page = copyOf(doc, 8)
    restore(page)
    const made = (
      Y.decodeUpdate(Y.encodeStateAsUpdate(page, Y.encodeStateVector(doc))).structs as Y.Item[]
    ).filter((struct) => struct.id.client === 8)
    // The word between the words that stayed, and one vertex.
    expect(made.map(({ length }) => length)).toEqual([3, 1])
  })

  it('retires what was not there yet, and brings back what was retired since', () => {
    acts.retire(doc, id, 'a vessel')
    const later = acts.annotate(doc, draft)
    const gone = acts.annotate(doc, draft)
    acts.retire(doc, gone, 'drawn twice')
    restore()
    expect(content(doc).get(id)?.retired).toBeNull()
    expect(content(doc).get(later)?.retired).toEqual({ reason: REASON })
    // It was out of use already, for a reason of its own.
    expect(content(doc).get(gone)?.retired).toEqual({ reason: 'drawn twice' })
  })

  it('retires again what was retired then, with the reason it had', () => {
    acts.retire(doc, id, 'a vessel')
    then = copyOf(doc)
    acts.reinstate(doc, id)
    restore()
    expect(content(doc).get(id)?.retired).toEqual({ reason: 'a vessel' })
  })

  it('merges with what others write who had not seen it', () => {
    acts.setLabel(doc, id, 'second')
    acts.setReasoning(doc, id, 'smooth')
    const other = copyOf(doc, 8)
    restore()
    acts.moveVertices(other, id, [{ key: 'a2', at: [11, 11, 0] }])
    acts.setReasoning(other, id, 'smooth, 8 mm')
    const late = acts.annotate(other, { ...draft, label: 'late' })
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    expect(content(other)).toEqual(content(doc))
    const merged = content(doc).get(id)
    expect(merged).toMatchObject({ label: 'first', reasoning: 'round and smooth, 8 mm' })
    expect(merged?.vertices.find(({ key }) => key === 'a2')?.at).toEqual([11, 11, 0])
    expect(content(doc).get(late)?.retired).toBeNull()
  })

  it('gives words back as they were, and unsays none', () => {
    const anchor = { series: 'ser1', frame: 0, point: [0, 0, 0], annotation: id } as const
    const thread = acts.openThread(doc, { about: 'comment', anchor, reason: '', text: 'look' })
    then = copyOf(doc)
    acts.resolveThread(doc, thread, true)
    const said = acts.comment(doc, thread, 'seen')
    acts.restore(doc, then, [{ root: 'threads', id: thread }], REASON)
    expect(readEntry(doc, 'threads', thread)?.resolved).toBe(false)
    expect(() => acts.restore(doc, then, [{ root: 'comments', id: said }], REASON)).toThrow(acts.ActFault)
    expect(readEntry(doc, 'comments', said)?.text).toBe('seen')
  })
})

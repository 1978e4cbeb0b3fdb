import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { AnnotationDraft } from '../annotation.ts'
import { readEntry, readRoots } from '../changes.ts'
import { ROOTS } from '../documents.ts'
import { recordOf } from '../kinds/mask/record.ts'
import * as acts from './all.ts'
import type { NotTaken } from './putBack.ts'

const DRAFT: AnnotationDraft = {
  kind: 'polygon',
  label: 'nodule',
  source: { series: 's1', frame: 3, normal: [0, 0, 1] },
  points: [
    [0, 0, 0],
    [10, 0, 0],
    [10, 10, 0],
    [0, 10, 0],
  ],
  certainty: 'uncertain',
  confidence: 70,
  reasoning: 'Spiculated.',
}

/** The server's document, and this page's copy of it, in which things are done that the server will not take. */
function two(prepare: (doc: Y.Doc) => void = () => {}): { server: Y.Doc; refused: Y.Doc; fresh: Y.Doc } {
  const [server, refused, fresh] = [1, 2, 3].map((clientID) => Object.assign(new Y.Doc(), { clientID }))
  if (!server || !refused || !fresh) throw new Error('three documents')
  prepare(server)
  for (const doc of [refused, fresh]) Y.applyUpdate(doc, Y.encodeStateAsUpdate(server))
  return { server, refused, fresh }
}

const made = (root: NotTaken['root'], entry: string): NotTaken => ({
  root,
  entry,
  made: true,
  fields: [],
  vertices: [],
})
const changed = (entry: string, fields: string[], vertices: string[] = []): NotTaken => ({
  root: 'annotations',
  entry,
  made: false,
  fields,
  vertices,
})
const state = (doc: Y.Doc): string => JSON.stringify(ROOTS.map((root) => doc.getMap(root).toJSON()))
const only = (doc: Y.Doc): string => [...doc.getMap('annotations').keys()][0] ?? ''

describe('[C20] what was not taken is put back by the ordinary acts', () => {
  it('an annotation with all that was said of it, as a new entry of whoever puts it back', () => {
    const { refused, fresh } = two()
    const lost = acts.annotate(refused, DRAFT)
    acts.retire(refused, lost, 'seen twice')
    const back = acts.putBack(fresh, refused, made('annotations', lost))
    expect(back).toMatch(/^3-/)
    const [was, is] = [readEntry(refused, 'annotations', lost), readEntry(fresh, 'annotations', back)]
    expect({ ...is, id: lost }).toEqual(was)
  })

  it('a discussion, entry by entry, each bound to what its other part has become', () => {
    const { refused, fresh } = two()
    const places = new Map<string, string>()
    const annotation = acts.annotate(refused, DRAFT)
    const anchor = { series: 's1', frame: 3, point: [0, 0, 0], annotation } as const
    const thread = acts.openThread(refused, { about: 'dispute', anchor, reason: 'A vessel.', text: '' })
    const comment = acts.comment(refused, thread, 'Look at slice 4.')
    const decision = acts.decide(refused, {
      thread,
      outcome: 'accepted',
      rationale: 'Agreed.',
      adopted: null,
    })
    const dissent = acts.dissent(refused, { decision, text: 'No.' })
    const order = [
      made('annotations', annotation),
      made('threads', thread),
      made('comments', comment),
      made('decisions', decision),
      made('dissents', dissent),
    ]
    for (const lost of order.toReversed().slice(0, 4))
      expect(() => acts.putBack(fresh, refused, lost, places)).toThrow('Put that back first.')
    expect(state(fresh)).toBe(state(new Y.Doc()))
    for (const lost of order) places.set(lost.entry, acts.putBack(fresh, refused, lost, places))
    const { threads, comments, decisions, dissents } = readRoots(fresh)
    expect([...threads.values()][0]).toMatchObject({
      reason: 'A vessel.',
      anchor: { annotation: places.get(annotation) },
    })
    expect([...comments.values()][0]).toMatchObject({
      thread: places.get(thread),
      text: 'Look at slice 4.',
    })
    expect([...decisions.values()][0]).toMatchObject({ thread: places.get(thread), rationale: 'Agreed.' })
    expect([...dissents.values()][0]).toMatchObject({ decision: places.get(decision), text: 'No.' })
  })

  it('of an entry that is there only what was changed here, whatever others changed meanwhile', () => {
    const { refused, fresh } = two((doc) => void acts.annotate(doc, DRAFT))
    const id = only(refused)
    acts.setLabel(refused, id, 'cyst')
    acts.setReasoning(refused, id, 'Round.')
    acts.setConfidence(fresh, id, 20)
    acts.putBack(fresh, refused, changed(id, ['label', 'reasoning']))
    expect(readEntry(fresh, 'annotations', id)).toMatchObject({
      label: 'cyst',
      reasoning: 'Round.',
      confidence: 20,
    })
  })

  it('vertices that were moved, added and removed here, and no others', () => {
    const { refused, fresh } = two((doc) => void acts.annotate(doc, DRAFT))
    const id = only(refused)
    const keys = readEntry(refused, 'annotations', id)?.vertices.map(({ key }) => key) ?? []
    const [a = '', b = '', c = '', d = ''] = keys
    acts.moveVertices(refused, id, [{ key: a, at: [-1, -1, 0] }])
    const added = acts.insertVertex(refused, id, b, [12, 5, 0])
    acts.removeVertex(refused, id, c)
    acts.moveVertices(fresh, id, [{ key: d, at: [0, 12, 0] }])
    acts.putBack(fresh, refused, changed(id, ['vertices'], [a, added, c]))
    expect(readEntry(fresh, 'annotations', id)?.vertices.map(({ at }) => at)).toEqual([
      [-1, -1, 0],
      [10, 0, 0],
      [12, 5, 0],
      [0, 12, 0],
    ])
  })

  it('a deletion with its reason, and a return', () => {
    const { refused, fresh } = two((doc) => void acts.annotate(doc, DRAFT))
    const id = only(refused)
    acts.retire(refused, id, 'a vessel')
    acts.putBack(fresh, refused, changed(id, ['retired']))
    expect(readEntry(fresh, 'annotations', id)?.retired).toEqual({ reason: 'a vessel' })
    acts.reinstate(refused, id)
    acts.setLabel(refused, id, 'cyst')
    acts.putBack(fresh, refused, changed(id, ['label', 'retired']))
    expect(readEntry(fresh, 'annotations', id)).toMatchObject({ retired: null, label: 'cyst' })
  })

  it('and can be undone at once', () => {
    const { refused, fresh } = two((doc) => void acts.annotate(doc, DRAFT))
    const id = only(refused)
    acts.setLabel(refused, id, 'cyst')
    acts.setCertainty(refused, id, 'present')
    const history = new acts.OwnHistory(fresh)
    const before = state(fresh)
    acts.putBack(fresh, refused, changed(id, ['label', 'certainty']))
    expect(history.undo()).toBe(true)
    expect(state(fresh)).toBe(before)
    expect(history.canUndo).toBe(false)
  })
})

describe('[C8] what cannot be put back says why and leaves no trace', () => {
  it.each<[string, (doc: Y.Doc, id: string) => void]>([
    ['the annotation was deleted meanwhile', (doc, id) => acts.retire(doc, id, 'twice')],
    [
      'the shape would not hold any more',
      (doc, id) => {
        const [first] = readEntry(doc, 'annotations', id)?.vertices ?? []
        if (first) acts.removeVertex(doc, id, first.key)
      },
    ],
  ])('%s', (_why, meanwhile) => {
    const { refused, fresh } = two((doc) => void acts.annotate(doc, DRAFT))
    const id = only(refused)
    const last = readEntry(refused, 'annotations', id)?.vertices.at(-1)?.key ?? ''
    acts.setLabel(refused, id, 'cyst')
    acts.removeVertex(refused, id, last)
    meanwhile(fresh, id)
    const before = state(fresh)
    expect(() => acts.putBack(fresh, refused, changed(id, ['label', 'vertices'], [last]))).toThrow(
      acts.ActFault,
    )
    expect(state(fresh)).toBe(before)
  })

  it('a field that no act changes', () => {
    const { refused, fresh } = two((doc) => void acts.annotate(doc, DRAFT))
    const before = state(fresh)
    expect(() => acts.putBack(fresh, refused, changed(only(refused), ['label', 'source']))).toThrow(
      'Save it as a file.',
    )
    expect(state(fresh)).toBe(before)
  })
})

describe('[C20] [M107] painting comes back with the segment that it is in', () => {
  const grid = { size: [40, 30, 4], spacingUm: [1_000, 1_000, 2_000] } as const
  const stroke = { shape: 'runs', rows: Int32Array.of(1, 5, 5, 15) } as const
  const segment = (doc: Y.Doc): string => acts.annotate(doc, { ...DRAFT, kind: 'segment', points: [] })
  const put = (doc: Y.Doc, id: string) => acts.paint(doc, grid, [{ segment: id, value: 1, shape: stroke }])
  const painted = (doc: Y.Doc) =>
    recordOf(doc).acts.flatMap(({ act: { body, id } }) =>
      body.act === 'paint' ? [[id.client, body.segment]] : [[id.client, body.act]],
    )

  it('a segment that was made with it, under its new key, and nothing of another one', () => {
    const { refused, fresh } = two()
    const [lost, other] = [segment(refused), segment(refused)]
    put(refused, lost)
    put(refused, other)
    const back = acts.putBack(fresh, refused, { ...made('annotations', lost), fields: ['voxels'] })
    expect(painted(fresh)).toEqual([[3, back]])
  })

  it('one that is in the record, with what was taken back in it; of one painter alone where that is said', () => {
    const { server, refused, fresh } = two((doc) => void segment(doc))
    const there = only(server)
    const first = put(refused, there)
    put(refused, there)
    acts.turn(refused, 'withdraw', 'author', [{ target: first, count: 1 }])
    acts.setName(refused, there, 'Nodule')
    const lost = changed(there, ['name', 'voxels'])
    acts.putBack(server, refused, { ...lost, painters: [7] })
    expect([painted(server), readEntry(server, 'annotations', there)?.name]).toEqual([[], 'Nodule'])
    acts.putBack(fresh, refused, { ...lost, painters: [2] })
    expect(painted(fresh)).toEqual([
      [3, there],
      [3, there],
      [3, 'withdraw'],
    ])
    const [one, next] = recordOf(fresh).acts.map(({ act }) => recordOf(fresh).effective(act.id))
    expect([one, next]).toEqual([false, true])
  })
})

/** Undo and redo of one's own acts while somebody else works on the same annotation. */
import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { AnnotationDraft } from '../annotation.ts'
import { readRoots } from '../changes.ts'
import type { EntryKey } from '../entry.ts'
import * as acts from './all.ts'
import { UNDONE } from './undo/field.ts'

const draft: AnnotationDraft = {
  kind: 'polygon',
  label: 'first',
  source: { series: 'ser1', frame: 0, normal: [0, 0, 1] },
  points: [
    [0, 0, 0],
    [10, 0, 0],
    [10, 10, 0],
    [0, 10, 0],
  ],
}

let ann: Y.Doc
let ben: Y.Doc
let history: acts.OwnHistory
let id: EntryKey

/** Each gets what the other has. */
function meet(): void {
  Y.applyUpdate(ben, Y.encodeStateAsUpdate(ann), 'wire')
  Y.applyUpdate(ann, Y.encodeStateAsUpdate(ben), 'wire')
}
const of = (doc: Y.Doc) => {
  const found = readRoots(doc).annotations.get(id)
  if (!found) throw new Error('the annotation is gone')
  return found
}
const at = (doc: Y.Doc, key: string) => of(doc).vertices.find((v) => v.key === key)?.at

beforeEach(() => {
  ann = new Y.Doc()
  ben = new Y.Doc()
  ann.clientID = 11
  ben.clientID = 22
  id = acts.annotate(ann, draft)
  meet()
  history = new acts.OwnHistory(ann)
})

describe('one person', () => {
  it('goes back act by act and forth again', () => {
    acts.setLabel(ann, id, 'second')
    acts.moveVertices(ann, id, [{ key: 'a0', at: [-1, -1, 0] }])
    const inserted = acts.insertVertex(ann, id, 'a0', [4, -3, 0])
    acts.removeVertex(ann, id, 'a2')
    const states = [of(ann)]
    while (history.undo()) states.push(of(ann))
    expect(
      states.map((s) => [s.label, s.vertices.length, s.vertices.some((v) => v.key === inserted)]),
    ).toEqual([
      ['second', 4, true],
      ['second', 5, true],
      ['second', 4, false],
      ['second', 4, false],
      ['first', 4, false],
    ])
    for (const state of states.toReversed().slice(1)) {
      expect(history.redo()).toBe(true)
      expect(of(ann)).toEqual(state)
    }
    expect(history.redo()).toBe(false)
  })

  it('names the act on the button', () => {
    expect([history.nextUndo, history.nextRedo, history.canUndo, history.canRedo]).toEqual([
      null,
      null,
      false,
      false,
    ])
    acts.moveVertices(ann, id, [{ key: 'a0', at: [-1, -1, 0] }])
    expect(history.nextUndo).toBe('Undo move of 1 vertex')
    history.undo()
    expect(history.nextRedo).toBe('Redo move of 1 vertex')
    acts.moveVertices(ann, id, [
      { key: 'a0', at: [-1, -1, 0] },
      { key: 'a1', at: [12, -1, 0] },
    ])
    expect(history.nextUndo).toBe('Undo move of 2 vertices')
    expect(history.nextRedo).toBeNull()
    acts.annotate(ann, draft)
    expect(history.nextUndo).toBe('Undo new polygon')
  })

  it('a new act clears what could be redone; a comment does not', () => {
    acts.setLabel(ann, id, 'second')
    history.undo()
    const anchor = { series: 'ser1', frame: 0, point: [0, 0, 0], annotation: id } as const
    acts.openThread(ann, { about: 'comment', anchor, reason: '', text: 'hm' })
    expect(history.canRedo).toBe(true)
    acts.setConfidence(ann, id, 5)
    expect(history.canRedo).toBe(false)
  })

  it('does not take back what was said', () => {
    const anchor = { series: 'ser1', frame: 0, point: [0, 0, 0], annotation: id } as const
    const thread = acts.openThread(ann, { about: 'dispute', anchor, reason: 'vessel', text: 'look' })
    const decision = acts.decide(ann, { thread, outcome: 'accepted', rationale: 'agreed', adopted: null })
    acts.dissent(ann, { decision, text: 'no' })
    acts.resolveThread(ann, thread, true)
    expect(history.undo()).toBe(false)
    expect(readRoots(ann).dissents.size).toBe(1)
  })

  it('takes back a retirement and its return', () => {
    acts.retire(ann, id, 'twice')
    acts.reinstate(ann, id)
    history.undo()
    expect(of(ann).retired).toEqual({ reason: 'twice' })
    history.undo()
    expect(of(ann).retired).toBeNull()
  })

  it('is one revision per press, made by an act', () => {
    acts.moveVertices(ann, id, [
      { key: 'a0', at: [-1, -1, 0] },
      { key: 'a1', at: [12, -1, 0] },
    ])
    const origins: unknown[] = []
    ann.on('update', (_: Uint8Array, origin: unknown) => origins.push(origin))
    history.undo()
    history.redo()
    expect(origins.map((o) => (o instanceof acts.Act ? o.name : o))).toEqual(['undo', 'redo'])
    history.undo()
    history.undo()
    expect(origins).toHaveLength(3)
  })

  it('goes on under a new clientID', () => {
    acts.setLabel(ann, id, 'second')
    ann.clientID = 33
    acts.setReasoning(ann, id, 'round')
    history.undo()
    history.undo()
    expect([of(ann).label, of(ann).reasoning]).toEqual(['first', ''])
    history.redo()
    ann.clientID = 44
    history.redo()
    history.undo()
    history.undo()
    expect([of(ann).label, of(ann).reasoning]).toEqual(['first', ''])
  })
})

describe('[C6] the making of an annotation', () => {
  it('undone is a retirement, redone a return; the entry stays all the while', () => {
    const mine = acts.annotate(ann, draft)
    acts.setLabel(ann, mine, 'mass')
    const read = () => readRoots(ann).annotations.get(mine)
    history.undo()
    history.undo()
    expect(read()).toMatchObject({ label: 'first', retired: { reason: UNDONE } })
    history.redo()
    expect(read()).toMatchObject({ label: 'first', retired: null })
    history.redo()
    expect(read()?.label).toBe('mass')
  })

  it('is not undone once somebody else took it back, nor redone over their word', () => {
    const mine = acts.annotate(ann, draft)
    meet()
    acts.retire(ben, mine, 'not a nodule')
    meet()
    expect(history.canUndo).toBe(false)
    acts.reinstate(ben, mine)
    meet()
    expect(history.undo()).toBe(false)
    expect(readRoots(ann).annotations.get(mine)?.retired).toBeNull()
  })
})

describe('[C5] two people', () => {
  it("a field somebody else overwrote stays theirs, and the button passes on to one's other acts", () => {
    acts.moveVertices(ann, id, [{ key: 'a0', at: [-1, -1, 0] }])
    acts.setLabel(ann, id, 'from ann')
    meet()
    acts.setLabel(ben, id, 'from ben')
    meet()
    expect(history.nextUndo).toBe('Undo move of 1 vertex')
    history.undo()
    expect(of(ann).label).toBe('from ben')
    expect(at(ann, 'a0')).toEqual([0, 0, 0])
    expect(history.canUndo).toBe(false)
  })

  describe('ann, ben, ann write one field', () => {
    const play = () => {
      acts.setLabel(ann, id, 'ann 1')
      meet()
      acts.setLabel(ben, id, 'ben')
      meet()
      acts.setLabel(ann, id, 'ann 2')
      meet()
    }

    it("the second undo does not reach behind ben's value", () => {
      play()
      expect(history.undo()).toBe(true)
      expect(of(ann).label).toBe('ben')
      expect(history.undo()).toBe(false)
      expect(of(ann).label).toBe('ben')
    })

    it('Y.UndoManager does reach behind it: should this fail after an update of yjs, OwnHistory may become simpler', () => {
      const theirs = new Y.UndoManager(ann, { trackedOrigins: new Set([acts.Act]), captureTimeout: 0 })
      play()
      theirs.undo()
      expect(of(ann).label).toBe('ben')
      theirs.undo()
      expect(of(ann).label).toBe('first')
    })
  })

  it('of a drag of several vertices those come back that nobody else has moved since', () => {
    acts.moveVertices(ann, id, [
      { key: 'a0', at: [-5, -5, 0] },
      { key: 'a1', at: [15, -5, 0] },
    ])
    meet()
    acts.moveVertices(ben, id, [{ key: 'a1', at: [16, -6, 0] }])
    meet()
    history.undo()
    expect([at(ann, 'a0'), at(ann, 'a1')]).toEqual([
      [0, 0, 0],
      [16, -6, 0],
    ])
    history.redo()
    expect([at(ann, 'a0'), at(ann, 'a1')]).toEqual([
      [-5, -5, 0],
      [16, -6, 0],
    ])
  })

  it('an undo on the way meets a change on the way', () => {
    acts.setLabel(ann, id, 'from ann')
    meet()
    acts.moveVertices(ben, id, [{ key: 'a3', at: [-2, 12, 0] }])
    history.undo()
    meet()
    expect(of(ann)).toEqual(of(ben))
    expect([of(ben).label, at(ben, 'a3')]).toEqual(['first', [-2, 12, 0]])
  })

  it('a vertex of mine that somebody else moved is not taken away', () => {
    const key = acts.insertVertex(ann, id, 'a0', [5, -2, 0])
    meet()
    acts.moveVertices(ben, id, [{ key, at: [5, -4, 0] }])
    meet()
    expect(history.undo()).toBe(false)
    expect(at(ann, key)).toEqual([5, -4, 0])
  })

  it('taking my vertex away waits while the shape could not do without it', () => {
    const key = acts.insertVertex(ann, id, 'a0', [5, -2, 0])
    meet()
    acts.removeVertex(ben, id, 'a2')
    acts.removeVertex(ben, id, 'a3')
    meet()
    expect(history.canUndo).toBe(false)
    acts.insertVertex(ben, id, 'a1', [12, 12, 0])
    meet()
    expect(history.undo()).toBe(true)
    expect(at(ann, key)).toBeUndefined()
  })

  it('in a text my characters go and come, theirs stay', () => {
    acts.setReasoning(ann, id, 'round nodule')
    meet()
    acts.setReasoning(ben, id, 'round calcified nodule')
    acts.setReasoning(ben, id, 'round calcified nodule, 8 mm')
    meet()
    acts.setReasoning(ann, id, 'calcified nodule, 8 mm')
    history.undo()
    expect(of(ann).reasoning).toBe('round calcified nodule, 8 mm')
    history.undo()
    meet()
    expect(of(ben).reasoning).toBe('calcified , 8 mm')
    history.redo()
    history.redo()
    expect(of(ann).reasoning).toBe('calcified nodule, 8 mm')
  })

  it('the buttons hear when somebody else makes them mean something else', () => {
    const heard: (string | null)[] = []
    acts.setConfidence(ann, id, 50)
    const stop = history.onChange(() => heard.push(history.nextUndo))
    acts.setLabel(ann, id, 'from ann')
    meet()
    acts.setLabel(ben, id, 'from ben')
    meet()
    acts.setCertainty(ben, id, 'present')
    meet()
    history.undo()
    stop()
    acts.setLabel(ann, id, 'again')
    expect(heard).toEqual(['Undo change of label', 'Undo change of confidence', null])
  })

  it('what others do is never mine to undo', () => {
    acts.setLabel(ben, id, 'from ben')
    const theirs = acts.annotate(ben, draft)
    meet()
    expect(history.undo()).toBe(false)
    expect(readRoots(ann).annotations.get(theirs)?.retired).toBeNull()
  })
})

it('forgets everything when it lets go', () => {
  history.destroy()
  acts.setLabel(ann, id, 'second')
  expect(history.canUndo).toBe(false)
})

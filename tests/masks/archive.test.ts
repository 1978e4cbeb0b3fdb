/** Painting that was moved to an archive: it counts as before, can be taken back as before, and late work finds its place in it. */
import { annotate, OwnHistory, paint, retire } from '@consilium/crdt-schema/acts'
import { actsIn, archiveOf } from '@consilium/crdt-schema/painting/archive'
import { archivesOf } from '@consilium/crdt-schema/painting/archives'
import { MaskEngine } from '@consilium/crdt-schema/painting/engine'
import { lanesOf } from '@consilium/crdt-schema/painting/lanes'
import { recordOf } from '@consilium/crdt-schema/painting/record'
import type { Grid } from '@consilium/geometry/raster/grid'
import type { Shape } from '@consilium/geometry/raster/shape'
import { beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { copyOf, House, SERIES, type Somebody } from './house.ts'
import { archivedActs } from './replay.ts'

const GRID: Grid = { size: [40, 30, 4], spacingUm: [1_000, 1_000, 2_000] }
const ANN: Somebody = { person: 1, role: 'reader' }
const BEN: Somebody = { person: 2, role: 'reader' }

const box = (x0: number, x1: number): Shape => ({
  shape: 'runs',
  rows: Int32Array.from(Array.from({ length: 10 }, (_, n) => [1, 5 + n, x0, x1]).flat()),
})

let house: House
let ann: Y.Doc
let ben: Y.Doc
let segment: string

const put = (doc: Y.Doc, x0: number, x1: number, value: 0 | 1 = 1) =>
  paint(doc, GRID, [{ segment, value, shape: box(x0, x1) }])

function offer(doc: Y.Doc, who: Somebody): void {
  house.offer(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(house.doc)), doc.clientID, who)
}
/** Everything that the server has, and the files that it names. */
function fetch(doc: Y.Doc): void {
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(house.doc), 'wire')
  recordOf(doc).archived(archivedActs(doc, house.files))
}
const late = (): Y.Doc => {
  const doc = copyOf(house.doc, house.lease(3))
  fetch(doc)
  return doc
}
function row(doc: Y.Doc): string {
  const engine = new MaskEngine({ grid: GRID })
  engine.feed(recordOf(doc).acts.map(({ act }) => act))
  return Array.from({ length: 40 }, (_, x) => engine.valueAt(segment, x, 8, 1)).join('')
}
const set = (from: number, to: number, but: readonly [number, number] = [0, 0]): string =>
  Array.from({ length: 40 }, (_, x) => (x >= from && x < to && !(x >= but[0] && x < but[1]) ? 1 : 0)).join('')

beforeEach(() => {
  house = new House(GRID)
  ;[ann, ben] = [copyOf(house.doc, house.lease(1)), copyOf(house.doc, house.lease(2))]
  const source = { series: SERIES, frame: 1, normal: [0, 0, 1] } as const
  segment = annotate(ann, { kind: 'segment', label: '', source, points: [] })
  offer(ann, ANN)
  fetch(ben)
})

describe('[M52] an archive', () => {
  test('takes the acts out of the document, holds every one of them, and everybody sees what they saw', () => {
    put(ann, 5, 20)
    offer(ann, ANN)
    fetch(ben)
    put(ben, 10, 15, 0)
    offer(ben, BEN)
    const before = row(ben)
    expect(house.archive()).toBe(true)
    for (const lane of lanesOf(house.doc).values()) expect(lane.length).toBe(0)
    const [[name, note] = []] = [...archivesOf(house.doc)]
    expect([...actsIn(house.files.get(name ?? '') ?? new Uint8Array())]).toHaveLength(2)
    expect(note?.bytes).toBe(house.files.get(name ?? '')?.length)
    fetch(ann)
    expect(row(ann)).toBe(before)
    expect(row(late())).toBe(before)
    expect(before).toBe(set(5, 20, [10, 15]))
    expect(house.archive()).toBe(false)
  })

  test('is made the same again from the document as it was', () => {
    put(ann, 5, 20)
    offer(ann, ANN)
    const [one, other] = [archiveOf(house.doc, 7), archiveOf(late(), 7)]
    expect(one?.note.elements).toBe(3)
    expect(Buffer.from(one?.bytes ?? []).equals(other?.bytes ?? new Uint8Array())).toBe(true)
  })

  test('an act in it is undone and redone like any other', () => {
    put(ann, 5, 20)
    offer(ann, ANN)
    fetch(ben)
    put(ben, 10, 15)
    offer(ben, BEN)
    house.archive()
    fetch(ann)
    const history = new OwnHistory(ann)
    expect(history.undo()).toBe(true)
    offer(ann, ANN)
    expect(row(late())).toBe(set(10, 15))
    history.redo()
    offer(ann, ANN)
    expect(row(late())).toBe(set(5, 20))
  })

  test('what was painted offline meanwhile lies where it belongs, between acts that are in it', () => {
    put(ann, 5, 20)
    offer(ann, ANN)
    fetch(ben)
    const offline = put(ben, 8, 30)
    for (let n = 0; n < 3; n++) put(ann, 10, 15, 0)
    offer(ann, ANN)
    house.archive()
    house.restart()
    offer(ben, BEN)
    fetch(ben)
    expect(row(ben)).toBe(set(5, 30, [10, 15]))
    expect(row(late())).toBe(row(ben))
    expect(recordOf(late()).acts.some(({ act }) => act.id.lamport === offline.lamport)).toBe(true)
  })

  test('who was away and has not its files yet, goes on painting behind it', () => {
    put(ben, 5, 8)
    offer(ben, BEN)
    house.archive()
    put(ben, 20, 25)
    offer(ben, BEN)
    const reader = copyOf(house.doc, house.lease(3))
    expect(row(reader)).toBe(set(20, 25))
    expect(row(late())).toBe(set(5, 25, [8, 20]))
  })

  test('a second one goes on where the first ended', () => {
    for (let n = 0; n < 3; n++) {
      put(ann, 5 + 10 * n, 10 + 10 * n)
      offer(ann, ANN)
      house.archive()
      fetch(ann)
    }
    expect(archivesOf(house.doc).size).toBe(3)
    house.restart()
    put(ann, 8, 30, 0)
    offer(ann, ANN)
    expect(row(late())).toBe(row(ann))
    expect(row(ann)).toBe(set(5, 8))
  })
})

test('[M52] a segment that was deleted comes back with what lies in an archive', () => {
  put(ann, 5, 20)
  offer(ann, ANN)
  house.archive()
  retire(ann, segment, 'none')
  offer(ann, ANN)
  expect(row(late())).toBe(set(5, 20))
})

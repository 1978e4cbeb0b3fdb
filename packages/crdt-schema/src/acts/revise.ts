/**
 * Changes to an annotation that exists: its vertices and what is said about it.
 * Writing what is already there is no act: no transaction content, no revision, nothing to undo.
 */
import type { Vec3 } from '@consilium/geometry/vec3'
import * as Y from 'yjs'
import type { Annotation, Certainty, Vertex } from '../annotation.ts'
import { readAnnotation } from '../changes.ts'
import type { EntryKey } from '../entry.ts'
import { kindOf } from '../kinds/all.ts'
import { KEY_LIMIT, keyBetween } from '../vertexKeys.ts'
import { Act, ActFault, type Entry, entryOf, perform, sendable } from './act.ts'
import { checkCertainty, checkColour, checkConfidence, checkPoint, checkText } from './checks.ts'
import { setText } from './splice.ts'

interface Open {
  readonly entry: Entry
  readonly annotation: Annotation
  readonly vertices: Y.Map<unknown>
}

/** The annotation, if it can be changed now. */
function open(doc: Y.Doc, id: EntryKey): Open {
  const entry = entryOf(doc, 'annotations', id)
  const annotation = readAnnotation(id, entry)
  const vertices = entry.get('vertices')
  if (annotation === null || !(vertices instanceof Y.Map))
    throw new ActFault('unknown-entry', 'This annotation cannot be read.')
  if (annotation.retired !== null)
    throw new ActFault('retired', 'This annotation was taken back; bring it back before changing it.')
  return { entry, annotation, vertices }
}

/**
 * Concurrent edits may leave an annotation that no single act would have made (two people each remove a corner of four).
 * It must stay possible to repair such a one, so a fault counts only where there was none before.
 */
function checkRevised({ annotation }: Open, points: readonly Vec3[]): void {
  const { fault } = kindOf(annotation.kind)
  const now = fault(points, annotation.source.normal)
  if (now === null) return
  const before = fault(
    annotation.vertices.map((v) => v.at),
    annotation.source.normal,
  )
  if (before === null) throw new ActFault('invalid-geometry', now)
}

const samePlace = (a: Vec3, b: Vec3): boolean => a[0] === b[0] && a[1] === b[1] && a[2] === b[2]

/**
 * Vertices that somebody removed in the meantime stay removed, the others move: a drag outlives what happens around it.
 * It is a fault only when none of them is left.
 */
export function moveVertices(doc: Y.Doc, id: EntryKey, moves: readonly Vertex[]): void {
  const target = open(doc, id)
  const to = new Map(moves.map((move) => [move.key, move.at]))
  const here = target.annotation.vertices.filter((v) => to.has(v.key))
  if (here.length === 0 && moves.length > 0)
    throw new ActFault('unknown-entry', 'This point is no longer part of the annotation.')
  checkRevised(
    target,
    target.annotation.vertices.map((v) => to.get(v.key) ?? v.at),
  )
  const moved = here.filter((v) => !samePlace(v.at, to.get(v.key) ?? v.at))
  const title = `move of ${moved.length} ${moved.length === 1 ? 'vertex' : 'vertices'}`
  perform(doc, new Act('move vertices', title), () => {
    for (const { key } of moved) target.vertices.set(key, [...(to.get(key) ?? [])])
  })
}

/** Puts a vertex behind `afterKey` (null: before the first) and returns its key. */
export function insertVertex(doc: Y.Doc, id: EntryKey, afterKey: string | null, at: Vec3): string {
  const target = open(doc, id)
  checkPoint(at)
  const order = target.annotation.vertices
  const index = afterKey === null ? -1 : order.findIndex((v) => v.key === afterKey)
  if (afterKey !== null && index < 0)
    throw new ActFault('unknown-entry', 'The point to insert behind is no longer part of the annotation.')
  checkRevised(
    target,
    order.toSpliced(index + 1, 0, { key: '', at }).map((v) => v.at),
  )
  // `_map` still knows the keys of removed vertices; `has` does not.
  const used = (key: string): boolean => target.vertices._map.has(key)
  const key = keyBetween(order[index]?.key ?? null, order[index + 1]?.key ?? null, doc.clientID, used)
  if (key.length > KEY_LIMIT)
    throw new ActFault('invalid-geometry', 'Too many points were inserted at this spot; draw the shape anew.')
  perform(doc, new Act('insert vertex', 'new vertex'), () => target.vertices.set(key, [...at]))
  return key
}

export function removeVertex(doc: Y.Doc, id: EntryKey, key: string): void {
  const target = open(doc, id)
  const left = target.annotation.vertices.filter((v) => v.key !== key)
  if (left.length === target.annotation.vertices.length)
    throw new ActFault('unknown-entry', 'This point is no longer part of the annotation.')
  checkRevised(
    target,
    left.map((v) => v.at),
  )
  perform(doc, new Act('remove vertex', 'removal of a vertex'), () => target.vertices.delete(key))
}

function setField(
  doc: Y.Doc,
  id: EntryKey,
  field: 'label' | 'certainty' | 'confidence' | 'name' | 'colour',
  value: string | number | null,
): void {
  const { entry, annotation } = open(doc, id)
  if (annotation[field] === value) return
  perform(doc, new Act(`set ${field}`, `change of ${field}`), () => entry.set(field, sendable(value)))
}

export function setLabel(doc: Y.Doc, id: EntryKey, label: string): void {
  checkText('label', label)
  setField(doc, id, 'label', label)
}

export function setCertainty(doc: Y.Doc, id: EntryKey, certainty: Certainty | null): void {
  checkCertainty(certainty)
  setField(doc, id, 'certainty', certainty)
}

/** 0 to 100, or null to take it back. */
export function setConfidence(doc: Y.Doc, id: EntryKey, confidence: number | null): void {
  checkConfidence(confidence)
  setField(doc, id, 'confidence', confidence)
}

export function setName(doc: Y.Doc, id: EntryKey, name: string): void {
  checkText('name', name)
  setField(doc, id, 'name', name)
}

export function setColour(doc: Y.Doc, id: EntryKey, colour: string): void {
  checkColour(colour)
  setField(doc, id, 'colour', colour)
}

/** Writes only what differs, so that two people can type in one text. */
export function setReasoning(doc: Y.Doc, id: EntryKey, text: string): void {
  checkText('reasoning', text)
  const reasoning = open(doc, id).entry.get('reasoning')
  if (!(reasoning instanceof Y.Text)) throw new ActFault('unknown-entry', 'This annotation cannot be read.')
  const sent = sendable(text)
  if (reasoning.toString() === sent) return
  perform(doc, new Act('set reasoning', 'change of reasoning'), () => setText(reasoning, sent))
}

/**
 * What would the update make of the fields it touches? Of each key only the value that will be seen counts. A new entry must be whole, and
 * its shape one that its kind accepts. Later only that is asked which people who change things at the same time cannot bring about: each
 * point is a point, in the plane of its annotation; nothing that an entry needs is taken away; texts and shapes stay of a sane size.
 * Work is in proportion to what is touched, and where a point is added to the points of its annotation at most.
 */
import { Refusal } from '@consilium/contract/refusals'
import { isKindName, type KindName, kindOf } from '@consilium/crdt-schema/kinds'
import {
  entryFault,
  fieldOf,
  fieldsOf,
  LONGEST_TEXT,
  mostVertices,
  type NamedField,
  planeFault,
  pointFault,
  vertexKeyFault,
} from '@consilium/crdt-schema/values'
import type { Vec3 } from '@consilium/geometry/vec3'
import * as Y from 'yjs'
import { type Container, type Entry, type Slot, type StoredType, storedValue } from './container.ts'
import { Struct } from './decode.ts'

type Labels = ReadonlySet<string>

/** What the points of an annotation are judged by. */
interface Drawn {
  readonly kind: KindName
  readonly normal: Vec3
}

/** Throws a Refusal `invalid-value`. */
export function checkFields(containers: readonly Container[], labels: Labels): void {
  for (const container of containers) {
    if (container.shape === 'text') checkLength(container)
    else if (container.shape === 'entry' && container.entry?.isNew) checkNew(container, labels)
    else if (container.shape === 'entry') checkChanged(container, labels)
    // Those of a new annotation are checked with it.
    else if (container.shape === 'vertices' && container.type) checkMoved(container, container.type)
  }
}

function refuse(fault: string | null, field: string | null): void {
  if (fault !== null) throw new Refusal('invalid-value', { message: fault, field: field ?? undefined })
}

function checkNew(container: Container, labels: Labels): void {
  const { slots } = container
  const { root } = container.entry as Entry
  const valueOf = (name: string): unknown => container.find(name)?.value()
  const fields = fieldsOf(root)
  for (let n = 0; n < fields.length; n++) {
    const field = fields[n] as NamedField
    // Mostly they come in this very order.
    const slot = slots[n]?.key === field.name ? slots[n] : container.find(field.name)
    if (field.optional && (!slot || slot.gone)) continue
    if (!slot || slot.last === null || slot.gone)
      return refuse('Something is missing in this new entry.', field.name)
    if (field.shape === 'plain') checkPlain(field, slot, labels)
  }
  refuse(entryFault(root, valueOf), null)
  const kind = valueOf('kind')
  if (root !== 'annotations' || typeof kind !== 'string' || !isKindName(kind)) return
  const vertices = container.find('vertices')?.last
  if (vertices instanceof Struct && vertices.made)
    checkDrawing(vertices.made, { kind, normal: (valueOf('source') as { normal: Vec3 }).normal })
}

/** Where points were moved or removed since, perhaps by several pages of one person, it is judged like a change. */
function checkDrawing({ slots, entry, field }: Container, { kind, normal }: Drawn): void {
  let isAsDrawn = true
  let isInOrder = true
  const live: Slot[] = []
  for (const slot of slots) {
    if (slot.gone || slot.written.length > 1 || (slot.last as Struct).client !== entry?.creator)
      isAsDrawn = false
    if (slot.gone) continue
    checkPoint(slot, field, true)
    const before = live.at(-1)
    if (before && before.key > slot.key) isInOrder = false
    live.push(slot)
  }
  if (!isInOrder) live.sort((a, b) => (a.key < b.key ? -1 : 1))
  const points = live.map((slot) => slot.value() as Vec3)
  if (isAsDrawn) return refuse(kindOf(kind).fault(points, normal), field)
  const [first] = points
  if (first) for (const point of points) refuse(planeFault(kind, normal, point, first), field)
  if (points.length > mostVertices(kind)) refuse(TOO_MANY, field)
}

function checkChanged(container: Container, labels: Labels): void {
  const { slots, type } = container
  const { root } = container.entry as Entry
  let set = false
  for (const slot of slots) {
    if (slot.gone && !fieldOf(root, slot.key)?.optional)
      refuse('What an entry says can be changed, but not taken away.', slot.key)
    if (!slot.isSet) continue
    set = true
    const known = fieldOf(root, slot.key)
    if (known?.shape === 'plain') checkPlain(known, slot, labels)
    else refuse('This is changed part by part, not replaced as a whole.', slot.key)
  }
  const now = (name: string): unknown => {
    const slot = container.find(name)
    return slot?.isSet ? slot.value() : at(type, name)
  }
  if (set) refuse(entryFault(root, now), null)
}

function checkPlain(field: NamedField, slot: Slot, labels: Labels): void {
  refuse(isOne(slot) ? field.fault(slot.value(), labels) : 'A field holds one value.', slot.key)
}

function checkPoint(slot: Slot, field: string | null, isNewKey: boolean): void {
  refuse(isOne(slot) ? pointFault(slot.value()) : 'A point is one point.', field)
  if (isNewKey) refuse(vertexKeyFault(slot.key), field)
}

/** Points that were moved, added and removed. */
function checkMoved({ slots, field }: Container, type: StoredType): void {
  const drawn = drawnIn(type)
  let anywhere: Vec3 | null | undefined
  let more = 0
  for (const slot of slots) {
    const { before } = slot
    if (slot.gone && before) more--
    if (!slot.isSet) continue
    if (!before) more++
    checkPoint(slot, field, !before && !type._map.has(slot.key))
    if (!drawn) continue
    // Looked for once: it may lie behind all that were ever removed.
    const against =
      (before && pointIn(before)) ?? (anywhere === undefined ? (anywhere = anyPoint(type)) : anywhere)
    if (against) refuse(planeFault(drawn.kind, drawn.normal, slot.value() as Vec3, against), field)
  }
  if (drawn && more > 0 && tooMany(type, more, mostVertices(drawn.kind))) refuse(TOO_MANY, field)
}

const TOO_MANY = 'There are too many points.'

/** Removed points are remembered by their keys, so those are counted out only where it matters. */
function tooMany(type: StoredType, more: number, most: number): boolean {
  if (type._map.size + more <= most) return false
  let live = more
  for (const item of type._map.values()) if (!item.deleted) live++
  return live > most
}

function checkLength({ type, growth, field }: Container): void {
  if (growth > 0 && (type?._length ?? 0) + growth > LONGEST_TEXT) refuse('This text is too long.', field)
}

/** Pages write one; several in one struct are what is left of values that are gone. */
const isOne = ({ last }: Slot): boolean => !(last instanceof Struct) || last.end - last.clock === 1

const at = (type: StoredType | null, key: string): unknown => {
  const item = type?._map.get(key)
  return item && !item.deleted ? storedValue(item) : undefined
}

function pointIn(item: Y.Item): Vec3 | null {
  const value = storedValue(item)
  return pointFault(value) === null ? (value as Vec3) : null
}

/** Some point of the annotation. */
function anyPoint(vertices: StoredType): Vec3 | null {
  for (const item of vertices._map.values()) {
    const point = item.deleted ? null : pointIn(item)
    if (point) return point
  }
  return null
}

/** By their points: what an annotation is and where it was drawn is said once and stays. */
const drawings = new WeakMap<StoredType, Drawn>()

function drawnIn(vertices: StoredType): Drawn | null {
  const known = drawings.get(vertices)
  if (known) return known
  const annotation = vertices.parent as StoredType | null
  const kind = at(annotation, 'kind')
  const normal = (at(annotation, 'source') as { normal?: unknown } | undefined)?.normal
  if (typeof kind !== 'string' || !isKindName(kind) || pointFault(normal) !== null) return null
  const drawn = { kind, normal: normal as Vec3 }
  drawings.set(vertices, drawn)
  return drawn
}

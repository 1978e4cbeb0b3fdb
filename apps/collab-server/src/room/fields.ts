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
  fieldFault,
  fieldNames,
  LONGEST_TEXT,
  mostVertices,
  planeFault,
  pointFault,
  shapeOf,
  vertexKeyFault,
} from '@consilium/crdt-schema/values'
import type { Vec3 } from '@consilium/geometry/vec3'
import * as Y from 'yjs'
import { type Container, type Slot, type StoredType, storedValue } from './container.ts'
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
    else if (container.type) checkPoints(container, drawnIn(container.type), storedPoint(container.type))
  }
}

function refuse(fault: string | null, field: string | null): void {
  if (fault !== null) throw new Refusal('invalid-value', { message: fault, field: field ?? undefined })
}

function checkNew({ root, slots }: Container, labels: Labels): void {
  const valueOf = (name: string): unknown => slots.get(name)?.value()
  for (const name of fieldNames(root)) {
    const slot = slots.get(name)
    if (!slot || slot.last === null || slot.gone)
      return refuse('Something is missing in this new entry.', name)
    if (shapeOf(root, name) === 'plain') checkPlain(root, name, slot, labels)
  }
  refuse(entryFault(root, valueOf), null)
  const kind = valueOf('kind')
  if (root !== 'annotations' || typeof kind !== 'string' || !isKindName(kind)) return
  const vertices = slots.get('vertices')?.last
  if (vertices instanceof Struct && vertices.made)
    checkDrawing(vertices.made, { kind, normal: (valueOf('source') as { normal: Vec3 }).normal })
}

/** Where points were moved or removed since, perhaps by several pages of one person, it is judged like a change. */
function checkDrawing(vertices: Container, drawn: Drawn): void {
  const live = [...vertices.slots].filter(([, slot]) => !slot.gone).sort(([a], [b]) => (a < b ? -1 : 1))
  const first = live[0]?.[1].value()
  checkPoints(vertices, drawn, pointFault(first) === null ? (first as Vec3) : null)
  const points = live.map(([, slot]) => slot.value() as Vec3)
  const asDrawn = [...vertices.slots.values()].every(
    (slot) =>
      !slot.gone &&
      slot.writes === 1 &&
      slot.last instanceof Struct &&
      slot.last.client === vertices.entry?.creator,
  )
  if (asDrawn) refuse(kindOf(drawn.kind).fault(points, drawn.normal), 'vertices')
}

function checkChanged({ root, slots, type }: Container, labels: Labels): void {
  let set = false
  for (const [name, slot] of slots) {
    if (slot.gone) refuse('What an entry says can be changed, but not taken away.', name)
    if (!slot.isSet) continue
    set = true
    if (shapeOf(root, name) !== 'plain')
      refuse('This is changed part by part, not replaced as a whole.', name)
    checkPlain(root, name, slot, labels)
  }
  if (set)
    refuse(
      entryFault(root, (name) => (slots.get(name)?.isSet ? slots.get(name)?.value() : at(type, name))),
      null,
    )
}

function checkPlain(root: Container['root'], name: string, slot: Slot, labels: Labels): void {
  refuse(oneValue(slot) ? fieldFault(root, name, slot.value(), labels) : 'A field holds one value.', name)
}

function checkPoints({ slots, type, field }: Container, drawn: Drawn | null, anywhere: Vec3 | null): void {
  let more = 0
  for (const [key, slot] of slots) {
    if (slot.gone && slot.before) more--
    if (!slot.isSet) continue
    const point = slot.value()
    refuse(oneValue(slot) ? pointFault(point) : 'A point is one point.', field)
    if (!type?._map.has(key)) refuse(vertexKeyFault(key), field)
    if (!slot.before) more++
    const against = (slot.before && pointIn(slot.before)) ?? anywhere
    if (drawn && against) refuse(planeFault(drawn.kind, drawn.normal, point as Vec3, against), field)
  }
  if (drawn && more > 0 && tooMany(type, more, mostVertices(drawn.kind)))
    refuse('There are too many points.', field)
}

/** Removed points are remembered by their keys, so those are counted out only where it matters. */
function tooMany(type: StoredType | null, more: number, most: number): boolean {
  if (!type || type._map.size + more <= most) return more > most
  let live = more
  for (const item of type._map.values()) if (!item.deleted) live++
  return live > most
}

function checkLength({ type, growth, field }: Container): void {
  if (growth > 0 && (type?._length ?? 0) + growth > LONGEST_TEXT) refuse('This text is too long.', field)
}

/** Pages write one; several in one struct are what is left of values that are gone. */
const oneValue = ({ last }: Slot): boolean => !(last instanceof Struct) || last.end - last.clock === 1

const at = (type: StoredType | null, key: string): unknown => {
  const item = type?._map.get(key)
  return item && !item.deleted ? storedValue(item) : undefined
}

function pointIn(item: Y.Item): Vec3 | null {
  const value = storedValue(item)
  return pointFault(value) === null ? (value as Vec3) : null
}

/** Any point of the annotation. */
function storedPoint(vertices: StoredType): Vec3 | null {
  for (const item of vertices._map.values()) {
    const point = item.deleted ? null : pointIn(item)
    if (point) return point
  }
  return null
}

function drawnIn(vertices: StoredType): Drawn | null {
  const annotation = vertices.parent as StoredType | null
  const kind = at(annotation, 'kind')
  const normal = (at(annotation, 'source') as { normal?: unknown } | undefined)?.normal
  if (typeof kind !== 'string' || !isKindName(kind) || pointFault(normal) !== null) return null
  return { kind, normal: normal as Vec3 }
}

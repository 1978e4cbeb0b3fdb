/** Two versions of a shape: which vertices came, went and moved how far, and what that did to its area and length. */
import type { Plane } from '@consilium/geometry/plane'
import { cross, distance, length, normalize, type Vec3 } from '@consilium/geometry/vec3'
import type { Annotation } from '../annotation.ts'
import { kindOf } from '../kinds/all.ts'
import type { Measure } from '../kinds/kind.ts'
import type { BeforeAfter, GeometryDifference } from './difference.ts'
import { isEqual } from './equal.ts'

/** Null where the shape stayed. */
export function shapeBetween(before: Annotation | null, after: Annotation | null): GeometryDifference | null {
  const [old, fresh] = [verticesOf(before), verticesOf(after)]
  const removed = [...old.values()].filter(({ key }) => !fresh.has(key))
  const added = [...fresh.values()].filter(({ key }) => !old.has(key))
  const moved = [...fresh.values()].flatMap(({ key, at }) => {
    const was = old.get(key)?.at
    return was && !isEqual(was, at) ? [{ key, before: was, after: at, byMm: distance(was, at) }] : []
  })
  if (removed.length + added.length + moved.length === 0) return null
  return {
    added,
    removed,
    moved,
    areaMm2: measured('area', before, after),
    lengthMm: measured('length', before, after),
  }
}

const verticesOf = (one: Annotation | null) => new Map(one?.vertices.map((vertex) => [vertex.key, vertex]))

function measured(
  name: Measure['name'],
  before: Annotation | null,
  after: Annotation | null,
): BeforeAfter | null {
  const values = { before: measureOf(before, name), after: measureOf(after, name) }
  return values.before === null && values.after === null ? null : values
}

function measureOf(one: Annotation | null, name: Measure['name']): number | null {
  const plane = one && planeAcross(one.source.normal)
  if (!one || !plane) return null
  const points = one.vertices.map(({ at }) => at)
  return (
    kindOf(one.kind)
      .measures(points, plane)
      .find((measure) => measure.name === name)?.value ?? null
  )
}

/** Axes of any picture with this normal, which is all that is known of it here: area and length are the same along all of them. */
function planeAcross(normal: Vec3): Plane | null {
  if (!(length(normal) > 0)) return null
  const least = Math.min(...normal.map(Math.abs))
  const [x, y] = normal.map((n) => Math.abs(n) === least)
  const column = normalize(cross(normal, x ? [1, 0, 0] : y ? [0, 1, 0] : [0, 0, 1]))
  const row = normalize(cross(column, normal))
  return { origin: [0, 0, 0], row, column, columnSpacing: 1, rowSpacing: 1 }
}

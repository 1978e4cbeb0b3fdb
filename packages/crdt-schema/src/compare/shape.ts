/** Two versions of a shape: which vertices came, went and moved how far, and what that did to its area and length. */
import { distance, type Vec3 } from '@consilium/geometry/vec3'
import type { Annotation } from '../annotation.ts'
import type { BeforeAfter, GeometryDifference, MeasureDifference } from './difference.ts'
import { type AxesOf, type Measured, measuredIn } from './measured.ts'

const NO_AXES: AxesOf = () => null

/** Null where the shape stayed. */
export function shapeBetween(
  before: Annotation | null,
  after: Annotation | null,
  axesOf: AxesOf = NO_AXES,
): GeometryDifference | null {
  const [old, fresh] = [verticesOf(before), verticesOf(after)]
  const removed = [...old.values()].filter(({ key }) => !fresh.has(key))
  const added = [...fresh.values()].filter(({ key }) => !old.has(key))
  const moved = [...fresh.values()].flatMap(({ key, at }) => {
    const was = old.get(key)?.at
    return was && !isSame(was, at) ? [{ key, before: was, after: at, byMm: distance(was, at) }] : []
  })
  if (removed.length + added.length + moved.length === 0) return null
  const [was, is] = [before && measuredIn(before, axesOf), after && measuredIn(after, axesOf)]
  return {
    added,
    removed,
    moved,
    areaMm2: between(was?.area ?? null, is?.area ?? null),
    lengthMm: between(was?.length ?? null, is?.length ?? null),
    measures: measuresBetween(was?.all ?? [], is?.all ?? []),
  }
}

const isSame = (a: Vec3, b: Vec3): boolean => a[0] === b[0] && a[1] === b[1] && a[2] === b[2]

const verticesOf = (one: Annotation | null) => new Map(one?.vertices.map((vertex) => [vertex.key, vertex]))

const between = (before: number | null, after: number | null): BeforeAfter | null =>
  before === null && after === null ? null : { before, after }

/** What both versions measure; of one that came or went, that one's. */
function measuresBetween(old: Measured['all'], fresh: Measured['all']): MeasureDifference[] {
  const names = new Map([...old, ...fresh].map(({ name, unit }) => [name, unit]))
  const valueIn = (list: Measured['all'], wanted: string): number | null =>
    list.find(({ name }) => name === wanted)?.value ?? null
  return [...names].map(([name, unit]) => ({
    name,
    unit,
    before: valueIn(old, name),
    after: valueIn(fresh, name),
  }))
}

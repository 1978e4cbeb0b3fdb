/** Where an annotation lies, as one place to go to. Pure. */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { Vec3 } from '@consilium/geometry/vec3'

/** Mean of the vertices, patient space, mm; null where it has none. */
export function centerOf({ vertices }: Annotation): Vec3 | null {
  if (vertices.length === 0) return null
  const sum = vertices.reduce<[number, number, number]>(
    (s, { at }) => [s[0] + at[0], s[1] + at[1], s[2] + at[2]],
    [0, 0, 0],
  )
  return [sum[0] / vertices.length, sum[1] / vertices.length, sum[2] / vertices.length]
}

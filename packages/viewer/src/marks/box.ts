/** A box: dragged from corner to corner, held at any of its four corners although only two are kept. */
import { kindOf } from '@consilium/crdt-schema/kinds'
import type { Plane } from '@consilium/geometry/plane'
import { add, dot, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { corners } from '../gestures/corners.ts'
import { saidBoth } from './figures.ts'
import type { Mark } from './mark.ts'

const kind = kindOf('box')

export const box: Mark<'box'> = {
  kind: 'box',
  title: kind.title,
  icon: 'square',
  key: 'b',
  hint: 'Drag from corner to corner, with Shift a square',
  gesture: corners,
  symbol: 'none',
  openWhileDrawn: false,
  handles: ([a, b], plane) => {
    if (!a || !b) return []
    return [
      { id: a.key, at: a.at },
      { id: `${b.key}|${a.key}`, at: corner(b.at, a.at, plane) },
      { id: b.key, at: b.at },
      { id: `${a.key}|${b.key}`, at: corner(a.at, b.at, plane) },
    ]
  },
  drag: (vertices, handle, to, plane) => {
    const [acrossKey, downKey] = handle.split('|')
    const across = vertices.find((vertex) => vertex.key === acrossKey)
    if (!across) return []
    if (downKey === undefined) return [{ key: across.key, at: to }]
    const down = vertices.find((vertex) => vertex.key === downKey)
    if (!down) return []
    return [
      { key: across.key, at: corner(to, across.at, plane) },
      { key: down.key, at: corner(down.at, to, plane) },
    ]
  },
  figure: (points, plane, unit) => {
    const [width, height] = kind.measures(points, plane)
    return width && height ? saidBoth(width.value, height.value, unit) : null
  },
}

/** The point with the place along the rows of `across` and the place down the columns of `down`. */
function corner(across: Vec3, down: Vec3, plane: Plane): Vec3 {
  const d = subtract(across, down)
  return add(down, scale(plane.row, dot(d, plane.row)))
}

/** An ellipse within two opposite corners: the ends of its axis across, then one end of the other. With Shift a circle. */
import type { Axes } from '@consilium/geometry/across'
import { add, dot, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { corners } from './corners.ts'
import type { Gesture, Stroke } from './gesture.ts'

export function oval(axes: Axes): Gesture {
  const frame = corners(axes)
  const rounded = (stroke: Stroke): Stroke =>
    stroke.status === 'done' ? { ...stroke, points: within(stroke.points, axes) } : stroke
  return {
    ...frame,
    release: (stroke, hand) => rounded(frame.release(stroke, hand)),
    finish: (stroke) => rounded(frame.finish(stroke)),
    outline: (stroke) => within(frame.outline(stroke), axes),
  }
}

function within(points: readonly Vec3[], { row, column }: Axes): readonly Vec3[] {
  const [a, b] = points
  if (!a || !b) return points
  const way = subtract(b, a)
  const across = scale(row, dot(way, row) / 2)
  const down = scale(column, dot(way, column) / 2)
  const middle = add(a, add(across, down))
  return [subtract(middle, across), add(middle, across), add(middle, down)]
}

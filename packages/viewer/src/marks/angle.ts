/** An angle: a click at the end of one leg, one at the corner, one at the end of the other. */
import { kindOf } from '@consilium/crdt-schema/kinds'
import { clicks } from '../gestures/clicks.ts'
import { saidAngle } from './figures.ts'
import { everyVertex, oneVertex } from './grips.ts'
import type { Mark } from './mark.ts'

const kind = kindOf('angle')
const gesture = clicks(kind.vertices.min, kind.vertices.max)

export const angle: Mark<'angle'> = {
  kind: 'angle',
  title: kind.title,
  icon: 'angle',
  key: 'q',
  hint: 'Click the end of one leg, the corner, and the end of the other',
  gesture: () => gesture,
  symbol: 'none',
  openWhileDrawn: false,
  seldom: true,
  handles: everyVertex,
  drag: oneVertex,
  figure: (points, plane) => saidAngle(kind.measures(points, plane)),
}

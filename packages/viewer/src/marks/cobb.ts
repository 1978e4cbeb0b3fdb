/** Cobb's angle: a line along one end plate, then one along the other. */
import { kindOf } from '@consilium/crdt-schema/kinds'
import { twoLines } from '../gestures/lines.ts'
import { saidAngle } from './figures.ts'
import { everyVertex, oneVertex } from './grips.ts'
import type { Mark } from './mark.ts'

const kind = kindOf('cobb')
const gesture = twoLines()

export const cobb: Mark<'cobb'> = {
  kind: 'cobb',
  title: kind.title,
  icon: 'tangent',
  key: 'Shift+q',
  hint: 'Drag along the upper end plate, then along the lower',
  gesture: () => gesture,
  symbol: 'none',
  openWhileDrawn: false,
  seldom: true,
  handles: everyVertex,
  drag: oneVertex,
  figure: (points, plane) => saidAngle(kind.measures(points, plane)),
}

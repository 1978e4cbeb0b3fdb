/** A polygon: one click per corner, each corner a handle; the tag says its long axis. */
import { kindOf } from '@consilium/crdt-schema/kinds'
import { longestDiameter } from '@consilium/geometry/distances'
import { clicks } from '../gestures/clicks.ts'
import { said } from './figures.ts'
import { everyVertex, oneVertex } from './grips.ts'
import type { Mark } from './mark.ts'

const kind = kindOf('polygon')
const gesture = clicks(kind.vertices.min)

export const polygon: Mark<'polygon'> = {
  kind: 'polygon',
  title: kind.title,
  icon: 'pentagon',
  key: 'g',
  hint: 'Click each corner; Enter or a click on the first closes it',
  gesture: () => gesture,
  symbol: 'none',
  openWhileDrawn: true,
  handles: everyVertex,
  drag: oneVertex,
  figure: (points, _plane, unit) => (points.length < 2 ? null : said(longestDiameter(points), unit)),
}

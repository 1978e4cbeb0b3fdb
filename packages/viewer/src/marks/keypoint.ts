/** A key point: one click, drawn as a cross that leaves its middle free. */
import { kindOf } from '@consilium/crdt-schema/kinds'
import { point } from '../gestures/point.ts'
import { everyVertex, oneVertex } from './grips.ts'
import type { Mark } from './mark.ts'

export const keypoint: Mark<'keypoint'> = {
  kind: 'keypoint',
  title: kindOf('keypoint').title,
  icon: 'map-pin',
  key: 'k',
  hint: 'Click the place',
  gesture: () => point,
  symbol: 'cross',
  openWhileDrawn: false,
  handles: everyVertex,
  drag: oneVertex,
  figure: () => null,
}

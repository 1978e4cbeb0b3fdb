/** A finding: an answer that may point at a place, drawn as a flag there; one without a place is only in the list. */
import { kindOf } from '@consilium/crdt-schema/kinds'
import { point } from '../gestures/point.ts'
import { everyVertex, oneVertex } from './grips.ts'
import type { Mark } from './mark.ts'

export const finding: Mark<'finding'> = {
  kind: 'finding',
  title: kindOf('finding').title,
  icon: 'flag',
  key: 'n',
  hint: 'Click what it is about',
  gesture: () => point,
  symbol: 'flag',
  openWhileDrawn: false,
  handles: everyVertex,
  drag: oneVertex,
  figure: () => null,
}

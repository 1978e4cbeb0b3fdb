/** A length: dragged from end to end, with a tick across each end. */
import { kindOf } from '@consilium/crdt-schema/kinds'
import { drag } from '../gestures/drag.ts'
import { said } from './figures.ts'
import { everyVertex, oneVertex } from './grips.ts'
import type { Mark } from './mark.ts'

const kind = kindOf('length')

export const length: Mark<'length'> = {
  kind: 'length',
  title: kind.title,
  icon: 'ruler',
  key: 'l',
  hint: 'Drag from end to end',
  gesture: () => drag,
  symbol: 'ticks',
  openWhileDrawn: false,
  handles: everyVertex,
  drag: oneVertex,
  figure: (points, plane, unit) => {
    const [measure] = kind.measures(points, plane)
    return measure ? said(measure.value, unit) : null
  },
}

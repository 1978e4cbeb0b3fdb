/** A segment: its voxels are drawn by the painting itself; as an annotation it has nothing to draw or to take hold of. */
import { kindOf } from '@consilium/crdt-schema/kinds'
import { none } from '../gestures/none.ts'
import type { Mark } from './mark.ts'

export const segment: Mark<'segment'> = {
  kind: 'segment',
  title: kindOf('segment').title,
  icon: 'layers',
  key: 's',
  hint: 'Paint with the brush',
  gesture: () => none,
  symbol: 'none',
  openWhileDrawn: false,
  handles: () => [],
  drag: () => [],
  figure: () => null,
}

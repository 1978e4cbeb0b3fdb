/** A pane's view as it travels to the others, and back. */
import type { Presence } from '@consilium/contract/live'
import type { Vec3 } from '@consilium/geometry/vec3'
import { isColourTable } from '@consilium/viewer/colours'
import type { View } from '@consilium/viewer/scene'
import { ACQUIRED, type Slicing } from '@consilium/viewer/slicing'

export type PeerView = NonNullable<Presence['view']>

export function presenceOf({ center, slicing, crosshair, ...view }: View): PeerView {
  return {
    ...view,
    center: placed(center),
    ...(slicing ? { slicing: said(slicing) } : {}),
    ...(crosshair ? { crosshair: placed(crosshair) } : {}),
  }
}

/** Who says no plane looks through the slices as they were taken, and who names no colours known here sees grey. */
export const viewOf = ({ slicing, colours = 'grey', ...view }: PeerView): View => ({
  ...view,
  slicing: slicing ?? ACQUIRED,
  colours: isColourTable(colours) ? colours : 'grey',
})

function said({ slab, ...slicing }: Slicing): NonNullable<PeerView['slicing']> {
  const thick = slab ? { slab } : {}
  return slicing.kind === 'oblique'
    ? { kind: 'oblique', normal: placed(slicing.normal), ...thick }
    : { kind: slicing.kind, ...thick }
}

/** A place as it travels. */
export const placed = ([x, y, z]: Vec3): [number, number, number] => [x, y, z]

/** A place on the picture becomes the place of a comment about to be written, or a sentence says why not. */
import type { EntryKey } from '@consilium/crdt-schema/entry'
import type { Vec3 } from '@consilium/geometry/vec3'
import type { Desk } from '../state/desk.ts'
import { ON_PRIOR } from '../state/rights.ts'

export function placePin(desk: Desk, at: Vec3, frame: number, annotation: EntryKey | null): void {
  const series = desk.series.current()
  if (!series) return
  const denied = desk.series.isPrior(series.id) ? ON_PRIOR : desk.rights.denied('threads')
  if (denied !== null) {
    desk.setNote(denied)
    return
  }
  desk.choices.openThread(null)
  desk.choices.setPin({ series: series.id, frame, point: at, annotation })
  desk.choices.setTab('discussion')
  desk.choices.setTool('select')
}

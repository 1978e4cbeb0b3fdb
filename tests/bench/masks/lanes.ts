/** Acts as they lie in a document. */
import type { MaskAct } from '@consilium/crdt-schema/painting'
import { LaneReader, LaneWriter } from '@consilium/crdt-schema/painting/lane'

export interface Lane {
  readonly client: number
  readonly elements: Uint8Array[]
}

export function lanesOf(acts: readonly MaskAct[]): Lane[] {
  const lanes: Lane[] = []
  const open = new Map<number, { readonly lane: Lane; readonly writer: LaneWriter }>()
  for (const act of acts) {
    const { client } = act.id
    let at = open.get(client)
    if (!at || at.writer.isFull) {
      at = { lane: { client, elements: [] }, writer: new LaneWriter(client) }
      lanes.push(at.lane)
      open.set(client, at)
    }
    at.lane.elements.push(...at.writer.write(act))
  }
  return lanes
}

export const readLanes = (lanes: readonly Lane[]): MaskAct[] =>
  lanes.flatMap(({ client, elements }) => {
    const reader = new LaneReader(client)
    return elements.flatMap((element) => reader.read(element) ?? [])
  })

export const bytesOf = (lanes: readonly Lane[]): number =>
  lanes.reduce((sum, { elements }) => elements.reduce((bytes, { length }) => bytes + length, sum), 0)

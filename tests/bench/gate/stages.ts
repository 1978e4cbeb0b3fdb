/** Where the time of the gate goes: its stages one after the other, as examine (admit.ts) does them. Microseconds each. */
import * as Y from 'yjs'
import type { Gated } from '../../../apps/collab-server/src/room/admit.ts'
import { decode } from '../../../apps/collab-server/src/room/decode.ts'
import { checkFields } from '../../../apps/collab-server/src/room/fields.ts'
import { freshIn } from '../../../apps/collab-server/src/room/fresh.ts'
import { placeUpdate } from '../../../apps/collab-server/src/room/places.ts'

export const STAGES = ['read', 'what is new', 'where it goes', 'what it makes'] as const
export type Stages = Record<(typeof STAGES)[number], number>

export function stagesOf({ ydoc, labels }: Gated, bytes: Uint8Array): Stages {
  const at: bigint[] = [process.hrtime.bigint()]
  const mark = <T>(made: T): T => {
    at.push(process.hrtime.bigint())
    return made
  }
  const decoded = mark(decode([{ bytes, said: 0 }], (client) => Y.getState(ydoc.store, client)))
  const fresh = mark(freshIn(ydoc, decoded))
  const { containers } = mark(placeUpdate(ydoc, fresh))
  mark(checkFields(containers, labels()))
  const of = (n: number): number => Number((at[n + 1] as bigint) - (at[n] as bigint)) / 1_000
  return { read: of(0), 'what is new': of(1), 'where it goes': of(2), 'what it makes': of(3) }
}

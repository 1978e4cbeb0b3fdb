/** Which clocks a row adds, read from its bytes: what the columns and tables beside the bytes say of it can be held against this. */
import * as Y from 'yjs'

export interface ClientRange {
  readonly client: number
  readonly clock: number
  readonly len: number
}

/** One per clientID; null where the bytes are no update. */
export function rangesOf(bytes: Uint8Array): ClientRange[] | null {
  try {
    const ranges = new Map<number, { from: number; to: number }>()
    for (const struct of Y.decodeUpdate(bytes).structs) {
      if (struct instanceof Y.Skip) continue
      const { client, clock } = struct.id
      const known = ranges.get(client)
      ranges.set(client, {
        from: Math.min(known?.from ?? clock, clock),
        to: Math.max(known?.to ?? 0, clock + struct.length),
      })
    }
    return [...ranges].map(([client, { from, to }]) => ({ client, clock: from, len: to - from }))
  } catch {
    return null
  }
}

/** How many clientIDs the update has structs of: its first number. Most have one, and need not be decoded to know it. */
export const severalClients = (bytes: Uint8Array): boolean => (bytes[0] ?? 0) > 1

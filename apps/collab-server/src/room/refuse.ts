import type { ServerMessage } from '@consilium/contract/live'
import { REFUSALS, type Refusal } from '@consilium/contract/refusals'
import type { Connection } from '@hocuspocus/server'

/** Closes a document on one page and tells it why, in words, once: Hocuspocus' own close message loses the code. */
export function refuse(connection: Connection, refusal: Refusal): void {
  if (!connection.document.hasConnection(connection)) return
  const { code, message, next } = refusal.toJSON()
  connection.sendStateless(JSON.stringify({ t: 'refused', code, message, next } satisfies ServerMessage))
  connection.close({ code: REFUSALS[code].close, reason: code })
}

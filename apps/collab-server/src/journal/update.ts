/**
 * Which rows change the document, and what they do to it. The only place that knows: whoever replays, streams, checks or counts changes
 * asks here, in JavaScript or in SQL.
 */
import { ACTS } from '@consilium/contract/revisions'
import type { Sql } from '../db/open.ts'
import { decodeRedact, REDACT_HEAD_BYTES, RESTORE_HEAD_BYTES } from './rows.ts'

interface Written {
  readonly act: number
  readonly bytes: Uint8Array
}

/** Yjs update, format 1; null where the row leaves the document as it is. */
export function updateOf({ act, bytes }: Written): Uint8Array | null {
  if (act === ACTS.edit) return bytes
  if (act === ACTS.restore) return bytes.subarray(RESTORE_HEAD_BYTES)
  return act === ACTS.redact ? decodeRedact(bytes).update : null
}

/** The bytes of the row with another update in them: words were taken out of it. */
export function withUpdate({ act, bytes }: Written, update: Uint8Array): Uint8Array {
  if (act === ACTS.edit) return update
  if (act === ACTS.restore) return Buffer.concat([bytes.subarray(0, RESTORE_HEAD_BYTES), update])
  throw new Error(`a row of act ${act} holds no words`)
}

/** Of columns `act` and `bytes`; null where there is none. */
export const updateIn = (sql: Sql) =>
  sql`case act when ${ACTS.edit} then bytes when ${ACTS.restore} then substring(bytes from ${RESTORE_HEAD_BYTES + 1}::int)
    when ${ACTS.redact} then substring(bytes from ${REDACT_HEAD_BYTES + 1}::int for ('x' || encode(substring(bytes from 2 for 4), 'hex'))::bit(32)::int) end`

/** Is it one of those? Of column `act`. */
export const changes = (sql: Sql) => sql`act in (${ACTS.edit}, ${ACTS.restore}, ${ACTS.redact})`

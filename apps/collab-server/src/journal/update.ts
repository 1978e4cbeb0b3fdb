/**
 * Which rows change the document, and what they do to it. The only place that knows: whoever replays, streams, checks or counts changes
 * asks here, in JavaScript or in SQL.
 */
import { ACTS } from '@consilium/contract/revisions'
import type { Sql } from '../db/open.ts'
import { RESTORE_HEAD_BYTES } from './rows.ts'

/** Yjs update, format 1; null where the row leaves the document as it is. */
export function updateOf({
  act,
  bytes,
}: {
  readonly act: number
  readonly bytes: Uint8Array
}): Uint8Array | null {
  if (act === ACTS.edit) return bytes
  if (act === ACTS.restore) return bytes.subarray(RESTORE_HEAD_BYTES)
  return null
}

/** Of columns `act` and `bytes`; null where there is none. */
export const updateIn = (sql: Sql) =>
  sql`case act when ${ACTS.edit} then bytes when ${ACTS.restore} then substring(bytes from ${RESTORE_HEAD_BYTES + 1}::int) end`

/** Is it one of those? Of column `act`. */
export const changes = (sql: Sql) => sql`act in (${ACTS.edit}, ${ACTS.restore})`

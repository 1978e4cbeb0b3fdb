/** From act to act through a record, past those that a filter leaves out. Pure. */
import { type Act, actAt, actsOf } from '../../../session/film/acts.ts'
import type { Chronicle, Row } from '../../../session/film/chronicle.ts'

/** Rows around a moment in which its act is looked for; acts are far shorter. */
const REACH = 1_500

export type Matches = (row: Row) => boolean

/** The act that the revision belongs to; null where it is not here, or belongs to none that is shown. */
export function actOf(chronicle: Chronicle, seq: number, matches: Matches): Act | null {
  const around = [...chronicle.rows(Math.max(0, seq - REACH), Math.min(chronicle.head, seq + REACH))]
  return actAt(actsOf(around.filter(matches)), seq)
}

/** The next revision that the filter lets through; null where there is none. */
export function nextRow(chronicle: Chronicle, seq: number, matches: Matches): number | null {
  for (let next = seq + 1; next <= chronicle.head; next++) {
    const row = chronicle.row(next)
    if (row && matches(row)) return next
  }
  return null
}

export function previousRow(chronicle: Chronicle, seq: number, matches: Matches): number | null {
  for (let next = seq - 1; next >= 1; next--) {
    const row = chronicle.row(next)
    if (row && matches(row)) return next
  }
  return null
}

/** How many rows the filter lets through. */
export function countOf(chronicle: Chronicle, matches: Matches): number {
  let count = 0
  for (const row of chronicle.rows()) if (matches(row)) count += 1
  return count
}

/** Where the next act is complete. */
export function nextAct(chronicle: Chronicle, seq: number, matches: Matches): number | null {
  const next = nextRow(chronicle, seq, matches)
  return next === null ? null : (actOf(chronicle, next, matches)?.last ?? next)
}

/** Where the act before the one at `seq` is complete, or its last row before `seq` where it goes on beyond. */
export function previousAct(chronicle: Chronicle, seq: number, matches: Matches): number | null {
  const here = actOf(chronicle, seq, matches)
  let previous = previousRow(chronicle, seq, matches)
  while (previous !== null && here?.rows.some((row) => row.seq === previous))
    previous = previousRow(chronicle, previous, matches)
  if (previous === null) return null
  const last = actOf(chronicle, previous, matches)?.last ?? previous
  return last < seq ? last : previous
}

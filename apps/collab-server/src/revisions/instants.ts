/** From a moment on the clock to a revision. Times never run backwards within a document, so half of what is left is enough to ask. */
import type { Sql } from '../db/open.ts'

/** The last revision at or before a time (ms since 1970); 0 where there was none yet. */
export async function revisionAt(sql: Sql, doc: number, head: number, time: number): Promise<number> {
  let [before, after] = [0, head + 1]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    const [row] = await sql<{ at: number }[]>`select at from revision where doc = ${doc} and seq = ${middle}`
    if (row && row.at <= time) before = middle
    else after = middle
  }
  return before
}

/** Milliseconds since 1970, or ISO 8601; NaN where it is neither. */
export const instantOf = (text: string): number => (/^\d{1,15}$/.test(text) ? Number(text) : Date.parse(text))

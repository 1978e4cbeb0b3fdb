/**
 * Somebody enters by the address of a case: what its room needs is asked for at once, side by side with the page's own code, so that the
 * first picture waits for nothing but itself. The server decides as ever; nothing here shows anything. Small: it comes before all else.
 */
import { askFor } from './answers.ts'
import { bringFirst, type Told } from './firstPack.ts'

const CASE = /^\/cases\/([a-z0-9]+)\/?$/
let isBegun = false

/** The case that an address of the page opens; null for any other. */
export const caseIn = (path: string): string | null => CASE.exec(path)?.[1] ?? null

/** Once for a page. */
export function openAhead(path: string): void {
  const id = caseIn(path)
  if (id === null || isBegun) return
  isBegun = true
  void askFor('/me')
  // Of all that is asked for here this is what the picture waits for.
  const series = askFor(`/cases/${id}/series`).then((answer) => answer.clone())
  void askFor(`/cases/${id}`)
  bringFirst(series.then(largestOf))
}

/** The server names the largest stack first. */
async function largestOf(answer: Response): Promise<Told | null> {
  const list = answer.ok ? ((await answer.json()) as Told[]) : []
  return list[0] ?? null
}

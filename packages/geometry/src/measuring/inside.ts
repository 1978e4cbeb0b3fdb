/**
 * Which pixels of a picture lie inside a closed line: those whose centre does, by the even-odd rule. Of two areas side by side each centre
 * on their common line belongs to one: a line's left and upper side is inside, its right and lower side is not.
 */
import type { PlanePoint } from '../plane.ts'

/** Calls `visit` with each pixel's place in a picture of so many columns and rows, row by row. Pixels outside of it are left out. */
export function forEachInside(
  outline: readonly PlanePoint[],
  { columns, rows }: { readonly columns: number; readonly rows: number },
  visit: (pixel: number) => void,
): void {
  const heights = outline.map(({ y }) => y)
  const first = Math.max(0, Math.ceil(Math.min(...heights)))
  const last = Math.min(rows - 1, Math.floor(Math.max(...heights)))
  for (let row = first; row <= last; row++) {
    const met = crossings(outline, row)
    for (let i = 0; i + 1 < met.length; i += 2) {
      const to = Math.min(columns - 1, Math.ceil(met[i + 1] as number) - 1)
      for (let x = Math.max(0, Math.ceil(met[i] as number)); x <= to; x++) visit(row * columns + x)
    }
  }
}

/** Where a row of pixel centres meets the line, from left to right. */
function crossings(outline: readonly PlanePoint[], y: number): number[] {
  const met: number[] = []
  outline.forEach((a, i) => {
    const b = outline[(i + 1) % outline.length] as PlanePoint
    if (a.y <= y !== b.y <= y) met.push(a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x))
  })
  return met.sort((a, b) => a - b)
}

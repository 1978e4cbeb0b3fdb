/** Where ours shows one plane and three, so that the others show theirs at the same places in the same size. */
import type { Ours } from './ours.ts'
import type { Box } from './page.ts'
import { inBrowser, opened } from './visit.ts'

export async function placesOf(
  ours: Ours,
  slices: number,
): Promise<{ readonly 1: readonly Box[]; readonly 3: readonly Box[] }> {
  return { 1: await placesIn(ours, slices, 1), 3: await placesIn(ours, slices, 3) }
}

async function placesIn(ours: Ours, slices: number, planes: 1 | 3): Promise<Box[]> {
  await ours.openIn(planes)
  const target = ours.target()
  return inBrowser(async (page) => {
    // As many as it has to show are waited for, wherever they are.
    const anywhere: Box[] = Array.from({ length: planes }, () => ({ x: 0, y: 0, width: 0, height: 0 }))
    await opened(page, target, { slices, places: anywhere })
    return page.boxes(target.canvases)
  })
}

/** Three planes of one volume at once. Cornerstone3D's CPU mode draws them at wrong places or not at all, so that only its default mode is beside. */
import { asksOfAll, asksOfMemory, asksOfOpening, asksOfScroll, asksOfTasks, asksOfWindow } from '../asks.ts'
import { inTurn, type Part } from './part.ts'

export const planes: Part = {
  name: 'planes',
  title: 'Three planes; a scroll step in each of them, a window step until all have changed',
  async run(bed) {
    await bed.ours.openIn(3)
    const ours = bed.ours.target()
    const { cornerstone } = bed.peers.targets()
    const { rows, of } = await inTurn(bed, [ours, cornerstone], 3, {
      // In each of the three.
      steps: Math.ceil(bed.steps / 2),
    })
    const goals = bed.lengths.flatMap((slices) => {
      const [own, other] = [of(slices, ours), of(slices, cornerstone)]
      const is = `${slices} slices, three planes`
      return [
        ...asksOfOpening(is, own, other),
        ...asksOfAll(is, own, other, 0.35),
        ...asksOfScroll(is, own, other, null),
        ...asksOfWindow(is, own, other, null, 0.2),
        ...(slices === bed.lengths.at(-1) ? asksOfMemory(is, own, other, 0.6) : []),
        ...asksOfTasks(is, own),
      ]
    })
    return { rows, goals }
  },
}

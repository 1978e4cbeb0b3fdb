/** One plane: all that is asked of it. */
import {
  asksOfAll,
  asksOfMemory,
  asksOfOpening,
  asksOfScroll,
  asksOfSpin,
  asksOfTasks,
  asksOfWindow,
} from '../asks.ts'
import { inTurn, type Part } from './part.ts'

export const one: Part = {
  name: 'one',
  title: 'One plane',
  async run(bed) {
    await bed.ours.openIn(1)
    const ours = bed.ours.target()
    const { cornerstone, cornerstoneCpu } = bed.peers.targets()
    const { rows, of } = await inTurn(bed, [ours, cornerstone, cornerstoneCpu], 1, {
      steps: bed.steps,
      isSpun: true,
    })
    const goals = bed.lengths.flatMap((slices) => {
      const [own, other, cpu] = [of(slices, ours), of(slices, cornerstone), of(slices, cornerstoneCpu)]
      const is = `${slices} slices`
      return [
        ...asksOfOpening(is, own, other),
        ...asksOfAll(is, own, other, 0.55),
        ...asksOfScroll(is, own, other, cpu),
        ...asksOfWindow(is, own, other, cpu, 0.25),
        ...asksOfSpin(is, own),
        ...(slices === bed.lengths.at(-1) ? asksOfMemory(is, own, other, 0.85) : []),
        ...asksOfTasks(is, own),
      ]
    })
    return { rows, goals }
  },
}

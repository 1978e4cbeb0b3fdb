/** niivue and dwv, beside ours, in one plane of the shortest series. Nothing is asked of anybody: both do less than Cornerstone3D does. */
import { inTurn, type Part } from './part.ts'

export const others: Part = {
  name: 'peers',
  title: 'niivue and dwv beside it, one plane',
  async run(bed) {
    await bed.ours.openIn(1)
    const { niivue, dwv } = bed.peers.targets()
    const lengths = bed.lengths.slice(0, 1)
    const { rows } = await inTurn({ ...bed, lengths }, [bed.ours.target(), niivue, dwv], 1, {
      steps: bed.steps,
      isSpun: true,
    })
    return { rows, goals: [] }
  },
}

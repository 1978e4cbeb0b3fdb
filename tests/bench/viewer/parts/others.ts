/** niivue and dwv, beside ours, in one plane. Nothing is asked of anybody: both do less than Cornerstone3D does. niivue takes seconds to change a window. */
import { inTurn, type Part } from './part.ts'

export const others: Part = {
  name: 'peers',
  title: 'niivue and dwv beside it, one plane',
  async run(bed) {
    await bed.ours.openIn(1)
    const { niivue, dwv } = bed.peers.targets()
    // A fourth of the steps: a window step of niivue takes seconds.
    const steps = Math.ceil(bed.steps / 4)
    const { rows } = await inTurn(bed, [bed.ours.target(), niivue, dwv], 1, { steps, isSpun: true })
    return { rows, goals: [] }
  },
}

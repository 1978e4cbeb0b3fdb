/**
 * The scroll step again, with two hundred annotations on the slice and three people who move their pointers over it. Beside it the same
 * steps in Cornerstone3D, which shows the slice alone.
 */
import { join } from 'node:path'
import { ended, startScript } from '../../collab/target.ts'
import { asksOfScroll } from '../asks.ts'
import { inTurn, type Part } from './part.ts'

export const live: Part = {
  name: 'live',
  title: 'With 200 annotations on the slice and three people moving, to and fro between two slices',
  async run(bed) {
    await bed.ours.openIn(1)
    const slices = bed.lengths.at(-1) ?? 0
    const study = bed.ours.studies.get(slices)
    if (!study) throw new Error('there is no such series')
    const args = [bed.ours.url, `panel:${study.case}`, study.series, String(Math.floor(slices / 2))]
    const people = await startScript(join(import.meta.dirname, '../live/movers.ts'), {}, args)
    try {
      const ours = bed.ours.target()
      const { cornerstone, cornerstoneCpu } = bed.peers.targets()
      const { rows, of } = await inTurn(
        { ...bed, lengths: [slices] },
        [ours, cornerstone, cornerstoneCpu],
        1,
        { steps: bed.steps, isToAndFro: true },
      )
      return {
        rows,
        goals: asksOfScroll(
          `${slices} slices, 200 annotations, three people`,
          of(slices, ours),
          of(slices, cornerstone),
          of(slices, cornerstoneCpu),
        ),
      }
    } finally {
      await ended(people, 'SIGTERM')
    }
  },
}

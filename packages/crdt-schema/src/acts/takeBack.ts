/** One's own painting that was pointed at, taken back whichever act it was and whenever it was done: with all that belongs together with it. */
import type * as Y from 'yjs'
import type { ActId } from '../kinds/mask/act.ts'
import { compareActs } from '../kinds/mask/order.ts'
import { recordOf } from '../kinds/mask/record.ts'
import { Act, ActFault, perform } from './act.ts'
import { type Group, groupSteps, groupsIn } from './undo/painting.ts'

export function takeBack(doc: Y.Doc, id: ActId, title = 'painting'): void {
  const steps = groupSteps(doc, groupOf(doc, id)).filter((step) => step.live())
  if (steps.length === 0) throw new ActFault('unknown-entry', 'This painting is not in effect any more.')
  perform(doc, new Act('take back', title), () => {
    for (const step of steps.toReversed()) step.apply()
  })
}

function groupOf(doc: Y.Doc, { client, lamport }: ActId): Group {
  const acts = recordOf(doc)
    .acts.map(({ act }) => act)
    .filter(({ id }) => id.client === client)
    .sort((a, b) => compareActs(a.id, b.id))
  return groupsIn(acts).find((group) => group.some(({ id }) => id.lamport === lamport)) ?? []
}

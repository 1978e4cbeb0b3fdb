/**
 * Painting that was pointed at, taken back whichever act it was and whenever it was done: with all that belongs together with it. By whoever
 * painted it, or by an adjudicator, who has a switch of their own: neither brings back what the other took.
 */
import type * as Y from 'yjs'
import type { ActId, Switch } from '../kinds/mask/act.ts'
import { compareActs } from '../kinds/mask/order.ts'
import { recordOf } from '../kinds/mask/record.ts'
import { Act, ActFault, perform } from './act.ts'
import { turn } from './paint.ts'
import { type Group, groupSteps, groupsIn, turnsOf } from './undo/painting.ts'

export function takeBack(doc: Y.Doc, id: ActId, title = 'painting'): void {
  const steps = groupSteps(doc, groupOf(doc, id)).filter((step) => step.live())
  if (steps.length === 0) throw new ActFault('unknown-entry', 'This painting is not in effect any more.')
  perform(doc, new Act('take back', title), () => {
    for (const step of steps.toReversed()) step.apply()
  })
}

/** `act`: what the adjudicator does with it. */
export function turnAsAdjudicator(doc: Y.Doc, act: Switch['act'], id: ActId, title = 'painting'): void {
  const painted = groupOf(doc, id).filter(({ body }) => body.act === 'paint')
  const isOut = act === 'withdraw'
  if (painted.every((one) => recordOf(doc).isOut(one.id, 'adjudicator') === isOut))
    throw new ActFault(
      'unknown-entry',
      isOut ? 'This painting is withdrawn already.' : 'This painting is restored already.',
    )
  turn(doc, act, 'adjudicator', turnsOf(painted.map((one) => one.id)), title)
}

function groupOf(doc: Y.Doc, { client, lamport }: ActId): Group {
  const acts = recordOf(doc)
    .acts.map(({ act }) => act)
    .filter(({ id }) => id.client === client)
    .sort((a, b) => compareActs(a.id, b.id))
  return groupsIn(acts).find((group) => group.some(({ id }) => id.lamport === lamport)) ?? []
}

/**
 * Undo of painting: acts are taken out of effect by the hand of whoever undoes, and put back. Whatever others painted over them or under
 * them stays what it is. Unlike other steps these are found again in the document itself, so they outlive the page.
 */
import type * as Y from 'yjs'
import type { ActId, Hand, MaskAct, Switch } from '../../kinds/mask/act.ts'
import { recordOf } from '../../kinds/mask/record.ts'
import { type Turn, turn } from '../paint.ts'
import type { Step } from './step.ts'

const OPPOSITE = { withdraw: 'restore', restore: 'withdraw' } as const
const OTHER = { author: 'adjudicator', adjudicator: 'author' } as const

class PaintStep implements Step {
  readonly #doc: Y.Doc
  readonly #act: Switch['act']
  readonly #hand: Hand
  readonly #turn: Turn

  constructor(doc: Y.Doc, act: Switch['act'], hand: Hand, turned: Turn) {
    this.#doc = doc
    this.#act = act
    this.#hand = hand
    this.#turn = turned
  }

  /** What the other hand took out neither comes nor goes by this one. */
  live(): boolean {
    const record = recordOf(this.#doc)
    const isDone = this.#act === 'withdraw'
    return idsOf(this.#turn).some(
      (id) => record.isOut(id, this.#hand) !== isDone && !record.isOut(id, OTHER[this.#hand]),
    )
  }

  apply(): Step {
    turn(this.#doc, this.#act, this.#hand, [this.#turn])
    return new PaintStep(this.#doc, OPPOSITE[this.#act], this.#hand, this.#turn)
  }
}

const idsOf = ({ target: { client, lamport }, count }: Turn): ActId[] =>
  Array.from({ length: count }, (_, n) => ({ client, lamport: lamport + n }))

/** What belongs together, in the order of its numbers. */
export type Group = readonly MaskAct[]

/** `acts` of one person, in order. */
export function groupsIn(acts: readonly MaskAct[]): Group[] {
  const groups: MaskAct[][] = []
  let end = 0
  for (const act of acts) {
    const last = groups.at(-1)
    if (last && last[0]?.id.client === act.id.client && act.id.lamport < end) last.push(act)
    else {
      groups.push([act])
      end = act.id.lamport + act.group
    }
  }
  return groups
}

export const paints = (group: Group): boolean => group.some(({ body }) => body.act === 'paint')

/** Steps that take back what the group did: its paint goes, what it turned is turned again. */
export function groupSteps(doc: Y.Doc, group: Group): Step[] {
  const painted = group.filter(({ body }) => body.act === 'paint').map(({ id }) => id)
  const gone = turnsOf(painted).map((turned) => new PaintStep(doc, 'withdraw', 'author', turned))
  const turnedAgain = group.flatMap(({ body }) =>
    body.act === 'paint' ? [] : [new PaintStep(doc, OPPOSITE[body.act], body.hand, body)],
  )
  return [...gone, ...turnedAgain]
}

/** Of one client, in order; neighbours together. */
export function turnsOf(ids: readonly ActId[]): Turn[] {
  const turns: Turn[] = []
  for (const id of ids) {
    const last = turns.at(-1)
    if (last && last.target.lamport + last.count === id.lamport)
      turns[turns.length - 1] = { ...last, count: last.count + 1 }
    else turns.push({ target: id, count: 1 })
  }
  return turns
}

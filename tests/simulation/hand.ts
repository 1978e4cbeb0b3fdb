/**
 * What an honest person does next on a page: a random act on something they see, through the acts of crdt-schema, as far as their page
 * believes that they may. Whether they really may is for the gate to say.
 */
import * as acts from '@consilium/crdt-schema/acts'
import type { Annotation, AnnotationDraft } from '@consilium/crdt-schema/annotation'
import { readEntry, readRoots } from '@consilium/crdt-schema/changes'
import type { RootName } from '@consilium/crdt-schema/documents'
import { creatorOf } from '@consilium/crdt-schema/entry'
import { KINDS, kindOf } from '@consilium/crdt-schema/kinds'
import type { Phase } from '@consilium/crdt-schema/policy'
import { may, type Role } from '@consilium/crdt-schema/roles'
import type * as Y from 'yjs'
import type { Random } from '../faults/fault.ts'

/** Labels of the project. */
export const LABELS = ['solid-nodule', 'part-solid-nodule', 'calcification', 'artefact'] as const

export interface Hand {
  readonly doc: Y.Doc
  readonly history: acts.OwnHistory
  /** As far as the page knows. */
  readonly role: Role | null
  readonly phase: Phase
  /** Was the entry made under a clientID of this person? */
  readonly owns: (client: number) => boolean
}

type Point = [number, number, number]

const point = (random: Random): Point => [random.whole(0, 400) / 4, random.whole(0, 400) / 4, 0]
const WORDS = ['spiculated ', 'smooth, ', 'see slice 4. ', 'ü𝒳😀 ', 'grows ', 'no change ']

function draft(random: Random): AnnotationDraft {
  const kind = random.pick(KINDS).name
  const { min, max } = kindOf(kind).vertices
  const count = Math.min(max, min + random.whole(0, 2))
  return {
    kind,
    label: random.pick(['', ...LABELS]),
    source: { series: 'series0000000001', frame: random.whole(0, 40), normal: [0, 0, 1] },
    points: Array.from({ length: count }, () => point(random)),
    ...(random.whole(0, 1) ? { reasoning: random.pick(WORDS) } : {}),
    ...(random.whole(0, 1) ? { certainty: 'uncertain', confidence: random.whole(0, 100) } : {}),
  }
}

/** Some moves make no shape, some texts are too long: the page says so, and nothing is written. Null also where there was no object. */
export function actOnce(hand: Hand, random: Random): string | null {
  const open = WISHES.filter(({ right }) => right === null || may(hand.role, right))
  const wish = open.length > 0 && hand.phase !== 'signed' ? random.pick(open) : null
  if (!wish || (hand.phase === 'decided' && !wish.afterDecision)) return null
  try {
    return wish.do(hand, random) === null ? null : wish.name
  } catch (error) {
    if (error instanceof acts.ActFault) return null
    throw error
  }
}

type Wish = {
  readonly name: string
  readonly right: 'annotate' | 'discuss' | 'decide' | null
  readonly afterDecision: boolean
  readonly do: (hand: Hand, random: Random) => unknown
}

/** An annotation that this person may change, or one that they may bring back: what the adjudicator retired its author does not. */
function someAnnotation({ doc, role, owns }: Hand, random: Random, retired = false): Annotation | null {
  const theirs = [...readRoots(doc).annotations.values()].filter(
    (one) =>
      (one.retired !== null) === retired &&
      (may(role, 'amend') ||
        (owns(creatorOf(one.id) ?? -1) && (!retired || owns(retiredUnder(doc, one.id) ?? -1)))),
  )
  return theirs.length > 0 ? random.pick(theirs) : null
}

const retiredUnder = (doc: Y.Doc, id: string): number | undefined =>
  doc.getMap<Y.Map<unknown>>('annotations').get(id)?._map.get('retired')?.id.client

function someEntry({ doc }: Hand, root: RootName, random: Random): string | null {
  const keys = [...doc.getMap(root).keys()]
  return keys.length > 0 ? random.pick(keys) : null
}

const revise =
  (how: (doc: Y.Doc, annotation: Annotation, random: Random) => unknown) =>
  (hand: Hand, random: Random): unknown => {
    const annotation = someAnnotation(hand, random)
    return annotation === null ? null : how(hand.doc, annotation, random)
  }

const vertexOf = ({ vertices }: Annotation, random: Random): string | null =>
  vertices.length > 0 ? random.pick(vertices).key : null

const annotating = (name: string, how: Wish['do']): Wish => ({
  name,
  right: 'annotate',
  afterDecision: false,
  do: how,
})
const talking = (name: string, how: Wish['do']): Wish => ({
  name,
  right: 'discuss',
  afterDecision: true,
  do: how,
})

const annotate = annotating('annotate', ({ doc }, random) => acts.annotate(doc, draft(random)))
const move = annotating(
  'move',
  revise((doc, one, random) => {
    const key = vertexOf(one, random)
    return key === null ? null : acts.moveVertices(doc, one.id, [{ key, at: point(random) }])
  }),
)
const type = annotating(
  'type',
  revise((doc, { id, reasoning }, random) => {
    const at = random.whole(0, reasoning.length)
    const gone = random.whole(0, 6)
    const text = random.whole(0, 2) ? random.pick(WORDS) : ''
    return acts.setReasoning(
      doc,
      id,
      (reasoning.slice(0, at) + text + reasoning.slice(at + gone)).slice(0, 400),
    )
  }),
)
const undo: Wish = {
  name: 'undo',
  right: 'annotate',
  afterDecision: false,
  do: ({ history }) => history.undo() || null,
}

/** What people do more often stands here more often. */
const WISHES: readonly Wish[] = [
  annotate,
  annotate,
  move,
  move,
  move,
  type,
  type,
  undo,
  undo,
  { ...undo, name: 'redo', do: ({ history }) => history.redo() || null },
  annotating(
    'move all',
    revise((doc, { id, vertices }, random) => {
      const by = random.whole(-20, 20)
      return acts.moveVertices(
        doc,
        id,
        vertices.map(({ key, at: [x, y, z] }) => ({ key, at: [x + by, y + by, z] })),
      )
    }),
  ),
  annotating(
    'insert',
    revise((doc, one, random) =>
      acts.insertVertex(doc, one.id, random.whole(0, 4) ? vertexOf(one, random) : null, point(random)),
    ),
  ),
  annotating(
    'remove',
    revise((doc, one, random) => {
      const key = vertexOf(one, random)
      return key === null ? null : acts.removeVertex(doc, one.id, key)
    }),
  ),
  annotating(
    'label',
    revise((doc, { id }, random) => acts.setLabel(doc, id, random.pick(['', ...LABELS]))),
  ),
  annotating(
    'certainty',
    revise((doc, { id }, random) =>
      acts.setCertainty(doc, id, random.pick(['present', 'uncertain', 'absent', null])),
    ),
  ),
  annotating(
    'confidence',
    revise((doc, { id }, random) => acts.setConfidence(doc, id, random.whole(0, 100))),
  ),
  annotating(
    'retire',
    revise((doc, { id }, random) => acts.retire(doc, id, random.pick(['not convinced', 'a vessel']))),
  ),
  annotating('reinstate', (hand, random) => {
    const one = someAnnotation(hand, random, true)
    return one === null ? null : acts.reinstate(hand.doc, one.id)
  }),
  talking('thread', (hand, random) => {
    const dispute = random.whole(0, 1) === 1
    return acts.openThread(hand.doc, {
      about: dispute ? 'dispute' : 'comment',
      anchor: {
        series: 'series0000000001',
        frame: random.whole(0, 40),
        point: point(random),
        annotation: someEntry(hand, 'annotations', random),
      },
      reason: dispute ? 'another size' : '',
      text: random.whole(0, 1) ? 'look here' : '',
    })
  }),
  talking('comment', (hand, random) => {
    const thread = someEntry(hand, 'threads', random)
    return thread === null ? null : acts.comment(hand.doc, thread, random.pick(WORDS))
  }),
  talking('resolve', (hand, random) => {
    const thread = someEntry(hand, 'threads', random)
    return thread === null ? null : acts.resolveThread(hand.doc, thread, random.whole(0, 1) === 1)
  }),
  {
    name: 'decide',
    right: 'decide',
    afterDecision: false,
    do: (hand, random) => {
      const thread = someEntry(hand, 'threads', random)
      if (thread === null || readEntry(hand.doc, 'threads', thread)?.about !== 'dispute') return null
      const outcome = random.pick(['accepted', 'rejected', 'amended'] as const)
      const adopted = outcome === 'amended' ? someEntry(hand, 'annotations', random) : null
      return acts.decide(hand.doc, { thread, outcome, rationale: 'by size', adopted })
    },
  },
  talking('dissent', (hand, random) => {
    const decision = someEntry(hand, 'decisions', random)
    return decision === null ? null : acts.dissent(hand.doc, { decision, text: 'I see it otherwise' })
  }),
]

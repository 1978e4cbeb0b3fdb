/**
 * A crowd of people editing copies of one document, with a network that delays, reorders, repeats and loses nothing for ever.
 * Everything follows from the numbers of the steps: no clock, no chance. Which entry or vertex a step means is counted in the
 * order of making, since entry keys themselves are random.
 */
import * as acts from '@consilium/crdt-schema/acts'
import type { Annotation, AnnotationDraft } from '@consilium/crdt-schema/annotation'
import { readRoots } from '@consilium/crdt-schema/changes'
import { ROOTS } from '@consilium/crdt-schema/documents'
import { KINDS, kindOf } from '@consilium/crdt-schema/kinds'
import * as Y from 'yjs'

export interface Step {
  readonly who: number
  readonly what: number
  readonly a: number
  readonly b: number
}

type Point = readonly [number, number, number]

/** One person's page. Every value they write is theirs alone, so that a value tells its author. */
export class Person {
  readonly doc = new Y.Doc()
  readonly history: acts.OwnHistory
  readonly index: number
  /** Updates made here, in order. */
  readonly sent: Uint8Array[] = []
  #written = 0

  constructor(index: number) {
    this.index = index
    this.doc.clientID = 1_000 + index
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin instanceof acts.Act) this.sent.push(update)
    })
    this.history = new acts.OwnHistory(this.doc)
  }

  /** Never written before, by anybody. */
  fresh(): number {
    this.#written += 1
    return this.index + 1 + this.#written * 100
  }

  point(): Point {
    const n = this.fresh()
    return [n / 1_000, ((n * 7_919) % 4_001) / 100, 0]
  }

  /** A few letters that nobody else types. */
  letters(count: number): string {
    return String.fromCharCode(97 + this.index).repeat(1 + (count % 3))
  }
}

export const authorOf = (value: number): number => (Math.round(value) % 100) - 1
export const authorOfPoint = (at: Point): number => authorOf(at[0] * 1_000)
export const authorOfLabel = (label: string): number => authorOf(Number(label.slice(1)))

export class Crowd {
  readonly people: Person[]
  /** Entries in the order of making, over all people. */
  readonly #made = { annotations: [] as string[], threads: [] as string[], decisions: [] as string[] }

  constructor(size: number) {
    this.people = Array.from({ length: size }, (_, index) => new Person(index))
  }

  /** Does one step; returns what it was, or null where it had no object. Faults of acts are part of life: they must leave no trace. */
  take({ who, what, a, b }: Step): string | null {
    const person = this.people[who % this.people.length] as Person
    const name = NAMES[what % NAMES.length] as string
    const done = STEPS[name]?.(this, person, a, b)
    return done === null ? null : name
  }

  seen(person: Person, root: keyof Crowd['made'], n: number): string | null {
    const here = this.#made[root].filter((id) => person.doc.getMap(root).has(id))
    return here[n % here.length] ?? null
  }

  get made(): { annotations: string[]; threads: string[]; decisions: string[] } {
    return this.#made
  }

  /** The open annotation a step means, as this person sees it. */
  open(person: Person, n: number): Annotation | null {
    const { annotations } = readRoots(person.doc)
    const here = this.#made.annotations
      .flatMap((id) => annotations.get(id) ?? [])
      .filter((x) => x.retired === null)
    return here[n % here.length] ?? null
  }

  /** Everything anybody has made reaches everybody, in an order given by `seed`; updates arrive singly and some of them twice. */
  deliverAll(seed: number): void {
    const post = this.people.flatMap((from) =>
      this.people.filter((to) => to !== from).flatMap((to) => from.sent.map((update) => ({ to, update }))),
    )
    let state = seed >>> 0
    const next = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    }
    for (let i = post.length - 1; i > 0; i--) {
      const j = next(i + 1)
      const [x, y] = [post[i], post[j]]
      if (x && y) [post[i], post[j]] = [y, x]
    }
    for (const { to, update } of post) {
      Y.applyUpdate(to.doc, update, 'wire')
      if (next(8) === 0) Y.applyUpdate(to.doc, update, 'wire')
    }
  }
}

/** Acts may refuse; then nothing may have happened. */
function attempt(person: Person, act: () => unknown): null | undefined {
  const before = person.sent.length
  try {
    act()
  } catch (error) {
    if (!(error instanceof acts.ActFault)) throw error
    if (person.sent.length !== before) throw new Error(`A refused act left a trace: ${error.message}`)
    return null
  }
  return undefined
}

type Doing = (crowd: Crowd, person: Person, a: number, b: number) => null | undefined

const anchor = (annotation: string | null) =>
  ({ series: 'ser1', frame: 0, point: [0, 0, 0], annotation }) as const

const onAnnotation =
  (act: (person: Person, annotation: Annotation, b: number) => unknown): Doing =>
  (crowd, person, a, b) => {
    const annotation = crowd.open(person, a)
    return annotation === null ? null : attempt(person, () => act(person, annotation, b))
  }

const vertexAt = (annotation: Annotation, n: number): string | null =>
  annotation.vertices[n % annotation.vertices.length]?.key ?? null

const STEPS: Record<string, Doing> = {
  annotate: (crowd, person, a, b) => {
    const kind = KINDS[a % KINDS.length]?.name ?? 'box'
    const { min, max } = kindOf(kind).vertices
    const count = Math.min(max, min + (b % 3))
    const draft: AnnotationDraft = {
      kind,
      label: `l${person.fresh()}`,
      source: { series: 'ser1', frame: 0, normal: [0, 0, 1] },
      points: Array.from({ length: count }, () => person.point()),
      reasoning: person.letters(b),
    }
    return attempt(person, () => crowd.made.annotations.push(acts.annotate(person.doc, draft)))
  },
  moveOne: onAnnotation((person, annotation, b) => {
    const key = vertexAt(annotation, b)
    if (key !== null) acts.moveVertices(person.doc, annotation.id, [{ key, at: person.point() }])
  }),
  moveAll: onAnnotation((person, annotation) =>
    acts.moveVertices(
      person.doc,
      annotation.id,
      annotation.vertices.map(({ key }) => ({ key, at: person.point() })),
    ),
  ),
  insert: onAnnotation((person, annotation, b) =>
    acts.insertVertex(
      person.doc,
      annotation.id,
      b % 5 === 0 ? null : vertexAt(annotation, b),
      person.point(),
    ),
  ),
  remove: onAnnotation((person, annotation, b) => {
    const key = vertexAt(annotation, b)
    if (key !== null) acts.removeVertex(person.doc, annotation.id, key)
  }),
  label: onAnnotation((person, { id }) => acts.setLabel(person.doc, id, `l${person.fresh()}`)),
  certainty: onAnnotation((person, { id }, b) =>
    acts.setCertainty(person.doc, id, (['present', 'uncertain', 'absent', null] as const)[b % 4] ?? null),
  ),
  confidence: onAnnotation((person, { id }, b) => acts.setConfidence(person.doc, id, b % 101)),
  type: onAnnotation((person, { id, reasoning }, b) => {
    const at = b % (reasoning.length + 1)
    acts.setReasoning(person.doc, id, reasoning.slice(0, at) + person.letters(b) + reasoning.slice(at))
  }),
  erase: onAnnotation((person, { id, reasoning }, b) => {
    const at = b % (reasoning.length + 1)
    acts.setReasoning(person.doc, id, reasoning.slice(0, at) + reasoning.slice(at + 1 + (b % 4)))
  }),
  retire: onAnnotation((person, { id }) => acts.retire(person.doc, id, `r${person.fresh()}`)),
  reinstate: (crowd, person, a) => {
    const id = crowd.seen(person, 'annotations', a)
    return id === null ? null : attempt(person, () => acts.reinstate(person.doc, id))
  },
  thread: (crowd, person, a, b) =>
    attempt(person, () =>
      crowd.made.threads.push(
        acts.openThread(person.doc, {
          about: b % 2 === 0 ? 'dispute' : 'comment',
          anchor: anchor(crowd.seen(person, 'annotations', a)),
          reason: b % 2 === 0 ? 'because' : '',
          text: b % 3 === 0 ? 'first' : '',
        }),
      ),
    ),
  comment: (crowd, person, a) => {
    const thread = crowd.seen(person, 'threads', a)
    return thread === null ? null : attempt(person, () => acts.comment(person.doc, thread, 'more'))
  },
  resolve: (crowd, person, a, b) => {
    const thread = crowd.seen(person, 'threads', a)
    return thread === null ? null : attempt(person, () => acts.resolveThread(person.doc, thread, b % 2 === 0))
  },
  decide: (crowd, person, a) => {
    const thread = crowd.seen(person, 'threads', a)
    if (thread === null) return null
    const decision = { thread, outcome: 'accepted', rationale: 'so be it', adopted: null } as const
    return attempt(person, () => crowd.made.decisions.push(acts.decide(person.doc, decision)))
  },
  dissent: (crowd, person, a) => {
    const decision = crowd.seen(person, 'decisions', a)
    return decision === null
      ? null
      : attempt(person, () => acts.dissent(person.doc, { decision, text: 'no' }))
  },
  undo: (_, person) => (person.history.undo() ? undefined : null),
  redo: (_, person) => (person.history.redo() ? undefined : null),
  /** Everything of one other person, as after a reconnect. */
  meet: (crowd, person, a) => {
    const other = crowd.people[a % crowd.people.length] as Person
    Y.applyUpdate(person.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(person.doc)), 'wire')
    return undefined
  },
  /** One update of somebody, perhaps long before those it builds on. */
  letter: (crowd, person, a, b) => {
    const update = crowd.people[a % crowd.people.length]?.sent
    const letter = update?.[b % update.length]
    if (!letter) return null
    Y.applyUpdate(person.doc, letter, 'wire')
    return undefined
  },
}

/** What people do more often stands here more often. */
export const NAMES: readonly string[] = Object.keys(STEPS).concat(
  ['annotate', 'moveOne', 'moveOne', 'moveAll', 'insert', 'remove', 'label', 'type', 'type', 'erase'],
  ['undo', 'undo', 'undo', 'redo', 'redo', 'meet', 'meet', 'meet', 'letter'],
)
/** Those of one person alone, without the network. */
export const OWN_ACTS: readonly string[] = [
  'annotate',
  'moveOne',
  'moveAll',
  'insert',
  'remove',
  'label',
  'certainty',
  'confidence',
  'type',
  'erase',
  'retire',
  'reinstate',
]

/** All roots as text with sorted keys: equal for equal documents (the order of a Y.Map's keys depends on delivery). */
export function canonical(doc: Y.Doc): string {
  const plain = Object.fromEntries(ROOTS.map((root) => [root, doc.getMap(root).toJSON()]))
  return JSON.stringify(plain, (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([x], [y]) => (x < y ? -1 : 1)))
      : value,
  )
}

/** Keys of every root, each with its root's name. */
export const entriesOf = (doc: Y.Doc): string[] =>
  ROOTS.flatMap((root) => [...doc.getMap(root).keys()].map((id) => `${root}/${id}`))

/**
 * What people do in a document for weeks, without the weeks: one act after the other, each by one of several pages that have seen all
 * before it. New annotations come evenly until there are as many as wanted; every fifth change goes to the few that everybody comes back
 * to. What is done follows from the seed.
 */
import {
  annotate,
  insertVertex,
  moveVertices,
  removeVertex,
  setCertainty,
  setConfidence,
  setLabel,
  setReasoning,
} from '@consilium/crdt-schema/acts'
import { type Annotation, CERTAINTIES } from '@consilium/crdt-schema/annotation'
import { readEntry } from '@consilium/crdt-schema/changes'
import type { Vec3 } from '@consilium/geometry/vec3'
import * as Y from 'yjs'
import { Random } from '../../../faults/fault.ts'

/** Slices that can be drawn on: the centre of each, mm. */
export interface Canvas {
  readonly series: string
  readonly centres: readonly Vec3[]
}

export interface Plan {
  readonly rows: number
  readonly annotations: number
  readonly seed: number
}

const LABELS = ['solid-nodule', 'part-solid-nodule', 'lymph-node', 'vessel', 'other']
const WORDS = [
  'round',
  'sharply outlined',
  'spiculated',
  'unchanged',
  'see the slice above',
  'vessel runs through it',
]
const CORNERS = 8
/** One annotation in so many is one that everybody comes back to, and one change in so many goes to such a one. */
const FAVOURITE = 100
const TO_FAVOURITES = 5

export class People {
  readonly #doc = new Y.Doc()
  readonly #random: Random
  readonly #canvas: Canvas
  readonly #plan: Plan
  readonly #made: string[] = []
  readonly #favourites: string[] = []
  #update: Uint8Array | null = null

  constructor(plan: Plan, canvas: Canvas) {
    this.#plan = plan
    this.#canvas = canvas
    this.#random = new Random(plan.seed)
    this.#doc.on('update', (update: Uint8Array) => {
      this.#update = update
    })
  }

  /** All annotations, and those that everybody came back to. */
  get annotations(): { readonly all: readonly string[]; readonly favourites: readonly string[] } {
    return { all: this.#made, favourites: this.#favourites }
  }

  /** The next act, made under this clientID; `row` of how many. */
  act(client: number, row: number): Uint8Array {
    this.#doc.clientID = client
    const { rows, annotations } = this.#plan
    for (this.#update = null; this.#update === null; ) {
      if (this.#made.length < Math.ceil(((row + 1) * annotations) / rows)) this.#draw()
      else this.#change()
    }
    return this.#update
  }

  #draw(): void {
    const frame = this.#random.whole(0, this.#canvas.centres.length - 1)
    const [x, y, z] = this.#canvas.centres[frame] as Vec3
    const middle = [x + this.#random.between(-120, 120), y + this.#random.between(-90, 90)] as const
    const radius = this.#random.between(3, 12)
    const points = Array.from({ length: CORNERS }, (_, k): Vec3 => {
      const angle = (2 * Math.PI * k) / CORNERS
      return [middle[0] + radius * Math.cos(angle), middle[1] + radius * Math.sin(angle), z]
    })
    const id = annotate(this.#doc, {
      kind: 'polygon',
      label: this.#random.pick(LABELS),
      source: { series: this.#canvas.series, frame, normal: [0, 0, 1] },
      points,
    })
    if (this.#made.push(id) % FAVOURITE === 1) this.#favourites.push(id)
  }

  #change(): void {
    const random = this.#random
    const among = random.whole(1, TO_FAVOURITES) === 1 ? this.#favourites : this.#made
    const annotation = readEntry(this.#doc, 'annotations', random.pick(among)) as Annotation
    const { id, reasoning } = annotation
    const doc = this.#doc
    const kind = random.whole(1, 100)
    if (kind <= 60) this.#move(annotation, 1)
    else if (kind <= 68) this.#move(annotation, 3)
    else if (kind <= 74) this.#moreOrFewer(annotation)
    else if (kind <= 82) setLabel(doc, id, random.pick(LABELS))
    else if (kind <= 87) setCertainty(doc, id, random.pick(CERTAINTIES))
    else if (kind <= 92) setConfidence(doc, id, random.whole(0, 100))
    else setReasoning(doc, id, reasoning.length > 200 ? '' : `${reasoning} ${random.pick(WORDS)}`)
  }

  #move({ id, vertices }: Annotation, count: number): void {
    const first = this.#random.whole(0, vertices.length - 1)
    const moved = vertices.slice(first, first + count).map(({ key, at: [x, y, z] }) => ({
      key,
      at: [x + this.#random.between(-0.5, 0.5), y + this.#random.between(-0.5, 0.5), z] as const,
    }))
    moveVertices(this.#doc, id, moved)
  }

  #moreOrFewer({ id, vertices }: Annotation): void {
    const n = this.#random.whole(0, vertices.length - 1)
    const { key, at } = vertices[n] as Annotation['vertices'][number]
    if (vertices.length > CORNERS) removeVertex(this.#doc, id, key)
    else insertVertex(this.#doc, id, key, [at[0] + this.#random.between(-1, 1), at[1], at[2]])
  }
}

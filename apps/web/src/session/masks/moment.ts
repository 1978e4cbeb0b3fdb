/**
 * The masks of one series as they were after a revision. Nothing is fetched for it: the document of now holds every act there ever was, and
 * each is known by the revision in which it was written (written.ts). Going along the record takes the acts between out of effect, or puts them
 * back, on a canvas of its own: by switches that nobody wrote and nobody sees.
 */
import { type ActId, HANDS, type Hand, type MaskAct } from '@consilium/crdt-schema/painting'
import type { FoundAct } from '@consilium/crdt-schema/painting/feed'
import { compareActs } from '@consilium/crdt-schema/painting/order'
import type { Grid } from '@consilium/geometry/raster/grid'
import type * as Y from 'yjs'
import { Canvas, type Turns } from './canvas.ts'
import { seriesFinder } from './seriesOf.ts'

/** No clientID of anybody: those are drawn from 1 on. */
const NOBODY = 0

interface Stroke {
  readonly act: MaskAct
  readonly seq: number
  /** On the canvas: not yet, in effect, or taken out. */
  state: 'new' | 'in' | 'out'
}

interface Turned {
  readonly id: ActId
  readonly seq: number
  readonly hand: Hand
  readonly isOut: boolean
}

export interface MomentParts {
  readonly doc: Y.Doc
  readonly series: string
  readonly grid: Grid
  /** All acts that are known; it may grow. */
  readonly acts: () => readonly FoundAct[]
  /** Null while that is not known: then it is in no moment. */
  readonly seqOf: (client: number, clock: number) => number | null
  readonly turns?: Turns
}

export class MomentMasks {
  readonly canvas: Canvas
  readonly #parts: MomentParts
  readonly #seriesOf: ReturnType<typeof seriesFinder>
  readonly #strokes: Stroke[] = []
  /** By client and number of the act that is turned. */
  readonly #turned = new Map<string, Turned[]>()
  #read = 0
  #unplaced: FoundAct[] = []
  #switches = 0

  constructor(parts: MomentParts) {
    this.#parts = parts
    this.#seriesOf = seriesFinder(parts.doc)
    this.canvas = new Canvas(parts.grid, parts.turns)
  }

  show(seq: number): void {
    this.#catchUp()
    const fed: MaskAct[] = []
    for (const stroke of this.#strokes) {
      const isIn = this.#isIn(stroke, seq)
      if (stroke.state === 'new' ? !isIn : isIn === (stroke.state === 'in')) continue
      fed.push(stroke.state === 'new' ? stroke.act : this.#switch(stroke.act.id, isIn))
      stroke.state = isIn ? 'in' : 'out'
    }
    this.canvas.feed(fed)
  }

  close(): void {
    this.canvas.close()
  }

  #catchUp(): void {
    const acts = this.#parts.acts()
    const fresh = [...this.#unplaced, ...acts.slice(this.#read)]
    this.#read = acts.length
    this.#unplaced = []
    for (const found of fresh) this.#place(found)
  }

  #place(found: FoundAct): void {
    const { act, clock } = found
    const seq = this.#parts.seqOf(act.id.client, clock)
    if (seq === null) {
      this.#unplaced.push(found)
      return
    }
    const { body, id } = act
    if (body.act === 'paint') {
      if (this.#seriesOf(body.segment) === this.#parts.series) this.#strokes.push({ act, seq, state: 'new' })
      return
    }
    const { target, count, hand } = body
    const turned: Turned = { id, seq, hand, isOut: body.act === 'withdraw' }
    for (let n = 0; n < count; n++) {
      const key = keyOf({ ...target, lamport: target.lamport + n })
      const known = this.#turned.get(key)
      if (known) known.push(turned)
      else this.#turned.set(key, [turned])
    }
  }

  #isIn({ act, seq }: Stroke, moment: number): boolean {
    if (seq > moment) return false
    const turned = this.#turned.get(keyOf(act.id))
    return !turned || HANDS.every((hand) => !lastOf(turned, hand, moment)?.isOut)
  }

  #switch(target: ActId, isIn: boolean): MaskAct {
    this.#switches += 1
    return {
      id: { client: NOBODY, lamport: this.#switches },
      at: 0,
      group: 1,
      body: { act: isIn ? 'restore' : 'withdraw', hand: 'author', target, count: 1 },
    }
  }
}

const keyOf = ({ client, lamport }: ActId): string => `${client}/${lamport}`

/** The highest of one hand that was there by then. */
function lastOf(turned: readonly Turned[], hand: Hand, moment: number): Turned | null {
  let last: Turned | null = null
  for (const one of turned)
    if (one.hand === hand && one.seq <= moment && (last === null || compareActs(one.id, last.id) > 0))
      last = one
  return last
}

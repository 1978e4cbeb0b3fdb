/** One page of one person: paints, undoes, loses its connection, is loaded again. What it shows is fed act by act, as they come. */
import { Act, bringToTop, OwnHistory, paint, turn } from '@consilium/crdt-schema/acts'
import { readEntry } from '@consilium/crdt-schema/changes'
import type { ActId, MaskAct } from '@consilium/crdt-schema/painting'
import { MaskEngine } from '@consilium/crdt-schema/painting/engine'
import { recordOf } from '@consilium/crdt-schema/painting/record'
import { faultOf } from '@consilium/geometry/raster/fault'
import type { Grid } from '@consilium/geometry/raster/grid'
import type { Shape } from '@consilium/geometry/raster/shape'
import * as Y from 'yjs'
import { shapeOf } from '../../packages/crdt-schema/src/kinds/mask/engine/testing/history.ts'
import type { Random } from '../../packages/crdt-schema/src/kinds/mask/engine/testing/random.ts'
import { copyOf, type House, NAMELESS, type Somebody } from './house.ts'
import { archivedActs } from './replay.ts'

export class Page {
  readonly who: Somebody
  readonly #house: House
  readonly #grid: Grid
  readonly #clients: number[]
  /** Everything that anybody painted, as it was meant. */
  readonly #meant: MaskAct[]
  doc: Y.Doc
  engine: MaskEngine
  #history: OwnHistory
  /** Rows of the journal that are here. */
  #seen = 0
  isOnline = true
  /** Something here has not been offered to the server. */
  #isAhead = true

  constructor(house: House, grid: Grid, who: Somebody, meant: MaskAct[]) {
    this.who = who
    this.#house = house
    this.#grid = grid
    this.#meant = meant
    this.#clients = [house.lease(who.person)]
    this.doc = new Y.Doc({ guid: NAMELESS })
    this.doc.clientID = this.client
    ;[this.engine, this.#history] = this.#begin()
  }

  get client(): number {
    return this.#clients.at(-1) as number
  }

  /** Loaded again, with what it had kept: under another clientID, all else is read from the document. */
  reload(): void {
    this.#clients.push(this.#house.lease(this.who.person))
    this.#history.destroy()
    this.doc = copyOf(this.doc, this.client)
    ;[this.engine, this.#history] = this.#begin()
  }

  /** Another page of the same person takes over what this one has, also what nobody else knows yet. */
  copyTo(other: Page): void {
    Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(this.doc), 'wire')
    other.#isAhead = true
    other.fetch()
  }

  send(): void {
    if (!this.isOnline || !this.#isAhead) return
    this.#isAhead = false
    const has = Y.encodeStateVector(this.#house.doc)
    this.#house.offer(Y.encodeStateAsUpdate(this.doc, has), this.client, this.who)
  }

  /** The next so many rows. */
  receive(count: number): void {
    if (!this.isOnline || this.#seen === this.#house.rows.length) return
    for (const row of this.#house.rows.slice(this.#seen, this.#seen + count))
      Y.applyUpdate(this.doc, row, 'wire')
    this.#seen = Math.min(this.#house.rows.length, this.#seen + count)
    this.fetch()
  }

  paint(random: Random, segments: readonly string[]): void {
    const here = segments.filter((id) => readEntry(this.doc, 'annotations', id)?.retired === null)
    if (here.length === 0) return
    const count = random.once(5) ? random.whole(2, 4) : 1
    const drafts = Array.from({ length: count }, () => ({
      segment: random.pick(here),
      value: random.once(3) ? (0 as const) : (1 as const),
      shape: this.#shape(random),
    }))
    paint(this.doc, this.#grid, drafts)
  }

  /** Random shapes are now and then none that a page would draw. */
  #shape(random: Random): Shape {
    for (;;) {
      const shape = shapeOf(random, this.#grid)
      if (faultOf(shape, this.#grid) === null) return shape
    }
  }

  undo(): boolean {
    return this.#history.undo()
  }

  redo(): boolean {
    return this.#history.redo()
  }

  /** Any act of one's own, not only the last. */
  turnOwn(random: Random): void {
    const target = this.#some(random, (id) => this.#clients.includes(id.client))
    if (target) turn(this.doc, random.once(3) ? 'restore' : 'withdraw', 'author', [{ target, count: 1 }])
  }

  turnAsAdjudicator(random: Random): void {
    const target = this.#some(random, () => true)
    if (!target) return
    const { acts } = recordOf(this.doc)
    const isPaint = (lamport: number) =>
      acts.some(
        ({ act }) =>
          act.id.client === target.client && act.id.lamport === lamport && act.body.act === 'paint',
      )
    let count = 1
    while (count < 5 && isPaint(target.lamport + count)) count += 1
    const act = random.once(3) ? 'restore' : 'withdraw'
    turn(this.doc, act, 'adjudicator', [{ target, count: random.whole(1, count) }])
  }

  bringToTop(random: Random): void {
    const target = this.#some(random, (id) => this.#clients.includes(id.client))
    if (target) bringToTop(this.doc, { target, count: 1 })
  }

  /** What was archived, as far as the document says so. */
  fetch(): void {
    recordOf(this.doc).archived(archivedActs(this.doc, this.#house.files))
  }

  #some(random: Random, which: (id: ActId) => boolean): ActId | null {
    const ids = recordOf(this.doc).acts.flatMap(({ act }) =>
      act.body.act === 'paint' && which(act.id) ? [act.id] : [],
    )
    return ids.length > 0 ? random.pick(ids) : null
  }

  #begin(): [MaskEngine, OwnHistory] {
    const engine = new MaskEngine({ grid: this.#grid })
    // Whoever asks for updates has Yjs write every one of them.
    this.doc.on('afterTransaction', ({ origin }: Y.Transaction) => {
      if (origin !== 'wire') this.#isAhead = true
    })
    const record = recordOf(this.doc)
    this.fetch()
    engine.feed(record.acts.map(({ act }) => act))
    record.onActs((acts, origin) => {
      engine.feed(acts.map(({ act }) => act))
      if (origin instanceof Act) for (const { act } of acts) this.#meant.push(act)
    })
    return [engine, new OwnHistory(this.doc, (client) => this.#clients.includes(client))]
  }
}

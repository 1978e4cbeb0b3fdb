/**
 * The masks of one series of a document as they are now: a canvas fed with what its lanes hold and go on to hold. Acts of segments that the
 * document does not know (yet) wait; of segments on other series nothing is drawn here.
 */
import type { MaskAct } from '@consilium/crdt-schema/painting'
import { type PaintRecord, recordOf } from '@consilium/crdt-schema/painting/record'
import type { Grid } from '@consilium/geometry/raster/grid'
import type * as Y from 'yjs'
import { Canvas, type Turns } from './canvas.ts'
import { seriesFinder } from './seriesOf.ts'

export class LiveMasks {
  readonly canvas: Canvas
  readonly record: PaintRecord
  readonly #series: string
  readonly #seriesOf: ReturnType<typeof seriesFinder>
  #waiting: MaskAct[] = []
  readonly #stop: () => void

  constructor(doc: Y.Doc, series: string, grid: Grid, turns?: Turns) {
    this.#series = series
    this.#seriesOf = seriesFinder(doc)
    this.canvas = new Canvas(grid, turns)
    this.record = recordOf(doc)
    this.#feed(this.record.acts.map(({ act }) => act))
    this.#stop = this.record.onActs((found) => this.#feed(found.map(({ act }) => act)))
  }

  /** Segments have come: what waited for them is drawn. */
  retry(): void {
    const waiting = this.#waiting
    this.#waiting = []
    this.#feed(waiting)
  }

  close(): void {
    this.#stop()
    this.canvas.close()
  }

  #feed(acts: readonly MaskAct[]): void {
    this.canvas.feed(acts.filter((act) => this.#isHere(act)))
  }

  /** Switches name acts and no segments: all of them are fed. */
  #isHere(act: MaskAct): boolean {
    if (act.body.act !== 'paint') return true
    const series = this.#seriesOf(act.body.segment)
    if (series === null) this.#waiting.push(act)
    return series === this.#series
  }
}

/**
 * The voxels of one series as a page keeps them: an engine that is fed with acts, and brought up to date a little at a time so that the hand
 * never waits for it. What it answers is right from the moment of feeding; only counts of a whole segment come when its work is done.
 */
import type { EntryKey } from '@consilium/crdt-schema/entry'
import type { MaskAct } from '@consilium/crdt-schema/painting'
import { MaskEngine } from '@consilium/crdt-schema/painting/engine'
import type { Grid, VoxelBox } from '@consilium/geometry/raster/grid'
import { Topic } from '../topic.ts'

/** Of each turn of the page, ms: what is left of a frame belongs to the picture. */
const SLICE_MS = 4

export interface Turns {
  /** Calls back when the page has done what waits. */
  readonly later: (work: () => void) => void
  readonly now: () => number
}

export const pageTurns: Turns = {
  later: (work) => void setTimeout(work),
  now: () => performance.now(),
}

export interface Dirty {
  readonly segment: EntryKey
  readonly box: VoxelBox
}

export class Canvas {
  readonly engine: MaskEngine
  /** While acts are fed: something in this box may look different from now on. */
  readonly dirty = new Topic<Dirty>()
  /** Segments whose tiles are up to date again, so that they can be counted. */
  readonly settled = new Topic<ReadonlySet<EntryKey>>()
  readonly #turns: Turns
  #changed = new Set<EntryKey>()
  #isWorking = false
  #isClosed = false

  constructor(grid: Grid, turns: Turns = pageTurns) {
    this.#turns = turns
    this.engine = new MaskEngine({
      grid,
      onDirty: (segment, box) => {
        this.#changed.add(segment)
        this.dirty.emit({ segment, box })
      },
    })
  }

  feed(acts: readonly MaskAct[]): void {
    if (acts.length === 0) return
    this.engine.feed(acts)
    if (this.#isWorking || this.#changed.size === 0) return
    this.#isWorking = true
    this.#turns.later(this.#work)
  }

  close(): void {
    this.#isClosed = true
    this.dirty.clear()
    this.settled.clear()
  }

  readonly #work = (): void => {
    if (this.#isClosed) return
    const end = this.#turns.now() + SLICE_MS
    if (!this.engine.step(() => this.#turns.now() < end)) return this.#turns.later(this.#work)
    this.#isWorking = false
    const settled = this.#changed
    this.#changed = new Set()
    this.settled.emit(settled)
  }
}

/** Answers straight from the acts, drawn into the box that is asked about: exact whatever has been shown in tiles, and quick for a slice. */
import type { VoxelBox } from '@consilium/geometry/raster/grid'
import type { Rasterise } from '@consilium/geometry/raster/shape'
import type { ActLog } from './actLog.ts'
import type { Boxes } from './boxes.ts'
import type { Segment } from './segment.ts'
import type { MarkOf, Source } from './source.ts'

export class ActSource implements Source {
  readonly #log: ActLog
  readonly #boxes: Boxes
  readonly #rasterise: Rasterise

  constructor(log: ActLog, boxes: Boxes, rasterise: Rasterise) {
    this.#log = log
    this.#boxes = boxes
    this.#rasterise = rasterise
  }

  copyBits(segment: Segment, box: VoxelBox, target: Uint8Array, label: number): void {
    const within = this.#within(segment, box)
    if (within.length === 0) return
    const bits = new Uint8Array(target.length)
    for (const slot of within) this.#draw(slot, box, bits, this.#log.paint(slot).value)
    for (let i = 0; i < bits.length; i++) if (bits[i] === 1) target[i] = label
  }

  copyTops(segment: Segment, box: VoxelBox, target: Uint32Array, markOf: MarkOf): void {
    const within = this.#within(segment, box)
    if (within.length === 0) return
    const marks = new Uint32Array(target.length)
    for (const slot of within) this.#draw(slot, box, marks, markOf(slot))
    for (let i = 0; i < marks.length; i++) if (marks[i] !== 0) target[i] = marks[i] as number
  }

  over(segment: Segment, voxel: VoxelBox, most: number): number[] {
    const found: number[] = []
    for (const slot of this.#within(segment, voxel).reverse())
      if (this.#covers(slot, voxel) && found.push(slot) === most) break
    return found
  }

  /** The highest act over a voxel that an adjudicator took out of effect; null where there is none. */
  withdrawn(segment: Segment, voxel: VoxelBox): number | null {
    const isOut = (slot: number): boolean => !this.#log.isIn('adjudicator', slot)
    return this.#within(segment, voxel, isOut).findLast((slot) => this.#covers(slot, voxel)) ?? null
  }

  /** Acts that may cover some of the box, the lowest first; those in effect, unless others are meant. */
  #within(
    segment: Segment,
    box: VoxelBox,
    isMeant: (slot: number) => boolean = (slot) => this.#log.effective(slot),
  ): number[] {
    return segment.slots
      .filter((slot) => this.#boxes.meets(slot, box) && isMeant(slot))
      .sort((a, b) => (this.#log.above(a, b) ? 1 : -1))
  }

  #covers(slot: number, voxel: VoxelBox): boolean {
    let isCovered = false
    this.#rasterise(this.#log.paint(slot).shape, voxel, () => void (isCovered = true))
    return isCovered
  }

  #draw(slot: number, box: VoxelBox, into: Uint8Array | Uint32Array, mark: number): void {
    const width = box.x1 - box.x0
    const height = box.y1 - box.y0
    this.#rasterise(this.#log.paint(slot).shape, box, (z, y, x0, x1) => {
      const row = ((z - box.z0) * height + (y - box.y0)) * width - box.x0
      into.fill(mark, row + x0, row + x1)
    })
  }
}

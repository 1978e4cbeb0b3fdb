/** The boxes of acts, by slot, packed: there are many, and all are looked through to find those that may touch a place. */
import type { VoxelBox } from '@consilium/geometry/raster/grid'
import { grown } from './grown.ts'

export class Boxes {
  /** x0, x1, y0, y1, z0, z1 each. */
  #ends = new Int16Array(6 * 64)

  set(slot: number, { x0, x1, y0, y1, z0, z1 }: VoxelBox): void {
    const at = 6 * slot
    this.#ends = grown(this.#ends, at + 6)
    this.#ends[at] = x0
    this.#ends[at + 1] = x1
    this.#ends[at + 2] = y0
    this.#ends[at + 3] = y1
    this.#ends[at + 4] = z0
    this.#ends[at + 5] = z1
  }

  get(slot: number): VoxelBox {
    const ends = this.#ends
    const at = 6 * slot
    return {
      x0: ends[at] as number,
      x1: ends[at + 1] as number,
      y0: ends[at + 2] as number,
      y1: ends[at + 3] as number,
      z0: ends[at + 4] as number,
      z1: ends[at + 5] as number,
    }
  }

  meets(slot: number, box: VoxelBox): boolean {
    const ends = this.#ends
    const at = 6 * slot
    return (
      (ends[at] as number) < box.x1 &&
      (ends[at + 1] as number) > box.x0 &&
      (ends[at + 2] as number) < box.y1 &&
      (ends[at + 3] as number) > box.y0 &&
      (ends[at + 4] as number) < box.z1 &&
      (ends[at + 5] as number) > box.z0
    )
  }

  get bytes(): number {
    return this.#ends.byteLength
  }
}

/** The boxes of acts, by slot, packed: there are many, and all are looked through to find those that may touch a place. */
import type { VoxelBox } from '@consilium/geometry/raster/grid'
import { grown } from './grown.ts'

export class Boxes {
  /** x0, x1, y0, y1, z0, z1 each. */
  #ends = new Int16Array(6 * 64)

  set(slot: number, { x0, x1, y0, y1, z0, z1 }: VoxelBox): void {
    this.#ends = grown(this.#ends, 6 * (slot + 1))
    this.#ends.set([x0, x1, y0, y1, z0, z1], 6 * slot)
  }

  get(slot: number): VoxelBox {
    const [x0, x1, y0, y1, z0, z1] = this.#ends.subarray(6 * slot, 6 * slot + 6) as unknown as Ends
    return { x0, x1, y0, y1, z0, z1 }
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

type Ends = readonly [number, number, number, number, number, number]

/**
 * What is seen of a mask, as one number: of every voxel of every segment what it is and which act made it so. Needs nothing of Node, so that
 * a browser can say it too.
 */
import type { EntryKey } from '@consilium/crdt-schema/entry'
import type { MaskAct } from '@consilium/crdt-schema/painting'
import type { MaskEngine } from '@consilium/crdt-schema/painting/engine'
import type { Axis } from '@consilium/geometry/raster/shape'

const AXIAL: Axis = 2

/** FNV-1a over words of 16 bits. */
export class Seen {
  hash = 0x811c9dc5

  /** The act on top of the next voxel; null where none is. */
  voxel(top: MaskAct | null): void {
    if (top === null) return this.#number(0)
    const { client, lamport } = top.id
    this.#number(client)
    this.#number(2 * lamport + (top.body.act === 'paint' ? top.body.value : 0))
  }

  #number(value: number): void {
    this.hash = Math.imul(this.hash ^ (value & 0xffff), 0x01000193) >>> 0
    this.hash = Math.imul(this.hash ^ (value >>> 16), 0x01000193) >>> 0
  }
}

/** The engine must have nothing left to do. Throws where its voxels are not those of the acts that it says they are of. */
export function seenIn(engine: MaskEngine, segments: readonly EntryKey[]): number {
  const [nx, ny, nz] = engine.grid.size
  const seen = new Seen()
  for (const segment of segments)
    for (let z = 0; z < nz; z++) {
      const bits = new Uint8Array(nx * ny)
      const numbers = new Uint32Array(nx * ny)
      engine.copySlice(segment, AXIAL, z, bits)
      engine.actsOfSlice(segment, AXIAL, z, numbers)
      for (let i = 0; i < nx * ny; i++) {
        const top = numbers[i] === 0 ? null : engine.act(numbers[i] as number)
        const value = top?.body.act === 'paint' ? top.body.value : 0
        if (value !== bits[i]) throw new Error(`voxel ${i} of slice ${z} is ${bits[i]}`)
        seen.voxel(top)
      }
    }
  return seen.hash
}

/** Rows of voxels, gathered one after the other into as little memory as they need. */
import type { Runs } from '../raster/shape.ts'

export class RowList {
  #rows = new Int32Array(1024)
  #length = 0

  /** In order of z, y, x0. */
  push(z: number, y: number, x0: number, x1: number): void {
    if (this.#length === this.#rows.length) {
      const grown = new Int32Array(this.#rows.length * 2)
      grown.set(this.#rows)
      this.#rows = grown
    }
    const at = this.#length
    this.#rows[at] = z
    this.#rows[at + 1] = y
    this.#rows[at + 2] = x0
    this.#rows[at + 3] = x1
    this.#length = at + 4
  }

  /** So far. */
  get count(): number {
    return this.#length / 4
  }

  runs(): Runs {
    return { shape: 'runs', rows: this.#rows.slice(0, this.#length) }
  }
}

export function voxelsOf({ rows }: Runs): number {
  let voxels = 0
  for (let at = 0; at < rows.length; at += 4) voxels += (rows[at + 3] as number) - (rows[at + 2] as number)
  return voxels
}

/** The grain of the picture itself: what a scanner adds. Correlated over about two pixels, stronger where the body is thick. */
import { gaussian, type Random } from './random.ts'

const TILE = 512

/** A tile of noise with deviation 1, wrapping at its edges. */
export function noiseTile(random: Random): Float32Array {
  const white = Float32Array.from({ length: TILE * TILE }, () => gaussian(random))
  const rows = blurred(white, 1, TILE)
  const both = blurred(rows, TILE, 1)
  let sum = 0
  for (const value of both) sum += value * value
  const scale = 1 / Math.sqrt(sum / both.length)
  return both.map((value) => value * scale)
}

/** Along one axis (`step` apart), wrapping: a blur that overshoots a little, as a sharp reconstruction kernel does. */
function blurred(values: Float32Array, step: number, across: number): Float32Array {
  const out = new Float32Array(values.length)
  for (let line = 0; line < TILE; line++) {
    for (let k = 0; k < TILE; k++) {
      const at = (n: number): number => values[line * across + ((k + n + TILE) % TILE) * step] as number
      out[line * across + k * step] =
        0.9 * at(0) + 0.62 * (at(-1) + at(1)) + 0.08 * (at(-2) + at(2)) - 0.12 * (at(-3) + at(3))
    }
  }
  return out
}

/** Where in the tile pixel (column, row) of this slice looks; offsets from chance, per slice. */
export const tileAt = (tile: Float32Array, column: number, row: number): number =>
  tile[(row & (TILE - 1)) * TILE + (column & (TILE - 1))] as number

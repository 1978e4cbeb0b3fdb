/**
 * How far it is from each voxel of a block to the nearest marked one, centre to centre: the exact squared Euclidean distance, µm², axis by
 * axis as the lower envelope of parabolas (Meijster, Roerdink & Hesselink 2000; Felzenszwalb & Huttenlocher 2012). Spacings are whole
 * micrometres and all numbers stay below 2^52, so nothing is ever rounded.
 */
import { alongLines, type Field, type Shape } from './lines.ts'
import { part, type Work } from './work.ts'

/** Distances from `mark` (0 or 1) into `field`; those above `far` are `far`. */
export function* squaredDistances(
  bits: Uint8Array,
  mark: 0 | 1,
  shape: Shape,
  spacingUm: Shape,
  field: Field,
  far: number,
): Work<void> {
  alongRows(bits, mark, shape[0], spacingUm[0], field, far)
  for (const axis of [1, 2] as const) {
    if (shape[axis] === 1) continue
    const work = alongLines(field, shape, axis, envelope(shape[axis], spacingUm[axis], far))
    yield* part(work, (axis - 1) / 2, axis / 2)
  }
}

/** Within each row: forth from the marked voxel before, and back from the one after. */
function alongRows(
  bits: Uint8Array,
  mark: 0 | 1,
  width: number,
  spacing: number,
  field: Field,
  far: number,
): void {
  for (let row = 0; row < bits.length; row += width) {
    let apart = Number.POSITIVE_INFINITY
    for (let at = row; at < row + width; at++) {
      apart = bits[at] === mark ? 0 : apart + spacing
      field[at] = Math.min(far, apart * apart)
    }
    apart = Number.POSITIVE_INFINITY
    for (let at = row + width - 1; at >= row; at--) {
      apart = bits[at] === mark ? 0 : apart + spacing
      const squared = apart * apart
      if (squared < (field[at] as number)) field[at] = squared
    }
  }
}

/** Of each line the least of: what stands at a place, and how far it is to there. */
function envelope(length: number, spacing: number, far: number): (line: Float64Array) => boolean {
  const weight = spacing * spacing
  // The places whose parabolas are lowest somewhere, and from where on each is.
  const place = new Int32Array(length)
  const height = new Float64Array(length)
  const start = new Float64Array(length)
  return (line) => {
    let top = -1
    let busy = false
    for (let i = 0; i < length; i++) {
      const value = line[i] as number
      if (value >= far) {
        busy = true
        continue
      }
      if (value > 0) busy = true
      let from = 0
      while (top >= 0) {
        const p = place[top] as number
        const last = height[top] as number
        // The first place at which the new parabola lies below the last one.
        from = Math.floor((weight * (i * i - p * p) + value - last) / (2 * weight * (i - p))) + 1
        if (from > (start[top] as number)) break
        top--
      }
      if (top < 0) from = 0
      if (from >= length) continue
      top++
      place[top] = i
      height[top] = value
      start[top] = from
    }
    if (top < 0 || !busy) return false
    for (let i = length - 1; i >= 0; i--) {
      while ((start[top] as number) > i) top--
      const apart = i - (place[top] as number)
      line[i] = Math.min(far, weight * apart * apart + (height[top] as number))
    }
    return true
  }
}

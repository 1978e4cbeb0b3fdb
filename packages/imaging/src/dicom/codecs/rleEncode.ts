/** RLE lossless, the writing side (PS3.5 Annex G): byte planes from the most significant down, each row by itself in PackBits. */

/** @param pixels little-endian cells of one frame, `width` bytes each, `columns` to a row */
export function encodeRle(pixels: Uint8Array, width: number, columns: number): Uint8Array {
  const segments = Array.from({ length: width }, (_, plane) =>
    pack(planeOf(pixels, width, width - 1 - plane), columns),
  )
  const size = segments.reduce((sum, segment) => sum + segment.length, 64)
  const out = new Uint8Array(size)
  const view = new DataView(out.buffer)
  view.setUint32(0, width, true)
  let at = 64
  segments.forEach((segment, k) => {
    view.setUint32(4 + 4 * k, at, true)
    out.set(segment, at)
    at += segment.length
  })
  return out
}

function planeOf(pixels: Uint8Array, width: number, offset: number): Uint8Array {
  const plane = new Uint8Array(pixels.length / width)
  for (let i = 0; i < plane.length; i++) plane[i] = pixels[i * width + offset] as number
  return plane
}

/** G.3.1: no run crosses a row; padded to even length. */
function pack(plane: Uint8Array, columns: number): Uint8Array {
  const out: number[] = []
  for (let start = 0; start < plane.length; start += columns)
    packRow(plane.subarray(start, start + columns), out)
  if (out.length % 2 === 1) out.push(0)
  return Uint8Array.from(out)
}

/** Runs of three and more are repeated, the rest is literal. */
function packRow(plane: Uint8Array, out: number[]): void {
  let literal = 0
  const flush = (end: number): void => {
    for (; literal < end; ) {
      const count = Math.min(128, end - literal)
      out.push(count - 1, ...plane.subarray(literal, literal + count))
      literal += count
    }
  }
  for (let i = 0; i < plane.length; ) {
    let run = 1
    while (run < 128 && plane[i + run] === plane[i]) run++
    if (run >= 3) {
      flush(i)
      out.push(257 - run, plane[i] as number)
      literal = i + run
    }
    i += run
  }
  flush(plane.length)
}

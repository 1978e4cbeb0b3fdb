/**
 * What a segment is painted with just now, as rows, read slice by slice: a few milliseconds a turn, so that the hand never waits. Where
 * somebody paints in it meanwhile it is read once more, at once.
 */
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { wholeGrid } from '@consilium/geometry/raster/grid'
import { RowList } from '@consilium/geometry/voxels/rows'
import type { Canvas, Turns } from '../canvas.ts'

/** Of each turn, ms. */
const SLICE_MS = 6

type Read = Pick<Canvas, 'engine' | 'dirty'>

export async function rowsOf(
  canvas: Read,
  segment: EntryKey,
  turns: Turns,
  signal: AbortSignal,
): Promise<Int32Array<ArrayBuffer>> {
  let isSpoiled = false
  const stop = canvas.dirty.on((spot) => {
    isSpoiled ||= spot.segment === segment
  })
  try {
    const rows = new RowList()
    let end = turns.now() + SLICE_MS
    for (const _ of slices(canvas, segment, rows)) {
      if (turns.now() < end) continue
      await new Promise<void>((resolve) => turns.later(resolve))
      signal.throwIfAborted()
      if (isSpoiled) return atOnce(canvas, segment)
      end = turns.now() + SLICE_MS
    }
    return rows.runs().rows as Int32Array<ArrayBuffer>
  } finally {
    stop()
  }
}

function atOnce(canvas: Read, segment: EntryKey): Int32Array<ArrayBuffer> {
  const rows = new RowList()
  for (const _ of slices(canvas, segment, rows));
  return rows.runs().rows as Int32Array<ArrayBuffer>
}

function* slices({ engine }: Read, segment: EntryKey, rows: RowList): Generator<void> {
  const whole = wholeGrid(engine.grid)
  const [width] = engine.grid.size
  const bits = new Uint8Array(whole.x1 * whole.y1)
  for (let z = 0; z < whole.z1; z++) {
    engine.copyBox(segment, { ...whole, z0: z, z1: z + 1 }, bits.fill(0))
    for (let at = bits.indexOf(1); at >= 0; at = bits.indexOf(1, at)) {
      const row = Math.floor(at / width)
      const from = at
      while (at < (row + 1) * width && bits[at] === 1) at++
      rows.push(z, row, from - row * width, at - row * width)
    }
    yield
  }
}

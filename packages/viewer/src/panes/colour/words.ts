/** The 256 colours of a table as words of a canvas: little-endian RGBA, opaque. Made once per table. */
import { type ColourTable, coloursOf } from './palettes.ts'

export const BLACK = 0xff000000

const made = new Map<string, Uint32Array>()

/** `flip`: the other way round, as an inverted picture shows its greys. */
export function wordsOf(table: ColourTable, flip: boolean): Uint32Array {
  const key = `${table} ${flip}`
  let words = made.get(key)
  if (!words) {
    words = Uint32Array.from(
      coloursOf(table),
      ([red, green, blue]) => BLACK | (blue << 16) | (green << 8) | red,
    )
    if (flip) words.reverse()
    made.set(key, words)
  }
  return words
}

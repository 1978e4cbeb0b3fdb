/**
 * The voxels of one slice while a shape is gathered: a bit each, 32 to a word. What is drained comes as rows that do not touch,
 * in order of y and x, however often a voxel was set.
 */
import type { Extents } from './extents.ts'
import { Q } from './grid.ts'
import type { Emit } from './shape.ts'

export class SliceBits {
  #words = new Uint32Array(0)
  #wordsPerLine = 0
  /** The words of each line that hold something: from `first` to `last`; none where first > last. */
  #first = new Int32Array(0)
  #last = new Int32Array(0)
  #x = 0
  #y = 0
  #lines = 0
  /** The lines that hold something. */
  #low = 0
  #high = -1

  /** An empty slice of this place and size. */
  open(x0: number, x1: number, y0: number, y1: number): void {
    // Whoever was told threw, and the rest was never told.
    if (this.#low <= this.#high) this.#words.fill(0)
    this.#x = x0
    this.#y = y0
    this.#lines = y1 - y0
    this.#wordsPerLine = (x1 - x0 + 31) >>> 5
    const size = this.#wordsPerLine * this.#lines
    if (this.#words.length < size) this.#words = new Uint32Array(size)
    if (this.#first.length < this.#lines) {
      this.#first = new Int32Array(this.#lines).fill(this.#wordsPerLine)
      this.#last = new Int32Array(this.#lines).fill(-1)
    } else {
      this.#first.fill(this.#wordsPerLine, 0, this.#lines)
      this.#last.fill(-1, 0, this.#lines)
    }
    this.#low = this.#lines
    this.#high = -1
  }

  /** From x0 to x1 (not set), which lie within the slice; nothing where x0 ≥ x1. */
  set(y: number, x0: number, x1: number): void {
    if (x0 >= x1) return
    const line = y - this.#y
    const from = x0 - this.#x
    const to = x1 - this.#x - 1
    const words = this.#words
    const base = line * this.#wordsPerLine
    const a = from >>> 5
    const b = to >>> 5
    const head = -1 << (from & 31)
    const tail = -1 >>> (31 - (to & 31))
    if (a === b) words[base + a]! |= head & tail
    else {
      words[base + a]! |= head
      for (let w = a + 1; w < b; w++) words[base + w] = 0xffffffff
      words[base + b]! |= tail
    }
    if (a < this.#first[line]!) this.#first[line] = a
    if (b > this.#last[line]!) this.#last[line] = b
    if (line < this.#low) this.#low = line
    if (line > this.#high) this.#high = line
  }

  /**
   * A brush set down at (x, y), quarters of a voxel: its rows from line `low` to line `high`, as far as they lie between x0 and x1.
   * What `set` does row by row, in one loop: most of the time that painting takes is spent here.
   */
  stamp(extents: Extents, x: number, y: number, low: number, high: number, x0: number, x1: number): void {
    const words = this.#words
    const firsts = this.#first
    const lasts = this.#last
    const perLine = this.#wordsPerLine
    const voxel = (x >> 2) - this.#x
    const [least, most] = [x0 - this.#x, x1 - this.#x]
    let line = low - this.#y
    for (let away = Q * low - y; line <= high - this.#y; line++, away += Q) {
      const d = away < 0 ? -2 * away : 2 * away
      let from = voxel + extents[d]!
      if (from < least) from = least
      let to = voxel + extents[d + 1]!
      if (to > most) to = most
      if (from >= to) continue
      to -= 1
      const base = line * perLine
      const a = from >> 5
      const b = to >> 5
      const head = -1 << (from & 31)
      const tail = -1 >>> (31 - (to & 31))
      if (a === b) words[base + a]! |= head & tail
      else {
        words[base + a]! |= head
        for (let w = a + 1; w < b; w++) words[base + w] = 0xffffffff
        words[base + b]! |= tail
      }
      if (a < firsts[line]!) firsts[line] = a
      if (b > lasts[line]!) lasts[line] = b
    }
    this.#low = Math.min(this.#low, low - this.#y)
    this.#high = Math.max(this.#high, high - this.#y)
  }

  /** Tells what is set and leaves the slice empty. */
  drain(z: number, emit: Emit): void {
    for (let line = this.#low; line <= this.#high; line++) {
      if (this.#first[line]! > this.#last[line]!) continue
      this.#drainLine(z, line, emit)
      this.#first[line] = this.#wordsPerLine
      this.#last[line] = -1
    }
    this.#low = this.#lines
    this.#high = -1
  }

  #drainLine(z: number, line: number, emit: Emit): void {
    const words = this.#words
    const base = line * this.#wordsPerLine
    const last = this.#last[line]!
    const y = this.#y + line
    /** Where the row that is being followed began; -1 between rows. */
    let begun = -1
    for (let w = this.#first[line]!; w <= last; w++) {
      const word = words[base + w]!
      words[base + w] = 0
      const x = this.#x + (w << 5)
      // The places where a bit differs from the one before it, lowest first.
      let changes = word ^ ((word << 1) | (begun < 0 ? 0 : 1))
      while (changes !== 0) {
        const bit = 31 - Math.clz32(changes & -changes)
        changes &= changes - 1
        if (begun < 0) begun = x + bit
        else {
          emit(z, y, begun, x + bit)
          begun = -1
        }
      }
    }
    if (begun >= 0) emit(z, y, begun, this.#x + ((last + 1) << 5))
  }
}

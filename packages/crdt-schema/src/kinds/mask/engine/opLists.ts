/**
 * For every tile, the acts that have touched it, lowest first. All lists lie in one array, because there are many and most are short:
 * an array for each would take more memory than what is in it.
 */
import { grown } from './grown.ts'

/** Room for this many acts in the smallest list; the next sizes are each twice as long. */
const SMALLEST = 4

export class OpLists {
  /** An act's number and the blocks of the tile it covers, in turn. */
  #pool = new Int32Array(1 << 12)
  #end = 0
  /** By size class: starts of lists that were outgrown. */
  readonly #free: number[][] = []
  #start = new Int32Array(64)
  #count = new Int32Array(64)
  #class = new Int8Array(64)
  #lists = 0

  /** A new empty list; its number is one more than the last one's. */
  open(): number {
    const list = this.#lists++
    this.#start = grown(this.#start, this.#lists)
    this.#count = grown(this.#count, this.#lists)
    this.#class = grown(this.#class, this.#lists)
    this.#class[list] = -1
    return list
  }

  count(list: number): number {
    return this.#count[list] as number
  }

  slot(list: number, i: number): number {
    return this.#pool[(this.#start[list] as number) + 2 * i] as number
  }

  blocks(list: number, i: number): number {
    return this.#pool[(this.#start[list] as number) + 2 * i + 1] as number
  }

  insert(list: number, i: number, slot: number, blocks: number): void {
    const count = this.#count[list] as number
    if (count === this.#room(list)) this.#widen(list)
    const at = (this.#start[list] as number) + 2 * i
    this.#pool.copyWithin(at + 2, at, at + 2 * (count - i))
    this.#pool[at] = slot
    this.#pool[at + 1] = blocks
    this.#count[list] = count + 1
  }

  get bytes(): number {
    return this.#pool.byteLength + 9 * this.#start.length
  }

  #room(list: number): number {
    const size = this.#class[list] as number
    return size < 0 ? 0 : SMALLEST << size
  }

  #widen(list: number): void {
    const size = (this.#class[list] as number) + 1
    const from = this.#start[list] as number
    const to = this.#free[size]?.pop() ?? this.#append(2 * (SMALLEST << size))
    this.#pool.copyWithin(to, from, from + 2 * this.count(list))
    if (size > 0) (this.#free[size - 1] ??= []).push(from)
    this.#start[list] = to
    this.#class[list] = size
  }

  #append(length: number): number {
    const at = this.#end
    this.#end += length
    this.#pool = grown(this.#pool, this.#end)
    return at
  }
}

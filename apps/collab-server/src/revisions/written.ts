/** Which row wrote what, of rows that come in the order of their journal: each clientID's clocks only grow from row to row. */

interface Firsts {
  /** First clock, of each row that wrote under the clientID. */
  readonly clocks: number[]
  readonly rows: number[]
}

export class Written {
  #rows = 0
  readonly #byClient = new Map<number, Firsts>()

  /** The next row, by the first clock of what was new in it, for each clientID. */
  add(own: Iterable<readonly [client: number, clock: number]>): void {
    for (const [client, clock] of own) {
      const firsts = this.#byClient.get(client) ?? { clocks: [], rows: [] }
      this.#byClient.set(client, firsts)
      firsts.clocks.push(clock)
      firsts.rows.push(this.#rows)
    }
    this.#rows += 1
  }

  /** Pieces of [clock, clock + length), in order; rows are counted from 0. */
  rowsOf(client: number, clock: number, length: number): (readonly [row: number, length: number])[] {
    const { clocks = [], rows = [] } = this.#byClient.get(client) ?? {}
    const end = clock + length
    const pieces: (readonly [number, number])[] = []
    for (let n = lastUpTo(clocks, clock), from = clock; from < end; n++) {
      const row = rows[n]
      if (row === undefined) throw new Error('something in the document was written in no row')
      const to = Math.min(end, clocks[n + 1] ?? end)
      pieces.push([row, to - from])
      from = to
    }
    return pieces
  }
}

/** Index of the last that is not above; -1 where all are. */
function lastUpTo(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}

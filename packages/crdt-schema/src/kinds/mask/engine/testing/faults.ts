/**
 * Deliberate faults, each a replacement in the text of the engine. Trials must find every one; else they prove nothing.
 * Not among them is what nobody could see: coarser blocks (more is drawn, the same comes of it), or setting bits that are set.
 */
export interface Fault {
  readonly name: string
  readonly file: string
  /** Is there exactly once. */
  readonly is: string
  readonly becomes: string
}

export const FAULTS: readonly Fault[] = [
  {
    name: 'of equal numbers the one that came first lies on top',
    file: 'actLog.ts',
    is: '(difference === 0 && (this.#clients[a] as number) > (this.#clients[b] as number))',
    becomes: '(difference === 0 && a < b)',
  },
  {
    name: 'a late act lies on top where tops are known',
    file: 'painter.ts',
    is: 'return top < 0 || this.#log.above(slot, top)',
    becomes: 'return true',
  },
  {
    name: 'a late act lies on top where tops are not known',
    file: 'painter.ts',
    is: "this.#draw(hidden, 'above')\n    for (const i of hidden) this.#give(i, slot)",
    becomes: 'for (const i of hidden) this.#give(i, slot)',
  },
  {
    name: 'what is put back lies on top',
    file: 'painter.ts',
    is: 'if (!this.#isCovered(i)) this.#give(i, slot)',
    becomes: 'if (slot < this.#log.count - 3 || !this.#isCovered(i)) this.#give(i, slot)',
  },
  {
    name: 'what is withdrawn leaves a hole',
    file: 'painter.ts',
    is: "    this.#draw(all, 'below')\n",
    becomes: '',
  },
  {
    name: 'what is withdrawn leaves a hole where tops are known',
    file: 'painter.ts',
    is: "this.#draw(all, 'below')",
    becomes: "this.#draw(hidden, 'below')",
  },
  {
    name: 'what is withdrawn takes what lies above it along',
    file: 'painter.ts',
    is: "    this.#draw(hidden, 'above')\n    this.#gives = true",
    becomes: '    this.#gives = true',
  },
  {
    name: 'what is withdrawn takes what lies above it along where tops are known',
    file: 'painter.ts',
    is: '(at) => tops[at] === slot + 1',
    becomes: '(at) => tops[at] !== 0 && slot >= 0',
  },
  {
    name: 'an act that was withdrawn before comes to light',
    file: 'painter.ts',
    is: '=== 0 || !this.#store.shows(ops.slot(tile, at))) continue',
    becomes: '=== 0) continue',
  },
  {
    name: 'an act that was withdrawn before is found on top',
    file: 'tops.ts',
    is: ' || !this.#store.shows(this.#slot)) continue',
    becomes: ') continue',
  },
  {
    name: 'what is withdrawn is still thought to be shown',
    file: 'engine.ts',
    is: 'this.#store.setShown(job.slot, job.shows)',
    becomes: 'if (job.shows) this.#store.setShown(job.slot, true)',
  },
  {
    name: 'what is to be shown counts as shown before it is',
    file: 'engine.ts',
    is: 'const isDone = shows === this.#store.shows(slot)',
    becomes: 'const isDone = shows === this.#store.shows(slot)\n    this.#store.setShown(slot, shows)',
  },
  {
    name: 'what is shown in part counts as shown',
    file: 'engine.ts',
    is: 'if (job.parts.length > 0) return',
    becomes: '',
  },
  {
    name: 'tiles that an act is half shown in are asked',
    file: 'engine.ts',
    is: 'this.#tiling.around(box))',
    becomes: 'box)',
  },
  {
    name: 'what is withdrawn while it is being shown stays',
    file: 'engine.ts',
    is: 'if (this.#log.effective(job.slot) !== job.shows) segment.await(job.slot)',
    becomes: '',
  },
  {
    name: 'tops are not told what is given',
    file: 'painter.ts',
    is: 'if (tops) setTops(tops, word, bits, slot === null ? 0 : slot + 1)',
    becomes: '',
  },
  {
    name: 'over many tiles the lowest act is drawn first',
    file: 'painter.ts',
    is: '(this.#log.above(a, b) ? -1 : 1)',
    becomes: '(this.#log.above(a, b) ? 1 : -1)',
  },
  {
    name: 'a withdrawal that came before its act is forgotten',
    file: 'actLog.ts',
    is: "if (act.body.act === 'paint') this.#catchUp(slot)",
    becomes: "if (act.body.act === 'paint') void 0",
  },
  {
    name: 'a withdrawal that came before its act takes one act too many',
    file: 'actLog.ts',
    is: 'lamport < target.lamport + count) this.#set',
    becomes: 'lamport <= target.lamport + count) this.#set',
  },
  {
    name: 'one switch for both hands',
    file: 'actLog.ts',
    is: 'this.#set(hand, to, slot)',
    becomes: "this.#set('author', to, slot)",
  },
  {
    name: 'the switch that came last holds',
    file: 'actLog.ts',
    is: 'if (last === NEVER || this.above(by, last)) this.#last',
    becomes: 'if (last !== by) this.#last',
  },
  {
    name: 'an act that came twice is painted twice',
    file: 'actLog.ts',
    is: 'if (own.has(lamport)) return -1',
    becomes: '',
  },
  {
    name: 'what waits is not seen',
    file: 'engine.ts',
    is: 'if (this.#boxes.meets(slot, box)) return this.#fromActs',
    becomes: 'if (slot < 0 && box) return this.#fromActs',
  },
  {
    name: 'a list that is put into loses its last act',
    file: 'opLists.ts',
    is: 'copyWithin(at + 2, at, at + 2 * (count - i))',
    becomes: 'copyWithin(at + 2, at, at + 2 * (count - i - 1))',
  },
  {
    name: 'authors are counted once and for all',
    file: 'painter.ts',
    is: 'segment.byAuthor.delete(tile)',
    becomes: '',
  },
  {
    name: 'acts in the last part of a row are forgotten',
    file: 'tiling.ts',
    is: ' | (bits & 0xff000000 && 8)',
    becomes: '',
  },
  {
    name: 'a voxel is looked for in another block than its act',
    file: 'tiling.ts',
    is: '(1 << ((x & 31) >> 3))',
    becomes: '(1 << ((x & 15) >> 2))',
  },
]

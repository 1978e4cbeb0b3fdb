/**
 * Memory for small files: filled by whoever takes them in, lent to the thread that reads one, and used again when that gives it back. Nothing
 * is copied on the way, which memory that both may see at the same time would ask for; and while a file is read nobody else can see it.
 */

export class Lent {
  /** Detached while a thread has it, and for ever where that has died. */
  memory: ArrayBuffer
  /** Of the file. */
  length = 0

  constructor(bytes: number) {
    this.memory = new ArrayBuffer(bytes)
  }

  static of(file: Uint8Array): Lent {
    const lent = new Lent(file.length)
    lent.length = file.length
    lent.bytes.set(file)
    return lent
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.memory, 0, this.length)
  }
}

/** What nobody uses now. New memory for each file would keep the collector of garbage busier than anything else. */
const FREE: Lent[] = []

/** All of one size. */
export const borrow = (bytes: number): Lent => FREE.pop() ?? new Lent(bytes)

export function giveBack(lent: Lent): void {
  if (!lent.memory.detached) FREE.push(lent)
}

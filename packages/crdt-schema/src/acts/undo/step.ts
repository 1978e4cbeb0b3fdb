/**
 * What undo is made of. A step knows one place of the document, what it expects to find there, and what it puts back.
 * It is *live* while what lies there is still what the undone act left; once somebody else has overwritten it, it never is again.
 * Applying a step returns its opposite, so that redo is the undo of an undo.
 */
export interface Step {
  /** Would applying it change anything that is still one's own? */
  live(): boolean
  /** Inside a transaction, and only while live. */
  apply(): Step
}

/** Undo and redo write old values anew, under new item ids. This remembers which item a new one stands for. */
export class Identities {
  readonly #originals = new Map<string, string>()

  /** Name of the item's first writing: equal for an item and everything undo or redo wrote in its place. */
  of(client: number, clock: number): string {
    const id = `${client}:${clock}`
    return this.#originals.get(id) ?? id
  }

  standsFor(client: number, clock: number, original: string): void {
    this.#originals.set(`${client}:${clock}`, original)
  }
}

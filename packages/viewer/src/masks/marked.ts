/** What is told of voxels, one by one: a byte whether each is set, or a word that says more. 0 is nothing. */
export type Marked = Uint8Array | Uint32Array

export const blankLike = <Of extends Marked>(marks: Of, length: number): Of =>
  new (marks.constructor as new (length: number) => Of)(length)

/** Gives memory that nobody looks at any more back at once: left to the collector of garbage it would keep it, and the system, busy. */
export function release({ buffer }: { readonly buffer: ArrayBufferLike }): void {
  if (buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer(0)
}

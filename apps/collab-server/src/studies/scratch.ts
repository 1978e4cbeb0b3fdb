/**
 * Memory that is used again. New memory for each file would keep the collector of garbage busier than the reading is, and the system busy
 * handing out pages.
 */

/** Kept for the next time; what is larger is not. */
const KEPT_BYTES = 2 * 1024 * 1024

export class Scratch {
  #bytes = new Uint8Array(0)

  /** So many bytes, whatever was in them; until it is asked again they are the asker's. */
  of(bytes: number): Uint8Array<ArrayBuffer> {
    if (bytes > KEPT_BYTES) return new Uint8Array(bytes)
    if (this.#bytes.length < bytes) this.#bytes = new Uint8Array(bytes)
    return this.#bytes.subarray(0, bytes)
  }

  copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    const copy = this.of(bytes.length)
    copy.set(bytes)
    return copy
  }
}

/** Gives memory that nobody looks at any more back at once. */
export function release({ buffer }: { readonly buffer: ArrayBufferLike }): void {
  if (buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer(0)
}

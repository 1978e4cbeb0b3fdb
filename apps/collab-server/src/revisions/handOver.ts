/**
 * Bytes that go to another thread change hands instead of being copied. Short ones from Node's common pool cannot: the pool would go with
 * them, and a copy of them would be a copy of all of it.
 */

/** The same message with every buffer on its own, and the list of them for postMessage. */
export function handOver<T>(message: T): { message: T; buffers: ArrayBuffer[] } {
  const buffers = new Set<ArrayBuffer>()
  return { message: own(message, buffers) as T, buffers: [...buffers] }
}

function own(value: unknown, buffers: Set<ArrayBuffer>): unknown {
  if (value instanceof Uint8Array) {
    const isOwn = value.byteLength === value.buffer.byteLength && value.buffer instanceof ArrayBuffer
    const alone = isOwn && !buffers.has(value.buffer as ArrayBuffer) ? value : new Uint8Array(value)
    buffers.add(alone.buffer as ArrayBuffer)
    return alone
  }
  if (Array.isArray(value)) return value.map((one) => own(one, buffers))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, own(one, buffers)]))
}

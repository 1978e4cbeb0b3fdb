/** Typed arrays that grow: the same array while `length` fits into it, else a copy with half as much room again. */
type Growing = Int8Array | Uint8Array | Int16Array | Int32Array | Uint32Array | Float64Array

export function grown<T extends Growing>(array: T, length: number): T {
  if (length <= array.length) return array
  const larger = new (array.constructor as new (length: number) => T)(
    Math.max(length, Math.ceil(array.length * 1.5)),
  )
  larger.set(array)
  return larger
}

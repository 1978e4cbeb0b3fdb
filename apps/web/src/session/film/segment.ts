/** Film as it comes over the wire (contract/history.ts): for each row an int32, big-endian, with the length of its update, then it. */
export function readSegment(bytes: Uint8Array): readonly Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const updates: Uint8Array[] = []
  let at = 0
  while (at < bytes.byteLength) {
    if (at + 4 > bytes.byteLength) throw new RangeError('A film ends within a length')
    const length = view.getInt32(at)
    at += 4
    if (length < 0 || at + length > bytes.byteLength) throw new RangeError('A film ends within a row')
    updates.push(bytes.subarray(at, at + length))
    at += length
  }
  return updates
}

/** Many updates in one buffer, each after its length (int32): as the database gives them, and as they go from thread to thread. */

export function pageOf(updates: readonly Uint8Array[]): Uint8Array {
  const page = new Uint8Array(updates.reduce((sum, { byteLength }) => sum + 4 + byteLength, 0))
  const view = new DataView(page.buffer)
  let at = 0
  for (const update of updates) {
    view.setInt32(at, update.byteLength)
    page.set(update, at + 4)
    at += 4 + update.byteLength
  }
  return page
}

export function* updatesIn(pages: readonly Uint8Array[]): Generator<Uint8Array, void> {
  for (const page of pages) {
    const view = new DataView(page.buffer, page.byteOffset, page.byteLength)
    for (let at = 0; at < page.byteLength; ) {
      const from = at + 4
      at = from + view.getInt32(at)
      yield page.subarray(from, at)
    }
  }
}

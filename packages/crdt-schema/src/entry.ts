/**
 * Keys of the entries below a root: `<clientID>-<suffix>`.
 * The prefix is the Yjs clientID of the maker. The server leases clientIDs to sessions, so the prefix is an unforgeable signature;
 * the gate refuses a key whose prefix is not the clientID of the item that creates it.
 */

const KEY = /^(\d{1,10})-([a-z0-9]{4,16})$/

export type EntryKey = string

export function entryKey(clientID: number): EntryKey {
  const suffix = Math.floor(Math.random() * 36 ** 8)
    .toString(36)
    .padStart(8, '0')
  return `${clientID}-${suffix}`
}

/** The clientID that made the entry, or null where the text is no entry key. */
export function creatorOf(key: EntryKey): number | null {
  const match = KEY.exec(key)
  return match ? Number(match[1]) : null
}

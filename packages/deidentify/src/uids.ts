/**
 * UIDs are replaced, not removed, so that what belonged together still does. The mapping is keyed: without the key of this installation
 * nobody can tell which UID became which, not even by trying UIDs they know. Same key, same UID: same result, for ever.
 * HMAC-SHA-256 -> 128 bits -> `2.25.<decimal>` (PS3.5 B.2). The key never leaves the server; keep it out of logs and backups of data.
 */

/** null stays null: a file without a UID has none afterwards either. */
export type MapUid = (uid: string | null) => Promise<string | null>

/** Bytes -> their HMAC-SHA-256 under one key. */
export type Sign = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array | Promise<Uint8Array>

/**
 * @param key at least 16 random bytes, kept with the installation (or project)
 * @param sign under this key; the fastest that there is where this runs
 */
export async function uidMapper(key: Uint8Array, sign?: Sign): Promise<MapUid> {
  if (key.length < 16) throw new Error('uidMapper: the key is shorter than 16 bytes')
  const hmac = sign ?? (await webHmac(key))
  return async (uid) => {
    const text = uid?.trim() ?? ''
    if (text === '') return null
    return uuidToUid((await hmac(new TextEncoder().encode(text))).subarray(0, 16))
  }
}

async function webHmac(key: Uint8Array): Promise<Sign> {
  const how = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('raw', key.slice(), how, false, ['sign'])
  return async (bytes) => new Uint8Array(await crypto.subtle.sign('HMAC', imported, bytes))
}

/** 16 bytes, read as one big-endian number, with the version and variant of a custom UUID (RFC 9562 §5.8) stamped in. */
function uuidToUid(bytes: Uint8Array): string {
  let value = 0n
  bytes.forEach((byte, k) => {
    const stamped = k === 6 ? (byte & 0x0f) | 0x80 : k === 8 ? (byte & 0x3f) | 0x80 : byte
    value = (value << 8n) | BigInt(stamped)
  })
  return `2.25.${value}`
}

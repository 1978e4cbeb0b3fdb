/**
 * What a page speaks on its socket. Everything behind the socket speaks Hocuspocus' frames (document's name, type, contents); a dialect
 * translates between these and what travels on the line, so that there is one ingress, one gate and one fan-out for all of them.
 */
import { COLLAB_PATH, YJS_PATH } from '@consilium/contract/live'
import { parseDocumentName } from '@consilium/crdt-schema/documents'
import { yWebsocket } from './yWebsocket.ts'

export interface Dialect {
  /** Frames to take as if the page had sent them first. */
  readonly opening: readonly Uint8Array[]
  /** What the page sent, as a frame; null: to be left aside. Throws where it cannot be read. */
  heard(data: Uint8Array): Uint8Array | null
  /** A frame, as the page understands it; null: it understands no such thing. May end the line, where that is how the page is told. */
  told(frame: Uint8Array, end: (code: number, reason: string) => void): Uint8Array | null
}

const HOCUSPOCUS: Dialect = { opening: [], heard: (data) => data, told: (frame) => frame }

/** What is spoken at this path; null where nothing is. */
export function dialectAt(path: string): Dialect | null {
  if (path === COLLAB_PATH) return HOCUSPOCUS
  if (!path.startsWith(YJS_PATH)) return null
  const name = decoded(path.slice(YJS_PATH.length))
  return name !== null && parseDocumentName(name) !== null ? yWebsocket(name) : null
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/**
 * Frames of the live channel: the document's name (varString), a type (varUint), and what belongs to the type.
 * lib0 reads past the end of its bytes where a length says so, into whatever lies behind them in memory; here every length is checked.
 */
import { MAX_SAID_AT } from '@consilium/contract/live'
import { AuthMessageType } from '@hocuspocus/common'
import { type Document, MessageType, OutgoingMessage } from '@hocuspocus/server'
import * as decoding from 'lib0/decoding'

/** A frame that is none. Whoever sends such things is not listened to any longer. */
export class Unreadable extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'Unreadable'
  }
}

export interface Frame {
  readonly name: string
  readonly type: number
  /** At what follows the type. */
  readonly rest: decoding.Decoder
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function readFrame(bytes: Uint8Array): Frame {
  const rest = decoding.createDecoder(bytes)
  const name = readText(rest)
  return { name, type: decoding.readVarUint(rest), rest }
}

export function readBytes(decoder: decoding.Decoder): Uint8Array {
  const length = decoding.readVarUint(decoder)
  if (length > decoder.arr.length - decoder.pos) throw new Unreadable('longer than its frame')
  return decoding.readUint8Array(decoder, length)
}

export const readText = (decoder: decoding.Decoder): string => UTF8.decode(readBytes(decoder))

/** When a page says that a change was made: the last thing in its frame, or not there (0). */
export function readSaid(decoder: decoding.Decoder): number {
  if (!decoding.hasContent(decoder)) return 0
  const said = decoding.readVarUint(decoder)
  if (said > MAX_SAID_AT || decoding.hasContent(decoder)) throw new Unreadable('more than a frame')
  return said
}

/** Is it Hocuspocus saying that a document was not opened? Names are shorter than 128 bytes, so their length is one byte. */
export function isDenial(frame: Uint8Array): boolean {
  const type = 1 + (frame[0] ?? 0)
  return frame[type] === MessageType.Auth && frame[type + 1] === AuthMessageType.PermissionDenied
}

/** One update is saved. */
export const savedFrame = (name: string): Uint8Array =>
  new OutgoingMessage(name).writeSyncStatus(true).toUint8Array()

/** What the document has; asks for the rest. */
export const questionFrame = (name: string, document: Document): Uint8Array =>
  new OutgoingMessage(name).createSyncMessage().writeFirstSyncStepFor(document).toUint8Array()

/** Says nothing: nobody's presence has changed. */
export const quietFrame = (name: string, document: Document): Uint8Array =>
  new OutgoingMessage(name).createAwarenessUpdateMessage(document.awareness, []).toUint8Array()

/**
 * The plain y-websocket protocol, for scripts in any language: one document per socket, named in the address, and frames of a type
 * (0 sync, 1 presence, 3 who is here?) with its contents. It has no acknowledgements and no words: what was saved is not told, and a
 * refusal closes the socket with 4403 and the reason.
 */
import { ServerMessage } from '@consilium/contract/live'
import { REFUSALS } from '@consilium/contract/refusals'
import { AuthMessageType, writeAuthentication } from '@hocuspocus/common'
import { MessageType } from '@hocuspocus/server'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { Dialect } from './dialect.ts'
import { readText } from './frames.ts'

/** A close frame holds 123 bytes of reason (RFC 6455 §5.5). */
const MAX_REASON_BYTES = 123

export function yWebsocket(documentName: string): Dialect {
  const address = addressOf(documentName)
  return {
    opening: [authentication(address)],
    heard(data) {
      // Type 2 would be words about permissions: only servers say them.
      if (data[0] === 2) return null
      return Buffer.concat([address, data])
    },
    told(frame, end) {
      const rest = decoding.createDecoder(frame.subarray(address.byteLength))
      const type = decoding.readVarUint(rest)
      switch (type) {
        case MessageType.Sync:
        case MessageType.Awareness:
          return rest.arr
        case MessageType.SyncReply:
          return Buffer.concat([Buffer.of(MessageType.Sync), rest.arr.subarray(rest.pos)])
        case MessageType.Auth:
          if (decoding.readVarUint(rest) === AuthMessageType.PermissionDenied) denied(readText(rest), end)
          return null
        case MessageType.Stateless:
          refused(readText(rest), end)
          return null
        case MessageType.CLOSE:
          end(REFUSALS['not-allowed'].close, reason(readText(rest)))
          return null
        default:
          return null
      }
    },
  }
}

function addressOf(documentName: string): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarString(encoder, documentName)
  return encoding.toUint8Array(encoder)
}

/** Without a leased clientID: a script brings its own, and it is bound to its person on first use. */
function authentication(address: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeUint8Array(encoder, address)
  encoding.writeVarUint(encoder, MessageType.Auth)
  writeAuthentication(encoder, '')
  return encoding.toUint8Array(encoder)
}

type End = (code: number, reason: string) => void

/** The document was not opened. */
function denied(code: string, end: End): void {
  const known = Object.hasOwn(REFUSALS, code) ? REFUSALS[code as keyof typeof REFUSALS] : null
  end(known?.close ?? REFUSALS['not-allowed'].close, reason(code, known?.message))
}

function refused(words: string, end: End): void {
  const message = ServerMessage.parse(JSON.parse(words))
  if (message.t === 'refused') end(REFUSALS['not-allowed'].close, reason(message.code, message.message))
}

/** `code: sentence`, as much of it as fits. */
function reason(code: string, sentence?: string): string {
  const text = sentence === undefined ? code : `${code}: ${sentence}`
  let bytes = Buffer.from(text, 'utf8').subarray(0, MAX_REASON_BYTES)
  // Not in the middle of a character.
  while (bytes.length > 0 && bytes.toString('utf8').endsWith('\ufffd')) bytes = bytes.subarray(0, -1)
  return bytes.toString('utf8')
}

/**
 * Somebody signed in who does not keep to the rules: opens a document under a lease of their own, sends what they like, and listens to how it ends.
 * Everything is sent at once, without waiting for answers, as an attacker would.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import { REFUSALS, type RefusalCode } from '../../../packages/contract/src/refusals.ts'
import type { Client } from '../../support/server.ts'
import { FRAME, socketAddress } from '../../wire/page.ts'

export interface Ending {
  /**
   * `refused`: told so, in words; `asked`: the server misses something and asks for all again; `closed`: without words;
   * `denied`: the document was not even opened; `taken`: acknowledged; `silence`: nothing in five seconds.
   */
  readonly how: 'refused' | 'asked' | 'closed' | 'denied' | 'taken' | 'silence'
  /** Of a refusal; of the socket, where that was closed. */
  readonly code: string | number | null
}

export const PERMISSION_DENIED = 1
const SILENCE_MS = 5_000

export function frame(document: string, type: number, write: (out: encoding.Encoder) => void): Uint8Array {
  const out = encoding.createEncoder()
  encoding.writeVarString(out, document)
  encoding.writeVarUint(out, type)
  write(out)
  return encoding.toUint8Array(out)
}

export const authFrame = (document: string, token: string): Uint8Array =>
  frame(document, FRAME.auth, (out) => {
    encoding.writeVarUint(out, 0)
    encoding.writeVarString(out, token)
  })

/** kind 0: SyncStep1 (then `bytes` is a state vector), 1: SyncStep2, 2: update */
export const syncFrame = (document: string, kind: 0 | 1 | 2, bytes: Uint8Array): Uint8Array =>
  frame(document, FRAME.sync, (out) => {
    encoding.writeVarUint(out, kind)
    encoding.writeVarUint8Array(out, bytes)
  })

export interface Attempt {
  readonly person: Client
  readonly document: string
  /** The lease they hold. */
  readonly client: number
  readonly update: Uint8Array
  readonly kind: 1 | 2
}

/** One update, on a socket of its own. */
export function attempt({ person, document, client, update, kind }: Attempt): Promise<Ending> {
  return new Promise((resolve) => {
    const socket = new WebSocket(socketAddress(person.url), { headers: person.headers() })
    let code: string | null = null
    let questions = 0
    const end = (how: Ending['how'], what: string | number | null = code): void => {
      clearTimeout(silence)
      socket.removeAllListeners('message')
      socket.terminate()
      resolve({ how, code: what })
    }
    const silence = setTimeout(() => end('silence'), SILENCE_MS)
    socket.on('error', () => undefined)
    socket.on('close', (closeCode) => end(code === null ? 'closed' : 'refused', code ?? closeCode))
    socket.on('open', () => {
      socket.send(authFrame(document, JSON.stringify({ client })))
      socket.send(syncFrame(document, 0, Uint8Array.of(0)))
      socket.send(syncFrame(document, kind, update))
    })
    socket.on('message', (data: Buffer) => {
      const decoder = decoding.createDecoder(data)
      decoding.readVarString(decoder)
      const type = decoding.readVarUint(decoder)
      if (type === FRAME.stateless) {
        const said = JSON.parse(decoding.readVarString(decoder)) as { t: string; code?: string }
        if (said.t === 'refused') code = said.code ?? ''
      } else if (type === FRAME.close) end(code === null ? 'closed' : 'refused')
      else if (type === FRAME.auth && decoding.readVarUint(decoder) === PERMISSION_DENIED)
        end('denied', decoding.readVarString(decoder))
      else if (type === FRAME.status && decoding.readVarUint(decoder) === 1) end('taken')
      else if (type === FRAME.sync && decoding.readVarUint(decoder) === 0) {
        // What was left lying because something before it is missing is sent again as the answer.
        if (++questions === 1 && kind === 2) socket.send(syncFrame(document, 1, update))
        else if (questions === 2) end('asked')
      }
    })
  })
}

/** The WebSocket close code that goes with a refusal. */
export const closeOf = (code: string): number => REFUSALS[code as RefusalCode]?.close ?? 0

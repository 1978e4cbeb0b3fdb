/**
 * Sends bytes and says how far it is. XMLHttpRequest, because fetch does not say how far an upload is.
 * A connection that takes nothing more for a while is given up, as a broken one is: whoever asked tries again.
 */
import type { z } from 'zod'
import { refusalFrom } from '../../api.ts'
import { Unexpected, Unreachable } from '../../errors.ts'

/** A laptop that slept, or a network that changed, leaves connections that never say they are dead. */
const STALLED_MS = 60_000

interface Message {
  readonly method: 'POST' | 'PUT'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Blob
}

/** `onSent` gets bytes handed to the network so far. An abort rejects with the signal's reason. */
export function sendBytes<S extends z.ZodType>(
  message: Message,
  schema: S,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<z.infer<S>> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const request = new XMLHttpRequest()
    const stop = () => request.abort()
    let stalled: ReturnType<typeof setTimeout> | undefined
    const moving = () => {
      clearTimeout(stalled)
      stalled = setTimeout(stop, STALLED_MS)
    }
    const settle = (end: () => void) => {
      clearTimeout(stalled)
      signal.removeEventListener('abort', stop)
      end()
    }
    request.upload.onprogress = (event) => {
      moving()
      onSent(event.loaded)
    }
    // All is sent: how long the server reads is the server's affair.
    request.upload.onload = () => clearTimeout(stalled)
    request.onabort = () =>
      settle(() => reject(signal.aborted ? signal.reason : new Unreachable('stalled upload')))
    request.onerror = () => settle(() => reject(new Unreachable('upload')))
    request.onload = () =>
      settle(() => {
        const body = jsonOrNull(request.responseText)
        if (request.status === 502 || request.status === 504) return reject(new Unreachable(request.status))
        if (request.status >= 400) return reject(refusalFrom(request.status, body))
        const parsed = schema.safeParse(body)
        if (parsed.success) resolve(parsed.data)
        else reject(new Unexpected('answer to an upload', parsed.error))
      })
    signal.addEventListener('abort', stop)
    request.open(message.method, `/api${message.path}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    for (const [name, value] of Object.entries(message.headers)) request.setRequestHeader(name, value)
    moving()
    request.send(message.body)
  })
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

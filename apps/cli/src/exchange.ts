/**
 * One request and its answer, over connections that are kept. By node:http: fetch copies every byte of a body several times, and is itself
 * slower to load than most of what is asked here takes.
 */
import * as http from 'node:http'
import * as https from 'node:https'
import { text } from 'node:stream/consumers'

/** Whoever says nothing for so long is gone. */
const QUIET_MS = 300_000

const PLAIN = new http.Agent({ keepAlive: true })
const ENCRYPTED = new https.Agent({ keepAlive: true })

interface Asked {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
}

/** The pieces of the body go to the socket as they are. Fails where the connection does. */
export function exchange(
  url: URL,
  { method, headers }: Asked,
  pieces: readonly Uint8Array[],
): Promise<{ status: number; text: string }> {
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0)
  const about = { 'content-type': 'application/octet-stream', 'content-length': bytes }
  const [request, agent] = url.protocol === 'https:' ? [https.request, ENCRYPTED] : [http.request, PLAIN]
  return new Promise((resolve, reject) => {
    const asking = request(url, {
      method,
      agent,
      timeout: QUIET_MS,
      headers: { ...(pieces.length > 0 && about), ...headers },
    })
    asking.on('timeout', () => asking.destroy(new Error('nothing came for too long')))
    // Also after an answer that came before all was sent: then nobody hears of it.
    asking.on('error', reject)
    asking.on('response', (answer) => {
      text(answer).then((said) => resolve({ status: answer.statusCode ?? 0, text: said }), reject)
    })
    asking.cork()
    for (const piece of pieces) asking.write(piece)
    asking.end()
  })
}

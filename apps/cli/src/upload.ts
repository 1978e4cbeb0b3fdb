/** One request with a large body, over connections that are kept: its pieces go to the socket as they are, without a copy. */
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

/** Fails where the connection does. */
export function upload(
  url: URL,
  { method, headers }: Asked,
  pieces: readonly Uint8Array[],
): Promise<{ status: number; text: string }> {
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0)
  const [request, agent] = url.protocol === 'https:' ? [https.request, ENCRYPTED] : [http.request, PLAIN]
  return new Promise((resolve, reject) => {
    const sending = request(url, {
      method,
      agent,
      timeout: QUIET_MS,
      headers: { 'content-type': 'application/octet-stream', ...headers, 'content-length': bytes },
    })
    sending.on('timeout', () => sending.destroy(new Error('nothing came for too long')))
    // Also after an answer that came before all was sent: then nobody hears of it.
    sending.on('error', reject)
    sending.on('response', (answer) => {
      text(answer).then((said) => resolve({ status: answer.statusCode ?? 0, text: said }), reject)
    })
    sending.cork()
    for (const piece of pieces) sending.write(piece)
    sending.end()
  })
}

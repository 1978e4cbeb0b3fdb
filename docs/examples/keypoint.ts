/**
 * Joins a case over the plain y-websocket protocol and puts a key point into it.
 *
 *   node docs/examples/keypoint.ts http://localhost:4000 panel:<case id> <access token> <series id> <frame> <x> <y> <z>
 *
 * The token is made on the page under "Account". Everything the script writes stands in the history under the name of whose token it is.
 */
import { annotate } from '@consilium/crdt-schema/acts'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

const [server = '', document = '', token = '', series = '', frame = '0', ...place] = process.argv.slice(2)
const [x = 0, y = 0, z = 0] = place.map(Number)

const doc = new Y.Doc()
const provider = new WebsocketProvider(`${server.replace(/^http/, 'ws')}/yjs`, document, doc, {
  params: { token },
  WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
  // Nothing that the server has not taken may travel from process to process.
  disableBc: true,
})

// The server says why in the reason: "not-yours: This was made by somebody else."
provider.on('connection-close', (event) => {
  if (!event || event.code < 4400) return
  console.error(`refused (${event.code}): ${event.reason}`)
  process.exitCode = 1
  leave()
})

provider.once('sync', async () => {
  const id = annotate(doc, {
    kind: 'keypoint',
    label: '',
    source: { series, frame: Number(frame), normal: [0, 0, 1] },
    points: [[x, y, z]],
  })
  if (await saved(id)) console.log(id)
  leave()
})

function leave(): void {
  provider.destroy()
  // Its presence, too, or its clock keeps the process running.
  doc.destroy()
}

/** The protocol acknowledges nothing; but what another connection is given is in the journal. */
async function saved(id: string): Promise<boolean> {
  for (let tries = 0; tries < 50; tries++) {
    const answer = await fetch(`${server}/api/documents/${document}/revisions?limit=50`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const { items } = (await answer.json()) as { items: { touched: { entry: string }[] }[] }
    if (items.some(({ touched }) => touched.some(({ entry }) => entry === id))) return true
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  console.error('not saved after five seconds')
  process.exitCode = 1
  return false
}

/** The two servers beside ours: bare Hocuspocus with its stock provider, and the y-websocket server with its stock provider. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HocuspocusProvider } from '@hocuspocus/provider'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { type Client, ended, freePort, type Running, startScript, type Target } from './target.ts'

const script = (name: string) => fileURLToPath(new URL(`./servers/${name}.ts`, import.meta.url))

async function peer(
  name: string,
  connect: (port: number, document: string) => Promise<Client>,
): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const port = await freePort()
  const env = { PORT: String(port), BENCH_DATA: folder }
  let child = await startScript(script(name), env)
  return {
    connect: (document) => connect(port, document),
    freshDocument: async () => randomUUID(),
    async crash() {
      await ended(child, 'SIGKILL')
      child = await startScript(script(name), env)
    },
    async close() {
      await ended(child, 'SIGKILL')
      rmSync(folder, { recursive: true })
    },
  }
}

export const hocuspocus: Target = {
  name: 'Hocuspocus 4.7.0, bare',
  start: () =>
    peer('hocuspocus', (port, name) => {
      const document = new Y.Doc()
      return new Promise((resolve) => {
        const provider: HocuspocusProvider = new HocuspocusProvider({
          url: `ws://127.0.0.1:${port}`,
          name,
          document,
          onSynced: () =>
            resolve({
              doc: document,
              unacknowledged: () => provider.unsyncedChanges,
              close: () => provider.configuration.websocketProvider.destroy(),
            }),
        })
      })
    }),
}

export const yWebsocket: Target = {
  name: '@y/websocket-server 0.1.1',
  start: () =>
    peer('y-websocket', (port, name) => {
      const doc = new Y.Doc()
      const provider = new WebsocketProvider(`ws://127.0.0.1:${port}`, name, doc, {
        WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
        disableBc: true,
      })
      return new Promise((resolve) => {
        provider.once('sync', () =>
          resolve({ doc, unacknowledged: () => null, close: () => provider.destroy() }),
        )
      })
    }),
}

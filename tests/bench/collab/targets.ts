/** The three servers: bare Hocuspocus, the y-websocket server, and this one as it is shipped (embedded PostgreSQL, sign-in, gate, journal). */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client as Person, temporaryFolder } from '../../support/server.ts'
import type { Kind } from './clients.ts'
import { answerOf, ended, freePort, type Running, script, startScript, type Target } from './target.ts'

const READERS = ['okafor', 'lindqvist'] as const
/** Sign-ins shared by the clients of one run. */
const SESSIONS = 8

const peer = (name: string, kind: Exclude<Kind, 'consilium'>): Target => ({
  name,
  async start(): Promise<Running> {
    const folder = mkdtempSync(join(tmpdir(), 'bench-'))
    const port = await freePort()
    const env = { PORT: String(port), BENCH_DATA: folder }
    let child = await startScript(script(`servers/${kind}`), env)
    return {
      access: { kind, port, cookies: [] },
      freshDocument: async () => randomUUID(),
      report: () => answerOf(child, 'report', 'report'),
      async crash() {
        await ended(child, 'SIGKILL')
        child = await startScript(script(`servers/${kind}`), env)
      },
      async close() {
        await ended(child, 'SIGKILL')
        rmSync(folder, { recursive: true })
      },
    }
  },
})

export const hocuspocus = peer('Hocuspocus 4.7.0, bare', 'hocuspocus')
export const yWebsocket = peer('@y/websocket-server 0.1.1', 'y-websocket')

export const consilium: Target = {
  name: 'Consilium',
  async start(): Promise<Running> {
    const folder = temporaryFolder('bench')
    const port = await freePort()
    const env = {
      PORT: String(port),
      CONSILIUM_DATA: `${folder.path}/data`,
      CONSILIUM_DEMO: 'empty',
      LOG_LEVEL: 'error',
    }
    let child = await startScript(script('servers/consilium'), env)
    const cookies = await Promise.all(
      Array.from({ length: SESSIONS }, async (_, n) => {
        const person = new Person(`http://127.0.0.1:${port}`)
        await person.signIn(READERS[n % READERS.length] as string)
        return person.cookie
      }),
    )
    return {
      access: { kind: 'consilium', port, cookies },
      freshDocument: () => answerOf(child, 'document', 'document'),
      report: () => answerOf(child, 'report', 'report'),
      async crash() {
        await ended(child, 'SIGKILL')
        child = await startScript(script('servers/consilium'), env)
      },
      async close() {
        await ended(child, 'SIGTERM')
        folder.remove()
      },
    }
  },
}

export const TARGETS = [hocuspocus, yWebsocket, consilium] as const

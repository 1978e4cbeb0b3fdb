/** One server under measurement, in its own process, and how a client of its own kind reaches it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import type * as Y from 'yjs'

export interface Client {
  readonly doc: Y.Doc
  /** Updates not yet acknowledged; null where the protocol has no acknowledgement. */
  unacknowledged(): number | null
  close(): void
}

export interface Running {
  connect(document: string): Promise<Client>
  /** Name of a fresh document that every client may write. */
  freshDocument(): Promise<string>
  /** SIGKILL, then a new process on the same data. */
  crash(): Promise<void>
  close(): Promise<void>
}

export interface Target {
  readonly name: string
  start(): Promise<Running>
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

/** Starts a server script and waits for its `ready` line. */
export function startScript(script: string, env: Record<string, string>): Promise<ChildProcess> {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}`)))
    child.stdout?.on('data', (text) => String(text).includes('ready') && resolve(child))
  })
}

export function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}

/** One server under measurement: a process of its own, asked over a pipe, and how its clients reach it. */
import { type ChildProcess, fork } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Access } from './clients.ts'
import type { Report } from './servers/report.ts'

export interface Running {
  readonly access: Access
  /** Name of a fresh document that every client may write. */
  freshDocument(): Promise<string>
  report(): Promise<Report>
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

export const script = (name: string): string => fileURLToPath(new URL(`./${name}.ts`, import.meta.url))

/** Starts a script and waits until it says `ready`. */
export async function startScript(
  path: string,
  env: Record<string, string>,
  args: readonly string[] = [],
): Promise<ChildProcess> {
  const child = fork(path, args, {
    env: { ...process.env, ...env },
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await answerOf(child, 'ready')
  return child
}

/** Asks (where `ask` is given, about what is said beside it) and waits for the message with this field. */
export function answerOf<T>(
  child: ChildProcess,
  field: string,
  ask?: string,
  about: object = {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    const heard = (message: Record<string, unknown>): void => {
      if (!(field in message)) return
      child.off('message', heard as never)
      child.off('exit', gone)
      resolve(message[field] as T)
    }
    const gone = (code: number | null): void =>
      reject(new Error(`a process under measurement ended with ${code}`))
    child.on('message', heard as never)
    child.once('exit', gone)
    if (ask !== undefined) child.send({ ...about, ask })
  })
}

export function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}

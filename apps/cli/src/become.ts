/** Becomes a program of the server in this checkout, or (on Windows) starts it, passes signals on and ends as it ends. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Failure } from './failure.ts'

const PROGRAMS = new URL('../../collab-server/src/', import.meta.url)

export async function become(
  program: 'main.ts' | 'restore.ts',
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const path = fileURLToPath(new URL(program, PROGRAMS))
  if (!existsSync(path)) throw new Failure('The server is not here: run this from a checkout of Consilium.')
  // It takes this process over where the system can do that: signals and the exit code need no go-between.
  if (process.execve) process.execve(process.execPath, [process.execPath, path, ...args], environment)
  process.exitCode = await supervise([path, ...args], environment)
}

async function supervise(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: 'inherit', env })
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  // Ctrl-C at a terminal reaches it by itself; a second copy would look like impatience.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

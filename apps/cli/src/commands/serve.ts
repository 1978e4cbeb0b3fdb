/** `consilium serve`: becomes the server of this checkout, or (on Windows) starts it, passes signals on and ends as it ends. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { Failure, Usage } from '../failure.ts'

const SERVER = fileURLToPath(new URL('../../../collab-server/src/main.ts', import.meta.url))

export function addServe(program: Command): void {
  program
    .command('serve')
    .description(
      'Start the server; everything is set by environment variables, of which these two have a short form.',
    )
    .option('--port <number>', 'PORT (default 4000)')
    .option('--data <folder>', 'CONSILIUM_DATA (default ./data)')
    .addHelpText(
      'after',
      '\nExamples:\n  consilium serve\n  consilium serve --port 8080 --data /var/lib/consilium\n  CONSILIUM_DEMO=0 consilium serve',
    )
    .action(serve)
}

async function serve(options: { port?: string; data?: string }): Promise<void> {
  if (options.port !== undefined && !/^\d{1,5}$/.test(options.port))
    throw new Usage(`--port: "${options.port}" is not a port number.`)
  if (!existsSync(SERVER)) throw new Failure('The server is not here: run this from a checkout of Consilium.')
  const environment = { ...process.env }
  if (options.port !== undefined) environment['PORT'] = options.port
  if (options.data !== undefined) environment['CONSILIUM_DATA'] = options.data
  const command = [process.execPath, SERVER] as const
  // The server takes this process over where the system can do that: signals and the exit code need no go-between.
  if (process.execve) process.execve(process.execPath, command, environment)
  process.exitCode = await supervise(command, environment)
}

async function supervise([node, script]: readonly [string, string], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(node, [script], { stdio: 'inherit', env })
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  // Ctrl-C at a terminal reaches the server by itself; a second copy would look like impatience.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

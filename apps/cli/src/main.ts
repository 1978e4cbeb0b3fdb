/**
 * `consilium`: the product from a terminal. Each verb is a file in commands/; they meet the server over HTTP only.
 * Results go to stdout, progress and faults to stderr. Exit code 0: done; 1: failed, wholly or in part; 2: the command was not understood.
 */
import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { addBackup } from './commands/backup.ts'
import { addExport } from './commands/export.ts'
import { addHistory } from './commands/history.ts'
import { addImport } from './commands/import.ts'
import { addRestore } from './commands/restore.ts'
import { addServe } from './commands/serve.ts'
import { addToken } from './commands/token.ts'
import { addUser } from './commands/user.ts'
import { addVerify } from './commands/verify.ts'
import { Failure, Usage } from './failure.ts'
import { fault } from './terminal.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string
}

const program = new Command('consilium')
  .description('Annotate medical images together, with every change on record.')
  .version(version)
  .showHelpAfterError('Run with --help to see what is possible.')
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) })

for (const add of [
  addServe,
  addImport,
  addUser,
  addToken,
  addHistory,
  addVerify,
  addExport,
  addBackup,
  addRestore,
])
  add(program)

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = codeOf(error)
}

function codeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof Usage || error instanceof Failure) {
    fault(error.message)
    return error instanceof Usage ? 2 : 1
  }
  throw error
}

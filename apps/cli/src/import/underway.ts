/**
 * Which import a command began and did not finish, so that the same command goes on with it. Kept in the person's own folder for such things;
 * the file is called after a hash of server, project and paths, and holds an id: neither tells what was imported.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

export interface Underway {
  recall(): Promise<string | null>
  keep(importId: string): Promise<void>
  forget(): Promise<void>
}

export function underwayOf(
  server: URL,
  project: string,
  paths: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Underway {
  const folder = join(
    environment['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'),
    'consilium',
    'imports',
  )
  const what = [server.origin, project, ...paths.map((path) => resolve(path)).sort()].join('\n')
  const file = join(folder, createHash('sha256').update(what).digest('hex'))
  // Where nothing can be kept, an interrupted import is begun anew.
  const quietly = (done: Promise<unknown>): Promise<void> => done.then(() => undefined).catch(() => undefined)
  return {
    recall: () => readFile(file, 'utf8').catch(() => null),
    keep: (importId) =>
      quietly(mkdir(folder, { recursive: true, mode: 0o700 }).then(() => writeFile(file, importId))),
    forget: () => quietly(rm(file, { force: true })),
  }
}

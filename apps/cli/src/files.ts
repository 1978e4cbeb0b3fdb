/** Which files a person means by some paths: folders are walked, links that lead out of them are not followed. */
import { lstatSync } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { Failure } from './failure.ts'

export interface FoundFile {
  readonly path: string
  /** As it is shown and sent: below the folder that was named. */
  readonly name: string
  readonly bytes: number
}

export interface Found {
  readonly files: FoundFile[]
  /** Links that lead out of the folder, sockets, and the like: named so that nothing is left out in silence. */
  readonly skipped: string[]
}

export async function findFiles(paths: readonly string[]): Promise<Found> {
  const found: Found = { files: [], skipped: [] }
  for (const path of paths) {
    const about = await stat(path).catch(cannotRead(path))
    if (about.isFile()) found.files.push({ path, name: basename(path), bytes: about.size })
    else if (about.isDirectory()) await walk(path, await realpath(path), path, found)
    else found.skipped.push(path)
  }
  return found
}

const cannotRead =
  (path: string) =>
  (error: NodeJS.ErrnoException): never => {
    throw new Failure(
      error.code === 'ENOENT'
        ? `${path}: there is no such file or folder.`
        : `${path}: it cannot be read (${error.code ?? error.message}).`,
    )
  }

async function walk(root: string, realRoot: string, folder: string, found: Found): Promise<void> {
  const names = (await readdir(folder).catch(cannotRead(folder))).sort()
  for (const name of names) {
    // `.DS_Store`, `.git` and the like are nobody's study.
    if (name.startsWith('.')) continue
    const path = join(folder, name)
    // Nothing else happens meanwhile, and not to wait for each by itself takes a tenth of the time.
    let about = lstatSync(path)
    if (about.isSymbolicLink()) {
      const target = await realpath(path).catch(() => null)
      // A link to a folder inside would be walked twice; one that leads out is somebody else's data.
      if (!target?.startsWith(realRoot + sep) || !(about = await stat(path)).isFile()) {
        found.skipped.push(path)
        continue
      }
    }
    if (about.isDirectory()) await walk(root, realRoot, path, found)
    else if (about.isFile()) found.files.push({ path, name: relative(root, path), bytes: about.size })
    else found.skipped.push(path)
  }
}

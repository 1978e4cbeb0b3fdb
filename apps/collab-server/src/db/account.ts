/**
 * Which operating system account the embedded PostgreSQL runs as: ours, or, where we are root (which PostgreSQL refuses), `postgres`.
 * An existing cluster keeps its owner. Also answers whether that account can reach a folder, since root alone can reach everything.
 */
import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { StartupError } from '../startupError.ts'

const run = promisify(execFile)

/** Empty for an ordinary user; spread into spawn's options. */
export type Account = { readonly uid: number; readonly gid: number } | Record<string, never>

const isRoot = (): boolean => process.getuid?.() === 0

export async function accountFor(cluster: string): Promise<Account> {
  if (!isRoot()) return {}
  const owner = await stat(cluster).catch(() => null)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const known = await idsOf('postgres')
  if (known) return known
  try {
    await run('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ])
  } catch (cause) {
    throw new StartupError(
      'PostgreSQL does not run as root, and the user "postgres" could not be made. ' +
        'Either start Consilium as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause },
    )
  }
  const made = await idsOf('postgres')
  if (!made)
    throw new StartupError(
      'The user "postgres" was made but cannot be found. Start Consilium as an ordinary user instead.',
    )
  return made
}

async function idsOf(user: string): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', user]), run('id', ['-g', user])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    // `id` ends with 1 where there is no such user.
    return null
  }
}

/** Throws a StartupError with the two ways out where `account` cannot enter `folder`. */
export async function mustReach(account: Account, folder: string, what: string): Promise<void> {
  try {
    await run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...account, cwd: '/' })
  } catch (cause) {
    const remedy =
      what === 'data folder'
        ? 'set CONSILIUM_DATA to a folder that other users can enter, like /var/lib/consilium'
        : 'move the checkout to a folder that other users can enter, like /srv/consilium (or start it as an ordinary user)'
    throw new StartupError(
      `You are root, so the embedded PostgreSQL runs as user "postgres", and that user cannot enter the ${what} ${folder}. ` +
        `Two ways out: ${remedy}, or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    )
  }
}

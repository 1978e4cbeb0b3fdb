/** The keys file of a backup, when it is put back: is it the one that belongs to it, and where its keys go. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BackupKeys, type BackupManifest } from '@consilium/contract/backup'
import type { Sql } from '../db/open.ts'
import { signingKey } from '../ledger/keys.ts'
import { instanceMark } from './backup.ts'
import { BadBackup } from './unpack.ts'

/** Throws a BadBackup where these are not the keys of that backup. */
export async function readKeys(path: string, { instance, checkpoint }: BackupManifest): Promise<BackupKeys> {
  let keys: BackupKeys
  try {
    keys = BackupKeys.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    throw new BadBackup(`${path} is not a keys file of "consilium backup --keys".`)
  }
  const own = instanceMark(Buffer.from(keys.instanceKey, 'hex'))
  const signs = keys.checkpointKeys.map((seed) => signingKey(seed).key)
  if (own !== instance || keys.instance !== instance)
    throw new BadBackup(
      `${path} holds the keys of another server, or of before its instance key was changed.`,
    )
  if (checkpoint && !signs.includes(checkpoint.key) && !signs.includes(checkpoint.next ?? ''))
    throw new BadBackup(`${path} does not hold the key that signed the latest checkpoint in the backup.`)
  return keys
}

export async function writeKeyFiles(
  folder: string,
  { instanceKey, checkpointKeys }: BackupKeys,
): Promise<void> {
  for (const [name, lines] of [
    ['instance.key', [instanceKey]],
    ['checkpoint.key', checkpointKeys],
  ] as const)
    await writeFile(join(folder, name), lines.map((line) => `${line}\n`).join(''), {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    })
}

/** A newer keys file has keys of people who came later; their numbers are given to others from here on. */
export async function loadPersonKeys(tx: Sql, { people }: BackupKeys): Promise<void> {
  for (const { person, wrapped } of people)
    await tx`
      insert into person_key (person, wrapped)
      select id, ${Buffer.from(wrapped, 'base64')}::bytea from people where id = ${person}`
}

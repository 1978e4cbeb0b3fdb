/** `consilium backup <file>`: everything a server holds but its keys, in one file, while people work. */
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { BackupKeys, BackupManifest, WrappedKeys } from '@consilium/contract/backup'
import type { LatestCheckpoint } from '@consilium/contract/checkpoints'
import type { Command } from 'commander'
import { Failure } from '../failure.ts'
import { Link, type LinkOptions, withLink } from '../link.ts'
import { fingerprintOfSeed, instanceMark, ownSecrets, type Secrets } from '../secrets.ts'
import { mustBeNew, takeBackup } from '../takeBackup.ts'
import { note, ProgressLine, print, printJson } from '../terminal.ts'
import { checkpointHash, fingerprintOf } from '../verify/verify.mjs'

const MIB = 2 ** 20

export function addBackup(program: Command): void {
  withLink(program.command('backup'))
    .description('Write everything a running server holds, but its keys, into one file; people keep working.')
    .argument('<file>', 'a new file')
    .option('--keys <file>', "write the keys into a second file (on the server's own machine); keep it apart")
    .option('--json', 'print what was written as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  consilium backup /mnt/backups/monday.backup --keys /mnt/safe/monday.keys',
    )
    .action(run)
}

async function run(file: string, options: LinkOptions & { keys?: string; json?: boolean }): Promise<void> {
  const path = resolve(file)
  const keysPath = options.keys === undefined ? null : resolve(options.keys)
  const link = new Link(options)
  mustBeNew(path)
  if (keysPath !== null) mustBeNew(keysPath)
  // Asked before the long part, so that nothing is in vain.
  const secrets = keysPath === null ? null : await secretsOf(link)
  const line = new ProgressLine()
  const { manifest, bytes } = await takeBackup(await link.stream('/backup'), path, (n) =>
    line.show(`${Math.floor(n / MIB)} MiB`),
  ).finally(() => line.clear())
  // After it: whoever came while it was made has a key in here, and whoever was erased has none.
  if (keysPath !== null && secrets) await writeKeys(link, secrets, keysPath)
  if (options.json) return printJson({ file: path, bytes, keys: keysPath, ...about(manifest) })
  print(inWords(manifest, path, bytes))
  if (keysPath === null)
    note(
      "The keys are not in it. Without them nobody can sign in after a restore, and nobody's name can be read: run it once more with --keys <file>, and keep that file apart.",
    )
  else
    note(
      `Keys: ${keysPath}. Whoever has it and the backup can read every name: keep it apart, and not for long.`,
    )
}

async function secretsOf(link: Link): Promise<Secrets> {
  const secrets = ownSecrets()
  const { instance } = await link.call<WrappedKeys>('GET', '/backup/keys')
  const { fingerprint } = await link.call<LatestCheckpoint>('GET', '/checkpoints/latest')
  if (
    instanceMark(secrets.instanceKey) !== instance ||
    fingerprintOfSeed(secrets.checkpointKeys.at(-1) ?? '') !== fingerprint
  )
    throw new Failure(
      `--keys: the keys found here are not those of ${link.base.origin}. Set CONSILIUM_DATA to its data folder.`,
    )
  return secrets
}

async function writeKeys(link: Link, { instanceKey, checkpointKeys }: Secrets, path: string): Promise<void> {
  const { instance, people } = await link.call<WrappedKeys>('GET', '/backup/keys')
  const keys: BackupKeys = {
    format: 'consilium backup keys 1',
    at: Date.now(),
    instance,
    instanceKey,
    checkpointKeys: [...checkpointKeys],
    people,
  }
  await writeFile(path, `${JSON.stringify(keys)}\n`, { mode: 0o600, flag: 'wx', flush: true })
}

function about({ checkpoint, documents, rows, version }: BackupManifest) {
  const head = checkpoint && {
    n: checkpoint.n,
    at: checkpoint.at,
    root: checkpoint.root,
    hash: checkpointHash(checkpoint),
    fingerprint: fingerprintOf(checkpoint.key),
  }
  return { version, head, documents, rows }
}

function inWords(manifest: BackupManifest, path: string, bytes: number): string {
  const { head, documents, rows } = about(manifest)
  const count = (n: number): string => n.toLocaleString('en')
  return [
    `${path}: ${count(documents)} documents with ${count(rows)} revisions, ${count(bytes)} bytes.`,
    ...(head
      ? [
          `Signed head: checkpoint ${head.n} of ${new Date(head.at).toISOString()}`,
          `  root         ${head.root}`,
          `  hash         ${head.hash}`,
          `  fingerprint  ${head.fingerprint}`,
          'Write hash and fingerprint down elsewhere: "consilium restore" can be held to them.',
        ]
      : ['Nothing was ever written here: there is no signed head.']),
  ].join('\n')
}

/** `consilium restore` ends here: reads what it was asked, puts a backup back where the settings say, and tells what it verified. */
import { parseArgs } from 'node:util'
import { type Restored, restore } from './backup/restore.ts'
import { BadBackup } from './backup/unpack.ts'
import { readConfig } from './config.ts'
import { fingerprintOf, hashOf } from './ledger/statement.ts'
import { openLog } from './log.ts'
import { StartupError } from './startupError.ts'

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      keys: { type: 'string' },
      head: { type: 'string' },
      fingerprint: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  const config = readConfig()
  const restored = await restore({
    file: positionals[0] ?? '',
    config,
    log: openLog({ logLevel: 'silent' }),
    keys: values.keys ?? null,
    head: values.head ?? null,
    fingerprint: values.fingerprint ?? null,
  })
  const said = values.json ? JSON.stringify(about(restored), null, 2) : inWords(restored, config.data)
  process.stdout.write(`${said}\n`)
  if (restored.loaded.missing.length > 0) process.exitCode = 1
} catch (error) {
  if (!(error instanceof StartupError || error instanceof BadBackup)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

function about({ manifest: { at, checkpoint, version }, verified, loaded }: Restored) {
  const head = checkpoint && {
    n: checkpoint.n,
    at: checkpoint.at,
    root: checkpoint.root,
    hash: hashOf(checkpoint),
    fingerprint: fingerprintOf(checkpoint.key),
  }
  return { version, at, head, ...verified, ...loaded }
}

function inWords(restored: Restored, folder: string): string {
  const { head, at, documents, rows, sealed, audit, checkpoints, files, missing } = about(restored)
  const count = (n: number): string => n.toLocaleString('en')
  return [
    `Restored into ${folder}, as it was ${new Date(at).toISOString()}.`,
    head
      ? `Signed head: checkpoint ${head.n} of ${new Date(head.at).toISOString()}, hash ${head.hash}\nKey: ${head.fingerprint}`
      : 'Nothing was ever written in it: there is no signed head.',
    `Verified: ${count(documents)} documents with ${count(rows)} revisions, of which ${count(sealed)} are signed by ${count(checkpoints)} checkpoints; ${count(audit)} entries of the audit log; ${count(files)} files.`,
    ...(missing.length > 0
      ? [`NOT IN THE BACKUP, or damaged before it was made: ${missing.join(', ')}`]
      : []),
    'Nobody is signed in. Start it with "consilium serve".',
  ].join('\n')
}

/** Writes the record of a case into a folder, with everything that is needed to verify it without a server. */
import { createHash } from 'node:crypto'
import { copyFile, mkdir, open, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LatestCheckpoint } from '@consilium/contract/checkpoints'
import type { Case } from '@consilium/contract/projects'
import { panelOf } from '@consilium/crdt-schema/documents'
import { Failure } from '../failure.ts'
import type { Link } from '../link.ts'
import { allCheckpoints, auditLog, checkpoints, evidence, journal, stateAt } from './overTheWire.ts'

const VERIFIER = fileURLToPath(new URL('./verify.mjs', import.meta.url))
const README = `The history of a case, as it stood in Consilium when it was exported.

manifest.json                 what is here
checkpoints.ndjson            all checkpoints of the server: signed, linked, with the heads of documents that each sealed
documents/<n>/about.json      a document: its name, the table of leases, the public handles of people
documents/<n>/state.yjs       what it says after the last row: a Yjs update; absent where none could be made
documents/<n>/journal.ndjson  its rows in order: what is hashed, the hash, and the bytes in base64
verify.mjs                    computes all of it again:  node verify.mjs . --key <fingerprint>

The fingerprint of the key must come from elsewhere: from whoever runs the server, at the time, in writing.
`
const AUDIT_README = `The audit log of a Consilium server, as it stood when it was exported.

manifest.json                 what is here
checkpoints.ndjson            all checkpoints of the server: signed, linked, with the heads that each sealed; the audit log is document 0
audit.ndjson                  its entries in order: what is hashed (of what is sealed its hash), and the hash. People are numbers
verify.mjs                    computes all of it again:  node verify.mjs . --key <fingerprint>

The fingerprint of the key must come from elsewhere: from whoever runs the server, at the time, in writing.
`

interface Written {
  readonly lines: number
  readonly sha256: string
}

export interface Manifest {
  readonly format: 'consilium history 1'
  /** ISO 8601 */
  readonly made: string
  readonly server: string
  readonly case: { readonly id: string; readonly key: string }
  /** Folders below documents/. */
  readonly documents: readonly string[]
  readonly files: { readonly rows: Written; readonly checkpoints: Written }
  readonly latest: LatestCheckpoint
}

/** Of the audit log alone. */
export interface AuditManifest extends Omit<Manifest, 'case' | 'files'> {
  readonly audit: true
  readonly files: { readonly audit: Written; readonly checkpoints: Written }
}

export async function takeAway(
  link: Link,
  { id, key }: Pick<Case, 'id' | 'key'>,
  folder: string,
  progress: (what: string) => void = () => undefined,
): Promise<Manifest> {
  const name = panelOf(id)
  const latest = await link.call<LatestCheckpoint>('GET', '/checkpoints/latest')
  if (!(await evidence(link, name))) throw new Failure(`${key}: nothing is written in this case.`)
  await begin(folder)
  // The rows after the checkpoints: what these sealed is there by then.
  const sealed = await writeLines(join(folder, 'checkpoints.ndjson'), checkpoints(link, name), (n) =>
    progress(`${n} checkpoints`),
  )
  const about = await evidence(link, name)
  if (!about) throw new Failure(`${key}: the document went away while it was read.`)
  const { seq: head } = about.document
  const place = join(folder, 'documents', String(about.document.id))
  await mkdir(place, { recursive: true })
  const rows = await writeLines(join(place, 'journal.ndjson'), journal(link, name, head), (n) =>
    progress(`${n} of ${head} revisions`),
  )
  const manifest: Manifest = {
    format: 'consilium history 1',
    made: new Date().toISOString(),
    server: link.base.origin,
    case: { id, key },
    documents: [String(about.document.id)],
    files: { rows, checkpoints: sealed },
    latest,
  }
  // Of rows that were altered the server may not be able to make any; they are taken away as they are.
  const state = await stateAt(link, name, head).catch(() => null)
  if (state) await writeFile(join(place, 'state.yjs'), state)
  await writeFile(join(place, 'about.json'), `${JSON.stringify(about, null, 2)}\n`)
  await finish(folder, README, manifest)
  return manifest
}

/** All of the audit log, without what is sealed in it: its hash stands for that. */
export async function takeAuditAway(
  link: Link,
  folder: string,
  progress: (what: string) => void = () => undefined,
): Promise<AuditManifest> {
  const latest = await link.call<LatestCheckpoint>('GET', '/checkpoints/latest')
  await begin(folder)
  const sealed = await writeLines(join(folder, 'checkpoints.ndjson'), allCheckpoints(link), (n) =>
    progress(`${n} checkpoints`),
  )
  const entries = await writeLines(join(folder, 'audit.ndjson'), auditLog(link), (n) =>
    progress(`${n} entries`),
  )
  const manifest: AuditManifest = {
    format: 'consilium history 1',
    made: new Date().toISOString(),
    server: link.base.origin,
    documents: [],
    audit: true,
    files: { audit: entries, checkpoints: sealed },
    latest,
  }
  await finish(folder, AUDIT_README, manifest)
  return manifest
}

async function begin(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  if ((await readdir(folder)).length > 0) throw new Failure(`${folder} is not empty. Name a new folder.`)
}

async function finish(folder: string, readme: string, manifest: Manifest | AuditManifest): Promise<void> {
  await copyFile(VERIFIER, join(folder, 'verify.mjs'))
  await writeFile(join(folder, 'README.txt'), readme)
  // Last: a folder with a manifest is whole.
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

async function writeLines(
  path: string,
  values: AsyncIterable<unknown>,
  progress: (lines: number) => void,
): Promise<Written> {
  const file = await open(path, 'wx')
  const sum = createHash('sha256')
  let lines = 0
  try {
    for await (const value of values) {
      const text = `${JSON.stringify(value)}\n`
      sum.update(text)
      await file.write(text)
      if (++lines % 500 === 0) progress(lines)
    }
  } finally {
    await file.close()
  }
  return { lines, sha256: sum.digest('hex') }
}

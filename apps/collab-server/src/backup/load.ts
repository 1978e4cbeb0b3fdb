/** Puts a backup back: tables into a database that has none, files into the data folder. What it made is for the caller to take away. */
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { type PartHead, Sequence } from '@consilium/contract/backup'
import { z } from 'zod'
import { sqlState } from '../db/errors.ts'
import type { Sql } from '../db/open.ts'
import { LOG_NAME } from '../ledger/copies.ts'
import { BlobStore } from '../studies/storage.ts'
import { isKept, tablesInOrder } from './tables.ts'
import { BadBackup, type UnpackedPart } from './unpack.ts'

export interface Loaded {
  readonly files: number
  /** Files that the backup lacks, or that are not what their name says. */
  readonly missing: readonly string[]
}

/** `tx`: the owner of the tables, which went through the same migrations as the backup's. */
export async function loadParts(
  tx: Sql,
  folder: string,
  parts: AsyncIterable<UnpackedPart>,
  afterTables: () => Promise<void>,
): Promise<Loaded> {
  const blobs = new BlobStore(folder)
  const known = new Map((await tablesInOrder(tx)).map(({ name, columns }) => [name, columns]))
  const missing: string[] = []
  let files = 0
  for await (const { head, bytes } of parts) {
    const [kind = '', name = ''] = head.part.split('/')
    if (kind === 'table') await loadTable(tx, name, head, known.get(name) ?? [], bytes)
    else if (kind === 'sequences') {
      await setSequences(tx, z.array(Sequence).parse(JSON.parse(await textOf(bytes))))
      await afterTables()
    } else if (kind === LOG_NAME) await writeLog(join(folder, LOG_NAME), bytes)
    else if (kind === 'missing') missing.push(...z.array(z.string()).parse(JSON.parse(await textOf(bytes))))
    else if (kind === 'frames') {
      await blobs.write(kind, name, await buffer(Readable.from(bytes)))
      files++
    } else if (kind === 'packs') {
      // Of versions that kept frames twice.
      for await (const _ of bytes);
    } else throw new BadBackup(`The backup has a part that this Consilium does not know: ${head.part}.`)
  }
  return { files, missing }
}

async function loadTable(
  tx: Sql,
  name: string,
  { columns = [] }: PartHead,
  known: readonly string[],
  bytes: AsyncIterable<Buffer>,
): Promise<void> {
  if (!isKept(name) || known.length !== columns.length || !columns.every((column) => known.includes(column)))
    throw new BadBackup(`The backup has a table ${name} that this Consilium does not have in that form.`)
  const list = columns.map((column) => `"${column}"`).join(', ')
  const query = tx.unsafe(`copy "${name}" (${list}) from stdin (format binary)`)
  // The driver gives the stream as the answer, and has nobody to tell of what the database says after its end.
  const refused = new Promise<never>((_, reject) => Object.assign(query, { reject }))
  try {
    await Promise.race([pipeline(Readable.from(bytes), await query.writable()), refused])
  } catch (cause) {
    if (cause instanceof BadBackup) throw cause
    const why = sqlState(cause) ?? (cause as Error).message
    throw new BadBackup(`Table ${name} of the backup does not go into the database (${why}).`, { cause })
  }
}

async function setSequences(tx: Sql, sequences: readonly Sequence[]): Promise<void> {
  for (const { name, last } of sequences)
    await tx`select setval(format('public.%I', ${name}::text)::regclass, ${last}::bigint)`
}

const textOf = async (bytes: AsyncIterable<Buffer>): Promise<string> =>
  (await buffer(Readable.from(bytes))).toString('utf8')

async function writeLog(path: string, bytes: AsyncIterable<Buffer>): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const piece of bytes) await file.appendFile(piece)
    await file.sync()
  } finally {
    await file.close()
  }
}

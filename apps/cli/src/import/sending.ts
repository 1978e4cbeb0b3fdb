/**
 * Files to an import: hashed, asked for, and what the server has not is sent, a few at a time; large ones part by part. While one lot is sent
 * the next is hashed. After a break the server is asked what it has, since the answer may be lost although the file arrived.
 */
import { open, readFile } from 'node:fs/promises'
import {
  FILE_LIMIT_BYTES,
  type FileAnswer,
  KNOWN_AT_ONCE,
  type KnownAnswer,
  type KnownFile,
  PART_BYTES,
  type PartAnswer,
} from '@consilium/contract/studies'
import type { FoundFile } from '../files.ts'
import type { Link } from '../link.ts'
import { sha256Of } from './hash.ts'
import { patiently } from './patience.ts'

const AT_ONCE = 4

/** A file that the server has not, or not whole. */
interface Missing {
  readonly at: number
  readonly file: FoundFile
  readonly sha256: string
  readonly received: number
}

export interface Sent {
  readonly files: number
  readonly bytes: number
}

/** What became of each file, in the order given. `onSent` hears how much is settled. */
export async function sendAll(
  link: Link,
  importId: string,
  files: readonly FoundFile[],
  onSent: (sent: Sent) => void,
): Promise<FileAnswer[]> {
  const answers: FileAnswer[] = Array.from({ length: files.length })
  const sent = { files: 0, bytes: 0 }
  const settle = (at: number, answer: FileAnswer) => {
    answers[at] = answer
    sent.files += 1
    sent.bytes += files[at]?.bytes ?? 0
    onSent(sent)
  }
  const lots = Math.ceil(files.length / KNOWN_AT_ONCE)
  const lot = (n: number) =>
    missingOf(link, importId, files, n * KNOWN_AT_ONCE, settle).catch((error: unknown) => error as Error)
  let next = lot(0)
  for (let n = 0; n < lots; n++) {
    const missing = await next
    if (missing instanceof Error) throw missing
    if (n + 1 < lots) next = lot(n + 1)
    const senders = Array.from({ length: AT_ONCE }, async () => {
      for (let one = missing.shift(); one; one = missing.shift())
        settle(one.at, await sendOne(link, importId, one))
    })
    await Promise.all(senders)
  }
  return answers
}

const refusedHere = (file: FoundFile, reason: string): FileAnswer => ({
  name: file.name,
  status: 'refused',
  reason,
  inside: [],
})
const cannotBeRead = (file: FoundFile, error: unknown): FileAnswer =>
  refusedHere(
    file,
    `The file could not be read (${(error as NodeJS.ErrnoException).code ?? 'unknown fault'}).`,
  )

/** Hashes one lot and asks for it; what is known, or cannot be sent, is settled. */
async function missingOf(
  link: Link,
  importId: string,
  files: readonly FoundFile[],
  first: number,
  settle: (at: number, answer: FileAnswer) => void,
): Promise<Missing[]> {
  const hashed: Omit<Missing, 'received'>[] = []
  for (const [k, file] of files.slice(first, first + KNOWN_AT_ONCE).entries()) {
    const at = first + k
    if (file.bytes > FILE_LIMIT_BYTES)
      settle(at, refusedHere(file, `The file is larger than ${FILE_LIMIT_BYTES / 2 ** 30} GiB.`))
    else
      await sha256Of(file.path).then(
        (sha256) => hashed.push({ at, file, sha256 }),
        (error) => settle(at, cannotBeRead(file, error)),
      )
  }
  if (hashed.length === 0) return []
  const known = await patiently(() =>
    ask(
      link,
      importId,
      hashed.map((one) => one.sha256),
    ),
  )
  return hashed.flatMap((one, k) => {
    const here = answerOf(one.file, known[k])
    if (here) settle(one.at, here)
    return here ? [] : [{ ...one, received: known[k]?.received ?? 0 }]
  })
}

async function ask(link: Link, importId: string, files: readonly string[]): Promise<KnownFile[]> {
  return (await link.call<KnownAnswer>('POST', `/imports/${importId}/known`, { files })).files
}

/** What the server says of a file that it has whole; null where it does not. */
const answerOf = (file: FoundFile, known: KnownFile | undefined): FileAnswer | null =>
  known?.status ? { name: file.name, status: known.status, reason: known.reason, inside: [] } : null

async function sendOne(link: Link, importId: string, missing: Missing): Promise<FileAnswer> {
  const { file, sha256 } = missing
  const inParts = file.bytes > PART_BYTES
  let { received } = missing
  for (;;) {
    let body: Uint8Array<ArrayBuffer>
    const answer = await patiently(async (again) => {
      if (again) {
        const [known] = await ask(link, importId, [sha256])
        const here = answerOf(file, known)
        if (here) return here
        received = known?.received ?? 0
      }
      try {
        body = inParts ? await pieceOf(file, received) : await readFile(file.path)
      } catch (error) {
        return cannotBeRead(file, error)
      }
      if (!inParts) return link.send<FileAnswer>('POST', `/imports/${importId}/files`, headersOf(file), body)
      const at = { 'upload-offset': String(received), 'upload-length': String(file.bytes) }
      const path = `/imports/${importId}/parts/${sha256}`
      const part = await link.send<PartAnswer>('PUT', path, { ...headersOf(file), ...at }, body)
      received = part.received
      return part.answer
    })
    if (answer) return answer
  }
}

const headersOf = (file: FoundFile): Record<string, string> => ({
  'content-type': 'application/octet-stream',
  'x-file-name': encodeURIComponent(file.name.toWellFormed()),
})

async function pieceOf(file: FoundFile, offset: number): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await open(file.path)
  try {
    const piece = new Uint8Array(Math.min(PART_BYTES, file.bytes - offset))
    const { bytesRead } = await handle.read(piece, 0, piece.length, offset)
    return piece.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

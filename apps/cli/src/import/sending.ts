/**
 * Files to an import: hashed, asked for, and what the server has not is sent, small files many together, large ones part by part. While one
 * lot is sent the next is hashed. After a break the server is asked what it has, since the answer may be lost although the files arrived.
 */
import { type BatchAnswer, batchHead, fitting } from '@consilium/contract/batches'
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
import { contentOf, pieceOf, unreadable } from './content.ts'
import { sha256Of } from './hash.ts'
import { patiently } from './patience.ts'

const AT_ONCE = 4
/** Of what is hashed and asked for together: the first files wait for it. */
const LOT_BYTES = 16 * 1024 * 1024

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

type Settle = (at: number, answer: FileAnswer) => void

/** What became of each file, in the order given. `onSent` hears how much is settled. */
export async function sendAll(
  link: Link,
  importId: string,
  files: readonly FoundFile[],
  onSent: (sent: Sent) => void,
  atOnce = AT_ONCE,
): Promise<FileAnswer[]> {
  const answers: FileAnswer[] = Array.from({ length: files.length })
  const sent = { files: 0, bytes: 0 }
  const settle: Settle = (at, answer) => {
    answers[at] = answer
    sent.files += 1
    sent.bytes += files[at]?.bytes ?? 0
    onSent(sent)
  }
  const next = queueOf(lotsOf(files), (lot) => missingOf(link, importId, lot, settle))
  const senders = Array.from({ length: atOnce }, async () => {
    for (let some = await next(); some.length > 0; some = await next())
      await sendSome(link, importId, some, settle)
  })
  await Promise.all(senders)
  return answers
}

/** Gives what travels next, nothing at the end. One lot is always made ready ahead of those who send. */
function queueOf(lots: readonly Lot[], ready: (lot: Lot) => Promise<Missing[]>): () => Promise<Missing[]> {
  const queue: Missing[] = []
  let number = 0
  const begin = () => ready(lots[number++] ?? []).catch((error: unknown) => error as Error)
  let ahead = begin()
  const take = async (): Promise<Missing[]> => {
    while (queue.length === 0 && number <= lots.length) {
      const missing = await ahead
      if (missing instanceof Error) throw missing
      queue.push(...missing)
      ahead = begin()
    }
    return together(queue)
  }
  let turn: Promise<unknown> = Promise.resolve()
  return () => {
    const taken = turn.then(take)
    turn = taken.catch(() => undefined) // told to whoever asked
    return taken
  }
}

/** Files with their places. */
type Lot = readonly { readonly at: number; readonly file: FoundFile }[]

function lotsOf(files: readonly FoundFile[]): Lot[] {
  const lots: { at: number; file: FoundFile }[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const [at, file] of files.entries()) {
    const last = lots.at(-1)
    if (!last || last.length === KNOWN_AT_ONCE || bytes + file.bytes > LOT_BYTES) {
      lots.push([{ at, file }])
      bytes = file.bytes
    } else {
      last.push({ at, file })
      bytes += file.bytes
    }
  }
  return lots
}

/** Takes the first of them: one that travels in parts, or as many as travel together. */
function together(missing: Missing[]): Missing[] {
  const large = missing.findIndex(isLarge)
  const small = missing.slice(0, large === -1 ? undefined : large).map(({ file }) => file.bytes)
  return missing.splice(0, Math.max(1, fitting(small)))
}

const isLarge = ({ file }: Pick<Missing, 'file'>): boolean => file.bytes > PART_BYTES

async function sendSome(
  link: Link,
  importId: string,
  some: readonly Missing[],
  settle: Settle,
): Promise<void> {
  const [first] = some
  if (first && isLarge(first)) settle(first.at, await sendInParts(link, importId, first))
  else await sendBatch(link, importId, some, settle)
}

const refusedHere = (file: FoundFile, reason: string): FileAnswer => ({
  name: file.name,
  status: 'refused',
  reason,
  inside: [],
})

/** Hashes one lot and asks for it; what is known, or cannot be sent, is settled. */
async function missingOf(link: Link, importId: string, lot: Lot, settle: Settle): Promise<Missing[]> {
  const hashed: Omit<Missing, 'received'>[] = []
  for (const { at, file } of lot) {
    if (file.bytes > FILE_LIMIT_BYTES)
      settle(at, refusedHere(file, `The file is larger than ${FILE_LIMIT_BYTES / 2 ** 30} GiB.`))
    else
      await sha256Of(file).then(
        (sha256) => hashed.push({ at, file, sha256 }),
        (error) => settle(at, refusedHere(file, unreadable(error))),
      )
  }
  if (hashed.length === 0) return []
  return stillMissing(hashed, await patiently(() => ask(link, importId, hashed)), settle)
}

/** Of these, those that the server has not said to know; the others are settled. */
function stillMissing(
  some: readonly Omit<Missing, 'received'>[],
  known: readonly KnownFile[],
  settle: Settle,
): Missing[] {
  return some.flatMap((one, k) => {
    const here = answerOf(one.file, known[k])
    if (here) settle(one.at, here)
    return here ? [] : [{ ...one, received: known[k]?.received ?? 0 }]
  })
}

async function ask(
  link: Link,
  importId: string,
  some: readonly { readonly sha256: string }[],
): Promise<KnownFile[]> {
  const files = some.map(({ sha256 }) => sha256)
  return (await link.call<KnownAnswer>('POST', `/imports/${importId}/known`, { files })).files
}

/** What the server says of a file that it has whole; null where it does not. */
const answerOf = (file: FoundFile, known: KnownFile | undefined): FileAnswer | null =>
  known?.status ? { name: file.name, status: known.status, reason: known.reason, inside: [] } : null

async function sendBatch(
  link: Link,
  importId: string,
  some: readonly Missing[],
  settle: Settle,
): Promise<void> {
  let left = some
  await patiently(async (again) => {
    if (again) left = stillMissing(left, await ask(link, importId, left), settle)
    const ready = await contentOf(left, (one, fault) => settle(one.at, refusedHere(one.file, fault)))
    left = ready.map(({ one }) => one)
    if (ready.length === 0) return
    const described = ready.map(({ one: { file, sha256 }, bytes }) => ({
      name: file.name,
      bytes: bytes.length,
      sha256,
    }))
    const body = Buffer.concat([batchHead(described), ...ready.map(({ bytes }) => bytes)])
    const headers = { 'content-type': 'application/octet-stream' }
    const answers = await link.send<BatchAnswer>('POST', `/imports/${importId}/batches`, headers, body)
    for (const [k, { one }] of ready.entries()) settle(one.at, { ...answers[k]!, name: one.file.name })
  })
}

async function sendInParts(link: Link, importId: string, missing: Missing): Promise<FileAnswer> {
  const { file, sha256 } = missing
  let { received } = missing
  for (;;) {
    const answer = await patiently(async (again) => {
      if (again) {
        const [known] = await ask(link, importId, [missing])
        const here = answerOf(file, known)
        if (here) return here
        received = known?.received ?? 0
      }
      let body: Uint8Array<ArrayBuffer>
      try {
        body = await pieceOf(file, received)
      } catch (error) {
        return refusedHere(file, unreadable(error))
      }
      const headers = {
        'content-type': 'application/octet-stream',
        'x-file-name': encodeURIComponent(file.name.toWellFormed()),
        'upload-offset': String(received),
        'upload-length': String(file.bytes),
      }
      const path = `/imports/${importId}/parts/${sha256}`
      const part = await link.send<PartAnswer>('PUT', path, headers, body)
      received = part.received
      return part.answer
    })
    if (answer) return answer
  }
}

/**
 * Files to an import: hashed, asked for, and what the server has not is sent, small files many together, large ones part by part. While one
 * lot is sent the next is hashed. After a break the server is asked what it has, since the answer may be lost although the files arrived.
 */
import type { BatchAnswer } from '@consilium/contract/batches'
import type { FileAnswer, KnownAnswer, KnownFile, PartAnswer } from '@consilium/contract/studies'
import { BATCH_BYTES, BATCH_FILES, batchHead, fitting } from '@consilium/contract/travel'
import type { FoundFile } from '../files.ts'
import type { Link } from '../link.ts'
import { FileFault, pieceOf } from './content.ts'
import { type Hashed, hashed, isLarge, lotsOf, type Placed } from './lots.ts'
import { patiently } from './patience.ts'

const AT_ONCE = 4

/** A file that the server has not, or not whole. */
interface Missing extends Hashed {
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
function queueOf(
  lots: readonly (readonly Placed[])[],
  ready: (lot: readonly Placed[]) => Promise<Missing[]>,
): () => Promise<Missing[]> {
  const queue: Missing[] = []
  let number = 0
  const begin = () => ready(lots[number++] ?? []).catch((error: unknown) => error as Error)
  let ahead = begin()
  const take = async (): Promise<Missing[]> => {
    let hasGrown = false
    while (number <= lots.length && (queue.length === 0 || (!hasGrown && isLittle(queue)))) {
      const missing = await ahead
      if (missing instanceof Error) throw missing
      queue.push(...missing)
      hasGrown = true
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

/** What is left of a lot and would not fill half a request: it goes with the first of the next, which is being made ready already. */
const isLittle = (left: readonly Missing[]): boolean =>
  left.length < BATCH_FILES / 2 && left.reduce((sum, { file }) => sum + file.bytes, 0) < BATCH_BYTES / 2

/** Takes the first of them: one that travels in parts, or as many as travel together. */
function together(missing: Missing[]): Missing[] {
  const large = missing.findIndex(isLarge)
  const small = missing.slice(0, large === -1 ? undefined : large).map(({ file }) => file.bytes)
  return missing.splice(0, Math.max(1, fitting(small)))
}

async function sendSome(
  link: Link,
  importId: string,
  some: readonly Missing[],
  settle: Settle,
): Promise<void> {
  const [first] = some
  try {
    if (first && isLarge(first)) settle(first.at, await sendInParts(link, importId, first))
    else await sendBatch(link, importId, some, settle)
  } finally {
    for (const { sent } of some) sent()
  }
}

const refusedHere = (file: FoundFile, reason: string): FileAnswer => ({
  name: file.name,
  status: 'refused',
  reason,
  inside: [],
})

/** Hashes one lot and asks for it; what is known, or cannot be sent, is settled. */
async function missingOf(
  link: Link,
  importId: string,
  lot: readonly Placed[],
  settle: Settle,
): Promise<Missing[]> {
  const ready = await hashed(lot, ({ at, file }, fault) => settle(at, refusedHere(file, fault)))
  if (ready.length === 0) return []
  const missing = stillMissing(ready, await patiently(() => ask(link, importId, ready)), settle)
  const places = new Set(missing.map(({ at }) => at))
  for (const { at, sent } of ready) if (!places.has(at)) sent()
  return missing
}

/** Of these, those that the server has not said to know; the others are settled. */
function stillMissing(some: readonly Hashed[], known: readonly KnownFile[], settle: Settle): Missing[] {
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
    if (left.length === 0) return
    const described = left.map(({ file: { name, bytes }, sha256 }) => ({ name, bytes, sha256 }))
    const body = [batchHead(described), ...left.flatMap(({ content }) => content ?? [])]
    const answers = await link.sendBytes<BatchAnswer>('POST', `/imports/${importId}/batches`, {}, body)
    for (const [k, { at, file }] of left.entries()) settle(at, { ...answers[k]!, name: file.name })
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
      const piece = await pieceOf(file, received).catch((error: unknown) => {
        if (error instanceof FileFault) return refusedHere(file, error.message)
        throw error
      })
      if (!(piece instanceof Uint8Array)) return piece
      const headers = {
        'x-file-name': encodeURIComponent(file.name.toWellFormed()),
        'upload-offset': String(received),
        'upload-length': String(file.bytes),
      }
      const path = `/imports/${importId}/parts/${sha256}`
      const part = await link.sendBytes<PartAnswer>('PUT', path, headers, [piece])
      received = part.received
      return part.answer
    })
    if (answer) return answer
  }
}

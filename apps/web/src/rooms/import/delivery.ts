/**
 * One file to the server: whole where it is small, else part by part, so that a broken connection costs one part. After a break the server is
 * asked first what it has: an answer may be lost although the file arrived.
 */
import { type FileAnswer, type KnownFile, PART_BYTES } from '@consilium/contract/studies'
import type { Door } from './door.ts'
import type { Patience } from './patience.ts'
import type { Picked } from './picked.ts'

interface Errand {
  readonly importId: string
  readonly file: Picked
  readonly sha256: string
  /** Bytes that are at the server already. */
  readonly received: number
  readonly onSent: (bytes: number) => void
  readonly signal: AbortSignal
  /** Resolves at once, or when a pause is over. */
  readonly whenGoing: () => Promise<void>
}

/** What the server says of a file that it has whole; null where it does not. */
export const answerOf = (file: Picked, known: KnownFile): FileAnswer | null =>
  known.status === null ? null : { name: file.path, status: known.status, reason: known.reason, inside: [] }

export async function deliver(door: Door, patience: Patience, errand: Errand): Promise<FileAnswer> {
  const { importId, file, sha256, onSent, signal } = errand
  const inParts = file.file.size > PART_BYTES
  let received = errand.received
  /** Where things stand after a break. */
  const ask = async () => {
    const [known] = await door.known(importId, [sha256], signal)
    received = known?.received ?? 0
    return known ? answerOf(file, known) : null
  }
  for (;;) {
    await errand.whenGoing()
    const answer = await patience.with(async (again) => {
      const here = again ? await ask() : null
      if (here) return here
      if (!inParts) return door.send(importId, file, onSent, signal)
      const sent = (bytes: number) => onSent(received + bytes)
      const part = await door.sendPart(importId, { file, sha256, offset: received }, sent, signal)
      received = part.received
      onSent(received)
      return part.answer
    }, signal)
    if (answer) return answer
  }
}

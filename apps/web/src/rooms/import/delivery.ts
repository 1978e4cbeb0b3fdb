/**
 * Files to the server: small ones many together, a large one part by part, so that a broken connection costs one batch or part. After a break
 * the server is asked first what it has: an answer may be lost although the files arrived.
 */
import type { FileAnswer, KnownFile } from '@consilium/contract/studies'
import { PART_BYTES } from '@consilium/contract/travel'
import type { Door, Hashed } from './door.ts'
import { Unreadable } from './hashing.ts'
import type { Patience } from './patience.ts'
import type { Picked } from './picked.ts'

interface Errand {
  readonly importId: string
  readonly onSent: (bytes: number) => void
  readonly signal: AbortSignal
  /** Resolves at once, or when a pause is over. */
  readonly whenGoing: () => Promise<void>
}

/** What the server says of a file that it has whole; null where it does not. */
export const answerOf = (file: Picked, known: KnownFile): FileAnswer | null =>
  known.status === null ? null : { name: file.path, status: known.status, reason: known.reason, inside: [] }

export const isLarge = (file: Picked): boolean => file.file.size > PART_BYTES

/** What became of each, in their order; one that cannot be read any more does not hold up the others. */
export async function deliverTogether(
  door: Door,
  patience: Patience,
  { importId, onSent, signal, whenGoing }: Errand,
  files: readonly Hashed[],
): Promise<(FileAnswer | Unreadable)[]> {
  const answers = new Map<Hashed, FileAnswer | Unreadable>()
  const left = () => files.filter((one) => !answers.has(one))
  await whenGoing()
  await patience.with(async (again) => {
    if (again) await lookAgain(left())
    const some = left()
    if (some.length === 0) return
    const said = await door.send(importId, some, onSent, signal)
    for (const [k, one] of some.entries()) if (said[k]) answers.set(one, said[k])
  }, signal)
  return files.flatMap((one) => answers.get(one) ?? [])

  async function lookAgain(some: readonly Hashed[]): Promise<void> {
    const known = await door.known(
      importId,
      some.map(({ sha256 }) => sha256),
      signal,
    )
    for (const [k, one] of some.entries()) {
      const here = known[k] && answerOf(one.file, known[k])
      if (here) answers.set(one, here)
      else if (!(await door.isReadable(one.file.file))) answers.set(one, new Unreadable())
    }
  }
}

export async function deliverInParts(
  door: Door,
  patience: Patience,
  { importId, onSent, signal, whenGoing }: Errand,
  { file, sha256, received: before }: Hashed & { readonly received: number },
): Promise<FileAnswer> {
  let received = before
  /** Where things stand after a break. */
  const ask = async () => {
    const [known] = await door.known(importId, [sha256], signal)
    received = known?.received ?? 0
    return known ? answerOf(file, known) : null
  }
  for (;;) {
    await whenGoing()
    const answer = await patience.with(async (again) => {
      const here = again ? await ask() : null
      if (here) return here
      const sent = (bytes: number) => onSent(received + bytes)
      const part = await door.sendPart(importId, { file, sha256, offset: received }, sent, signal)
      received = part.received
      onSent(received)
      return part.answer
    }, signal)
    if (answer) return answer
  }
}

/** Files that follow one another in a batch or an archive: the next arrives while the one before is still read. */
import { open } from 'node:fs/promises'
import type { FileAnswer } from '@consilium/contract/studies'
import type { Turnstile } from '../turnstile.ts'
import { ARCHIVE_HEAD } from './archive.ts'
import type { Spooled } from './spool.ts'

/** Begins to take one of several files that follow one another; resolves when it has arrived, so that the next may. */
export function begun(
  answers: Promise<FileAnswer>[],
  turnstile: Turnstile,
  take: (arrived: () => void) => Promise<FileAnswer>,
): Promise<void> {
  return new Promise((arrived) => {
    const answer = turnstile.pass(() => take(arrived)).finally(arrived)
    answer.catch(() => undefined) // told to whoever waits for all of them
    answers.push(answer)
  })
}

/** As much of a file as says whether it is an archive. */
export async function headOf({ content, path }: Spooled): Promise<Uint8Array> {
  if (content) return content.bytes.subarray(0, ARCHIVE_HEAD)
  const file = await open(path ?? '')
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(ARCHIVE_HEAD), 0, ARCHIVE_HEAD, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/**
 * One file that came -> what it is: pictures, something known that is none, or a sentence. A thread with limits reads it, and whatever is
 * wrong with it costs at most itself.
 */
import type { Log } from '../log.ts'
import type { LeftOut, NotAsSaid, ReadReply } from './jobs.ts'
import type { Spooled } from './spool.ts'
import type { StudyThreads } from './threads.ts'
import { JobFault } from './workers.ts'

export interface Refused {
  readonly refused: string
}

export async function readFile(
  { content, path, bytes, sha256, isOnlySaid }: Spooled,
  threads: StudyThreads,
  log: Log,
): Promise<ReadReply | LeftOut | NotAsSaid | Refused> {
  try {
    const request = {
      job: 'read',
      content: content?.bytes ?? null,
      path,
      ...(isOnlySaid && { sha256 }),
    } as const
    return await threads.run(request, bytes, content)
  } catch (error) {
    if (!(error instanceof JobFault)) throw error
    if (error.trace !== null)
      log.warn({ trace: error.trace }, 'a file made the reader fail in an unforeseen way')
    return { refused: error.message }
  }
}

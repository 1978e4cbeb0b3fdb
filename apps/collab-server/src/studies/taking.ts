/**
 * One file that came -> its answer: known already, read by a thread, or opened because it is an archive, whose files are taken in the same way.
 * A file costs at most itself: it is read with limits, and whatever is wrong with it becomes one sentence.
 */
import { hash } from 'node:crypto'
import { Refusal } from '@consilium/contract/refusals'
import type { FileAnswer, FileOutcome, FileStatus } from '@consilium/contract/studies'
import { FILE_LIMIT_BYTES } from '@consilium/contract/travel'
import type { Database } from '../db/open.ts'
import type { Log } from '../log.ts'
import { Turnstile } from '../turnstile.ts'
import { ArchiveFault, filesIn, insideOf, isArchive } from './archive.ts'
import { BodyCutOff } from './chunks.ts'
import type { Courtesy } from './courtesy.ts'
import type { Entering } from './entering.ts'
import { answerOf, type Errand, NOT_AS_SAID, tooLarge } from './errand.ts'
import { begun, headOf } from './following.ts'
import { knownFiles } from './knownFiles.ts'
import type { MarkOf } from './marks.ts'
import { readFile } from './reading.ts'
import type { Entered, Register } from './register.ts'
import { BodyTooLarge, onDisk, type Source, type Spooled, spooled } from './spool.ts'
import type { StudyThreads } from './threads.ts'

/** Of one archive. */
const ARCHIVED_AT_ONCE = 4
/** Of what is in an archive, the first that there is any of is what became of the archive. */
const WEIGHTIEST: readonly FileStatus[] = ['held', 'stored', 'already-here', 'left-out', 'refused']
/** What is said of one in which there is no more than that. */
const NOTHING_IN_IT: Partial<Record<FileStatus, string>> = {
  held: 'A person has to look at pictures in it first.',
  'left-out': 'There is no picture in it.',
  refused: 'None of the files in it can be read.',
}

interface Needs {
  readonly db: Database
  readonly log: Log
  /** For files while they are read. */
  readonly incoming: string
  readonly threads: StudyThreads
  readonly courtesy: Courtesy
  readonly register: Register
  readonly entering: Entering
  readonly markOf: MarkOf
  readonly limitBytes?: number
}

export class Taking {
  readonly #needs: Needs
  /** The same file twice at once is read once. */
  readonly #reading = new Map<string, Promise<unknown>>()
  readonly limitBytes: number

  constructor(needs: Needs) {
    this.#needs = needs
    this.limitBytes = needs.limitBytes ?? FILE_LIMIT_BYTES
  }

  async spool(
    errand: Errand,
    body: Source,
    said: { readonly announcedBytes: number | null; readonly announcedSha256?: string },
    arrived?: () => void,
  ): Promise<FileAnswer> {
    const { limitBytes } = this
    const { entering } = this.#needs
    const options = { folder: this.#needs.incoming, limitBytes, ...said }
    try {
      return await spooled(body, options, (file) => {
        arrived?.()
        return said.announcedSha256 === undefined || file.sha256 === said.announcedSha256
          ? this.take(errand, file)
          : entering.refuse(errand, NOT_AS_SAID)
      })
    } catch (error) {
      if (error instanceof BodyTooLarge) return entering.refuse(errand, tooLarge(limitBytes))
      if (!(error instanceof BodyCutOff)) throw error
      if (error.cause instanceof ArchiveFault) return entering.refuse(errand, error.cause.message)
      // Whoever sent it is gone, or sends it again: it did not come.
      return answerOf(errand, { status: 'refused', reason: 'Truncated: the file did not arrive whole.' })
    }
  }

  async take(errand: Errand, file: Spooled): Promise<FileAnswer> {
    const mark = this.#needs.markOf(file.sha256)
    const name = `${errand.import} ${mark}`
    for (let same = this.#reading.get(name); same; same = this.#reading.get(name))
      await same.catch(() => undefined) // told to whoever sent it
    const work = this.#takeOnce(errand, mark, file).finally(() => this.#reading.delete(name))
    this.#reading.set(name, work)
    return work
  }

  async #takeOnce(errand: Errand, mark: string, file: Spooled): Promise<FileAnswer> {
    const { entering, threads, courtesy, log, register } = this.#needs
    const known = await this.#knownAlready(errand, mark)
    if (known) return entering.note(errand, mark, known)
    if (isArchive(await headOf(file))) {
      if (file.isOnlySaid && hash('sha256', file.content?.bytes ?? '') !== file.sha256)
        return entering.refuse(errand, NOT_AS_SAID)
      return this.#takeArchive(errand, mark, file)
    }
    for (let again = false; ; again = true) {
      const since = register.removals
      // Whoever read it once had it for itself: the second time it is held against its hash.
      const asked = again ? { ...file, isOnlySaid: true } : file
      const found = await courtesy.pass(() => readFile(asked, threads, log))
      if ('refused' in found) return entering.note(errand, mark, { status: 'refused', reason: found.refused })
      if ('rows' in found) {
        const entered = await entering.enter(errand, mark, found, { since })
        // A blob that it shares with an import that was cancelled meanwhile went with that: read it again.
        if (!entered) continue
        return entering.told(errand, entered)
      }
      if ('sha256' in found) return entering.refuse(errand, NOT_AS_SAID)
      const { directory, reason } = found
      if (directory) errand.underway.cameDirectory({ name: errand.name, files: directory })
      return entering.note(errand, mark, { status: 'left-out', reason })
    }
  }

  /** Pictures that came before are here now; what was refused or left out is so again. */
  async #knownAlready({ import: id, underway }: Errand, mark: string): Promise<Entered | null> {
    if (underway.awaits(mark)) return null
    const from = { import: id, project: underway.project }
    const known = (await knownFiles(this.#needs.db, from, [mark])).get(mark)
    if (!known) return null
    const { status, reason } = known
    return status === 'refused' || status === 'left-out'
      ? { status, reason }
      : { status: 'already-here', reason: null }
  }

  async #takeArchive(errand: Errand, mark: string, file: Spooled): Promise<FileAnswer> {
    const { entering, incoming } = this.#needs
    const answers: Promise<FileAnswer>[] = []
    const turnstile = new Turnstile(ARCHIVED_AT_ONCE)
    const fault = await onDisk(file, incoming, async (path) => {
      for await (const entry of filesIn(path)) {
        if (errand.underway.closed) throw new Refusal('import-closed')
        const place = errand.underway.place()
        const one = { ...errand, name: insideOf(errand.name, entry.name), within: mark, place }
        await begun(answers, turnstile, (arrived) =>
          'reason' in entry
            ? entering.refuse(one, entry.reason)
            : this.spool(one, entry.body, { announcedBytes: entry.bytes }, arrived),
        )
      }
      return null
    }).catch((error: unknown) => {
      if (error instanceof ArchiveFault) return error
      throw error
    })
    const inside = (await Promise.all(answers)).map(({ name, status, reason }): FileOutcome => {
      return { name, status, reason }
    })
    if (fault)
      return { ...(await entering.note(errand, mark, { status: 'refused', reason: fault.message })), inside }
    const status = WEIGHTIEST.find((one) => inside.some((outcome) => outcome.status === one))
    if (!status)
      return entering.note(errand, mark, { status: 'left-out', reason: 'Not an image: an empty archive.' })
    const reason = NOTHING_IN_IT[status] ?? null
    await entering.enter(errand, mark, { status, reason }, { counts: false })
    return { ...answerOf(errand, { status, reason }), inside }
  }
}

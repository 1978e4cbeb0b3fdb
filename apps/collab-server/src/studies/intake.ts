/**
 * The door for files: one by one, whole or in parts, many in one body, or in an archive. A file costs at most itself: it is read by a thread with
 * limits, and whatever is wrong with it becomes one sentence. What is known already is not read again.
 */

import { hash } from 'node:crypto'
import { NAME_LIMIT } from '@consilium/contract/batches'
import { Refusal } from '@consilium/contract/refusals'
import {
  FILE_LIMIT_BYTES,
  type FileAnswer,
  type FileOutcome,
  type FileStatus,
  type KnownFile,
  type PartAnswer,
} from '@consilium/contract/studies'
import type { Database } from '../db/open.ts'
import type { Log } from '../log.ts'
import { Turnstile } from '../turnstile.ts'
import { ArchiveFault, filesIn, insideOf, isArchive } from './archive.ts'
import { BatchBody } from './batch.ts'
import { begun, headOf } from './following.ts'
import type { Imports } from './imports.ts'
import { knownFiles } from './knownFiles.ts'
import type { MarkOf } from './marks.ts'
import type { PartPlace, Parts } from './parts.ts'
import { readFile } from './reading.ts'
import type { Came, Entered, Entry, Register } from './register.ts'
import { type Body, BodyCutOff, BodyTooLarge, onDisk, type Source, type Spooled, spooled } from './spool.ts'
import type { BlobStore } from './storage.ts'
import type { StudyThreads } from './threads.ts'
import type { Underway } from './underway.ts'

/** Bodies on their way or waiting for a thread. */
const FILES_AT_ONCE = 12
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

export interface IncomingFile {
  /** As given by the sender; echoed, never stored. */
  readonly name: string
  /** Asked for when its turn has come. */
  readonly body: () => Body
  /** Content-Length, where it was said. */
  readonly announcedBytes: number | null
}

interface Needs {
  readonly db: Database
  readonly log: Log
  /** For files while they are read. */
  readonly incoming: string
  readonly threads: StudyThreads
  readonly imports: Imports
  readonly register: Register
  readonly blobs: BlobStore
  readonly parts: Parts
  readonly markOf: MarkOf
  readonly limitBytes?: number
}

/** One file of an import, on its way. */
interface Errand {
  readonly import: string
  readonly underway: Underway
  readonly name: string
  /** Mark of the archive that it came in. */
  readonly within: string | null
  /** The batch that it came in. */
  readonly batch?: Batch
  /** In the list of those that came. */
  readonly place?: number
}

/** Files that came in one body. */
interface Batch {
  /** Of those that nothing is written down of yet. */
  left: number
}

export class Intake {
  readonly #needs: Needs
  readonly #turnstile = new Turnstile(FILES_AT_ONCE)
  /** The same file twice at once is read once. */
  readonly #reading = new Map<string, Promise<unknown>>()

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** Takes one file. Never throws for what a file is; throws a Refusal where the import takes none, and errors of ours. */
  receive(id: string, file: IncomingFile): Promise<FileAnswer> {
    return this.#turnstile.pass(async () => {
      const underway = await this.#needs.imports.open(id)
      const errand = { import: id, underway, name: file.name, within: null }
      return this.#spool(errand, file.body(), { announcedBytes: file.announcedBytes })
    })
  }

  /** Takes many files that come in one body: while some are read the next ones arrive. In the order sent. */
  async receiveBatch(id: string, body: () => Body): Promise<FileAnswer[]> {
    const underway = await this.#needs.imports.open(id)
    const coming = new BatchBody(body())
    try {
      const files = await coming.files()
      const batch = { left: files.length }
      const answers: Promise<FileAnswer>[] = []
      for (const { name, bytes, sha256 } of files) {
        const place = underway.place()
        const errand = { import: id, underway, name: name.slice(0, NAME_LIMIT), within: null, batch, place }
        const said = { announcedBytes: bytes, announcedSha256: sha256 }
        await begun(answers, this.#turnstile, (arrived) =>
          this.#spool(errand, coming.next(bytes), said, arrived),
        )
      }
      await coming.end()
      return await Promise.all(answers)
    } finally {
      await coming.close()
    }
  }

  /** Takes a part of one file; with the last one the file is taken like any other. */
  async receivePart(name: string, place: PartPlace, body: () => Body): Promise<PartAnswer> {
    const { imports, parts } = this.#needs
    const underway = await imports.open(place.import)
    const errand = { import: place.import, underway, name, within: null }
    const limit = this.#limitBytes
    if (place.length > limit) return { received: 0, answer: await this.#refuse(errand, tooLarge(limit)) }
    const { received, whole } = await parts.append(place, body(), (file) =>
      this.#turnstile.pass(() =>
        file.sha256 === place.sha256 ? this.#take(errand, file) : this.#refuse(errand, NOT_AS_SAID),
      ),
    )
    return { received, answer: whole }
  }

  /** By SHA-256 of whole files. What the project has counts as if it had been sent. */
  async known(id: string, sha256s: readonly string[]): Promise<KnownFile[]> {
    const { db, imports, markOf, parts } = this.#needs
    const underway = await imports.open(id)
    const marks = sha256s.map(markOf)
    const known = await knownFiles(db, { import: id, project: underway.project }, [...new Set(marks)])
    await Promise.all(
      [...known].map(async ([mark, { entered, status, reason }]) => {
        if (entered) return
        underway.cameUnsent()
        await this.#enter({ import: id, underway, name: '', within: null }, mark, { status, reason })
      }),
    )
    underway.askedInVain(marks.filter((mark) => !known.has(mark)))
    return marks.map((mark, k) => ({
      status: known.get(mark)?.status ?? null,
      reason: known.get(mark)?.reason ?? null,
      received: parts.received(id, sha256s[k]!),
    }))
  }

  get #limitBytes(): number {
    return this.#needs.limitBytes ?? FILE_LIMIT_BYTES
  }

  async #spool(
    errand: Errand,
    body: Source,
    said: { readonly announcedBytes: number | null; readonly announcedSha256?: string },
    arrived?: () => void,
  ): Promise<FileAnswer> {
    const limitBytes = this.#limitBytes
    const options = { folder: this.#needs.incoming, limitBytes, ...said }
    try {
      return await spooled(body, options, (file) => {
        arrived?.()
        return said.announcedSha256 === undefined || file.sha256 === said.announcedSha256
          ? this.#take(errand, file)
          : this.#refuse(errand, NOT_AS_SAID)
      })
    } catch (error) {
      if (error instanceof BodyTooLarge) return this.#refuse(errand, tooLarge(limitBytes))
      if (!(error instanceof BodyCutOff)) throw error
      if (error.cause instanceof ArchiveFault) return this.#refuse(errand, error.cause.message)
      // Whoever sent it is gone, or sends it again: it did not come.
      return answerOf(errand, { status: 'refused', reason: 'Truncated: the file did not arrive whole.' })
    }
  }

  async #take(errand: Errand, file: Spooled): Promise<FileAnswer> {
    const mark = this.#needs.markOf(file.sha256)
    const name = `${errand.import} ${mark}`
    for (let same = this.#reading.get(name); same; same = this.#reading.get(name))
      await same.catch(() => undefined) // told to whoever sent it
    const work = this.#takeOnce(errand, mark, file).finally(() => this.#reading.delete(name))
    this.#reading.set(name, work)
    return work
  }

  async #takeOnce(errand: Errand, mark: string, file: Spooled): Promise<FileAnswer> {
    const known = await this.#knownAlready(errand, mark)
    if (known) return this.#note(errand, mark, known)
    if (isArchive(await headOf(file))) {
      if (file.isOnlySaid && hash('sha256', file.content ?? '') !== file.sha256)
        return this.#refuse(errand, NOT_AS_SAID)
      return this.#takeArchive(errand, mark, file)
    }
    const { threads, log, register } = this.#needs
    for (;;) {
      const since = register.removals
      const found = await readFile(file, threads, log)
      if ('refused' in found) return this.#note(errand, mark, { status: 'refused', reason: found.refused })
      if ('slices' in found) {
        const entered = await this.#enter(errand, mark, found, { since })
        // A blob that it shares with an import that was cancelled meanwhile went with that: read it again.
        if (!entered) continue
        return this.#told(errand, entered)
      }
      if ('sha256' in found) return this.#refuse(errand, NOT_AS_SAID)
      const { directory, reason } = found
      if (directory) errand.underway.cameDirectory({ name: errand.name, files: directory })
      return this.#note(errand, mark, { status: 'left-out', reason })
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
    const answers: Promise<FileAnswer>[] = []
    const turnstile = new Turnstile(ARCHIVED_AT_ONCE)
    const fault = await onDisk(file, this.#needs.incoming, async (path) => {
      for await (const entry of filesIn(path)) {
        if (errand.underway.closed) throw new Refusal('import-closed')
        const place = errand.underway.place()
        const one = { ...errand, name: insideOf(errand.name, entry.name), within: mark, place }
        await begun(answers, turnstile, (arrived) =>
          'reason' in entry
            ? this.#refuse(one, entry.reason)
            : this.#spool(one, entry.body, { announcedBytes: entry.bytes }, arrived),
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
      return { ...(await this.#note(errand, mark, { status: 'refused', reason: fault.message })), inside }
    const status = WEIGHTIEST.find((one) => inside.some((outcome) => outcome.status === one))
    if (!status)
      return this.#note(errand, mark, { status: 'left-out', reason: 'Not an image: an empty archive.' })
    const reason = NOTHING_IN_IT[status] ?? null
    await this.#enter(errand, mark, { status, reason }, { counts: false })
    return { ...answerOf(errand, { status, reason }), inside }
  }

  async #refuse(errand: Errand, reason: string): Promise<FileAnswer> {
    return this.#note(errand, null, { status: 'refused', reason })
  }

  async #note(errand: Errand, mark: string | null, outcome: Entered): Promise<FileAnswer> {
    await this.#enter(errand, mark, outcome)
    return this.#told(errand, outcome)
  }

  #told(errand: Errand, outcome: Entered): FileAnswer {
    const answer = answerOf(errand, outcome)
    const { inside: _, ...told } = answer
    errand.underway.came(told, errand.place)
    return answer
  }

  async #enter(
    { import: id, underway, within, batch }: Errand,
    mark: string | null,
    what: Came,
    how: Partial<Pick<Entry, 'since' | 'counts'>> = {},
  ): Promise<Entered | null> {
    const { register, blobs } = this.#needs
    if (underway.closed) {
      // It was cancelled while this was read; nobody else may need what the thread has kept of it.
      if ('slices' in what) await register.remove(what.slices.map((slice) => slice.sha256))
      throw new Refusal('import-closed')
    }
    const { project } = underway
    const { since = register.removals, counts = true } = how
    if (batch && within === null) batch.left -= 1
    const followed = batch !== undefined && batch.left > 0
    const entered = await register.enter({ import: id, project, mark, within, what, counts, since }, followed)
    if (entered && 'slices' in what) {
      const written = what.slices.map((slice) => slice.sha256)
      underway.flushing.came(written, (names) => blobs.flush('frames', names))
    }
    return entered
  }
}

const NOT_AS_SAID = 'Damaged: what arrived is not what was announced.'

const tooLarge = (limitBytes: number): string => `Too large: a file may have at most ${sizeOf(limitBytes)}.`

const answerOf = ({ name }: Errand, { status, reason }: Entered): FileAnswer => ({
  name,
  status,
  reason,
  inside: [],
})

const sizeOf = (bytes: number): string =>
  bytes >= 2 ** 30 ? `${bytes / 2 ** 30} GiB` : `${Math.floor(bytes / 2 ** 20)} MiB`

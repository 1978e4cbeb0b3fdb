/**
 * The door for files: one by one, whole or in parts, or many in one body. What becomes of each is found out in taking.ts; what is known already
 * need not be sent.
 */
import type { FileAnswer, KnownFile, PartAnswer } from '@consilium/contract/studies'
import { NAME_LIMIT } from '@consilium/contract/travel'
import type { Database } from '../db/open.ts'
import { Turnstile } from '../turnstile.ts'
import { BatchBody } from './batch.ts'
import type { Body } from './chunks.ts'
import type { Entering } from './entering.ts'
import { NOT_AS_SAID, tooLarge } from './errand.ts'
import { begun } from './following.ts'
import type { Imports } from './imports.ts'
import { knownFiles } from './knownFiles.ts'
import type { MarkOf } from './marks.ts'
import type { PartPlace, Parts } from './parts.ts'
import type { Taking } from './taking.ts'

/** Bodies on their way or waiting for a thread. */
const FILES_AT_ONCE = 16

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
  readonly imports: Imports
  readonly taking: Taking
  readonly entering: Entering
  readonly parts: Parts
  readonly markOf: MarkOf
}

export class Intake {
  readonly #needs: Needs
  readonly #turnstile = new Turnstile(FILES_AT_ONCE)

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /** Takes one file. Never throws for what a file is; throws a Refusal where the import takes none, and errors of ours. */
  receive(id: string, file: IncomingFile): Promise<FileAnswer> {
    return this.#turnstile.pass(async () => {
      const underway = await this.#needs.imports.open(id)
      const errand = { import: id, underway, name: file.name, within: null }
      return this.#needs.taking.spool(errand, file.body(), { announcedBytes: file.announcedBytes })
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
          this.#needs.taking.spool(errand, coming.next(bytes), said, arrived),
        )
      }
      await coming.end()
      return await Promise.all(answers)
    } finally {
      coming.close()
    }
  }

  /** Takes a part of one file; with the last one the file is taken like any other. */
  async receivePart(name: string, place: PartPlace, body: () => Body): Promise<PartAnswer> {
    const { imports, parts, taking, entering } = this.#needs
    const underway = await imports.open(place.import)
    const errand = { import: place.import, underway, name, within: null }
    const { limitBytes } = taking
    if (place.length > limitBytes)
      return { received: 0, answer: await entering.refuse(errand, tooLarge(limitBytes)) }
    const { received, whole } = await parts.append(place, body(), (file) =>
      this.#turnstile.pass(() =>
        file.sha256 === place.sha256 ? taking.take(errand, file) : entering.refuse(errand, NOT_AS_SAID),
      ),
    )
    return { received, answer: whole }
  }

  /** By SHA-256 of whole files. What the project has counts as if it had been sent. */
  async known(id: string, sha256s: readonly string[]): Promise<KnownFile[]> {
    const { db, imports, markOf, parts, entering } = this.#needs
    const underway = await imports.open(id)
    const marks = sha256s.map(markOf)
    const known = await knownFiles(db, { import: id, project: underway.project }, [...new Set(marks)])
    await Promise.all(
      [...known].map(async ([mark, { entered, status, reason }]) => {
        if (entered) return
        underway.cameUnsent()
        await entering.enter({ import: id, underway, name: '', within: null }, mark, { status, reason })
      }),
    )
    underway.askedInVain(marks.filter((mark) => !known.has(mark)))
    return marks.map((mark, k) => ({
      status: known.get(mark)?.status ?? null,
      reason: known.get(mark)?.reason ?? null,
      received: parts.received(id, sha256s[k]!),
    }))
  }
}

/** What became of a file, written down (register.ts), remembered by its name while the server runs (underway.ts), and told. */
import { Refusal } from '@consilium/contract/refusals'
import type { FileAnswer } from '@consilium/contract/studies'
import { answerOf, type Errand } from './errand.ts'
import type { Came, Entered, Entry, Register } from './register.ts'
import type { BlobStore } from './storage.ts'

interface Needs {
  readonly register: Register
  readonly blobs: BlobStore
}

export class Entering {
  readonly #needs: Needs

  constructor(needs: Needs) {
    this.#needs = needs
  }

  async refuse(errand: Errand, reason: string): Promise<FileAnswer> {
    return this.note(errand, null, { status: 'refused', reason })
  }

  async note(errand: Errand, mark: string | null, outcome: Entered): Promise<FileAnswer> {
    await this.enter(errand, mark, outcome)
    return this.told(errand, outcome)
  }

  told(errand: Errand, outcome: Entered): FileAnswer {
    const answer = answerOf(errand, outcome)
    const { inside: _, ...told } = answer
    errand.underway.came(told, errand.place)
    return answer
  }

  async enter(
    { import: id, underway, within, batch }: Errand,
    mark: string | null,
    what: Came,
    how: Partial<Pick<Entry, 'since' | 'counts'>> = {},
  ): Promise<Entered | null> {
    const { register, blobs } = this.#needs
    if (underway.closed) {
      // It was cancelled while this was read; nobody else may need what the thread has kept of it.
      if ('rows' in what) await register.remove(what.sha256s)
      throw new Refusal('import-closed')
    }
    const { project } = underway
    const { since = register.removals, counts = true } = how
    if (batch && within === null) batch.left -= 1
    const followed = batch !== undefined && batch.left > 0
    if ('rows' in what) underway.flushing.came(what.sha256s, (names) => blobs.flush('frames', names))
    return register.enter({ import: id, project, mark, within, what, counts, since }, followed)
  }
}

/** Decides when an open document is worth a snapshot (journal/snapshots.ts says by what), and has it made from the journal, never from memory. */
import { isUnavailable } from '../db/errors.ts'
import type { Journal } from '../journal/journal.ts'
import type { Extent } from '../journal/replay.ts'
import { isDue, UNLOAD_TAIL_ROWS } from '../journal/snapshots.ts'
import type { Log } from '../log.ts'
import { Stopping } from '../revisions/lane.ts'

export class SnapshotKeeper {
  readonly #doc: number
  readonly #journal: Pick<Journal, 'moment' | 'keepSnapshot'>
  readonly #log: Log
  #stateBytes = 0
  #tailRows = 0
  #tailBytes = 0
  #making = false

  constructor(doc: number, journal: Pick<Journal, 'moment' | 'keepSnapshot'>, log: Log) {
    this.#doc = doc
    this.#journal = journal
    this.#log = log
  }

  opened({ state, tailRows, tailBytes }: Extent): void {
    this.#stateBytes = state.bytes
    this.#tailRows = tailRows
    this.#tailBytes = tailBytes
  }

  /** Rows up to `seq` are applied; the last has so many bytes. */
  grown(seq: number, bytes: number): void {
    this.#tailRows++
    this.#tailBytes += bytes
    if (isDue(this.#tailBytes, this.#stateBytes)) this.#make(seq)
  }

  /** When the document is put away with a long tail, the next one to open it should not pay for it. */
  put(seq: number): void {
    if (this.#tailRows > UNLOAD_TAIL_ROWS) this.#make(seq)
  }

  #make(seq: number): void {
    if (this.#making) return
    this.#making = true
    // Where it fails, the next is due after as much again.
    this.#tailRows = 0
    this.#tailBytes = 0
    this.#keep(seq)
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#making = false
      })
  }

  #failed(error: unknown): void {
    // Whoever opens the document after the next start reads a longer tail.
    if (error instanceof Stopping) return
    const level = isUnavailable(error) ? 'warn' : 'error'
    this.#log[level]({ err: error, doc: this.#doc }, 'a snapshot could not be made; the journal is whole')
  }

  async #keep(seq: number): Promise<void> {
    const snapshot = await this.#journal.moment(this.#doc, seq, 'snapshot')
    await this.#journal.keepSnapshot(this.#doc, seq, snapshot)
    this.#stateBytes = snapshot.size.bytes
  }
}

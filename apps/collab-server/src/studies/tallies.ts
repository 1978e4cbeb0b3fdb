/**
 * How many annotations and open disputes a case's shared document holds. The journal's columns do not say (a dispute is closed by what a
 * decision *says*), so the document is read, off the event loop and once per state: counts stay true until something in it changes.
 */
import type { Journal } from '../journal/journal.ts'
import type { Log } from '../log.ts'
import type { Tally } from '../revisions/work.ts'

const NOTHING: Tally = { annotations: 0, openDisputes: 0 }
const REMEMBERED = 10_000

export class Tallies {
  readonly #journal: Pick<Journal, 'moment'>
  readonly #log: Log
  readonly #known = new Map<number, { changed: number; tally: Promise<Tally> }>()

  constructor(journal: Pick<Journal, 'moment'>, log: Log) {
    this.#journal = journal
    this.#log = log
  }

  /** A document that cannot be read (its journal was altered) counts as empty: the others must not go missing with it. `doc` as the journal's `document` row has it, `changed` its newest revision that changes what it holds, 0 where there is none. */
  at(doc: number, changed: number): Promise<Tally> {
    if (changed === 0) return Promise.resolve(NOTHING)
    const known = this.#known.get(doc)
    if (known?.changed === changed) return known.tally
    const tally = this.#read(doc, changed).catch((error: unknown) => {
      this.#known.delete(doc)
      this.#log.error({ err: error, doc }, 'what is in a document could not be counted')
      return NOTHING
    })
    this.#known.set(doc, { changed, tally })
    const oldest = this.#known.keys().next().value
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest)
    return tally
  }

  async #read(doc: number, changed: number): Promise<Tally> {
    return JSON.parse(
      Buffer.from(await this.#journal.moment(doc, changed, 'tally')).toString('utf8'),
    ) as Tally
  }
}

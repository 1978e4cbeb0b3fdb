/**
 * Moves acts of painting out of the lanes of an open document when they have become many (crdt-schema's painting/archive): then a page that
 * joins fetches them as one file that never changes, instead of getting them with the document each time. The worker makes the change from
 * the journal as of some revision; it goes through the gate like any other, and stands in the record under Consilium's own name. What was
 * painted meanwhile stays where it is.
 */
import type { CommittedRow } from '../journal/book.ts'
import type { Journal } from '../journal/journal.ts'
import type { Holder } from '../journal/leases.ts'
import { fieldBit } from '../journal/touch.ts'
import type { Log } from '../log.ts'
import { Stopping } from '../revisions/lane.ts'
import { admit, type Gated, type Writer } from './admit.ts'
import { unusedClient } from './bindings.ts'
import type { PaintLog } from './paintLog.ts'

/** In lanes: some 25,000 strokes, which a page reads in a fifth of a second. */
const MOST_BYTES = 2 * 1024 * 1024
/** One update may delete some more (MAX_NEW_DELETES). */
const MOST_ELEMENTS = 30_000
const VOXELS = fieldBit('annotations', 'voxels')

/** The server, where it writes for nobody in particular. */
const SERVER: Holder = {
  person: 0,
  id: '',
  name: 'Consilium',
  initials: 'C',
  credential: '',
  role: null,
  session: '',
}

type Painted = Gated & { readonly painting: NonNullable<Gated['painting']> }

export class Archivist {
  readonly #gated: Painted
  readonly #journal: Pick<Journal, 'append' | 'bind' | 'sound' | 'travel'>
  readonly #log: Log
  readonly #most: number
  /** What had been laid when lanes were emptied last. */
  #archived: PaintLog['laid'] = { elements: 0, bytes: 0 }
  #working: Promise<void> | null = null

  constructor(
    gated: Painted,
    journal: Pick<Journal, 'append' | 'bind' | 'sound' | 'travel'>,
    log: Log,
    most: number = MOST_BYTES,
  ) {
    this.#gated = gated
    this.#journal = journal
    this.#log = log
    this.#most = most
  }

  /** A row was applied. */
  row({ seq, touched }: CommittedRow): void {
    if (this.#working || !touched.some(({ fields, root }) => root === 'annotations' && fields & VOXELS))
      return
    const { log } = this.#gated.painting
    log.catchUp()
    const { laid } = log
    const elements = laid.elements - this.#archived.elements
    if (laid.bytes - this.#archived.bytes <= this.#most && elements <= MOST_ELEMENTS) return
    this.#working = this.#archive(seq, laid)
      .catch((error: unknown) => {
        // Nothing is lost by it: the acts stay in their lanes, and it is tried again when more were painted.
        if (!(error instanceof Stopping)) this.#log.warn({ err: error }, 'painting was not archived')
      })
      .finally(() => {
        this.#working = null
      })
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await this.#working
  }

  async #archive(revision: number, laid: PaintLog['laid']): Promise<void> {
    const { book } = this.#gated
    // Also where it fails: not with every stroke anew.
    this.#archived = laid
    const client = unusedClient(this.#gated)
    const update = await this.#journal.sound({ doc: book.doc, upTo: revision }, (stored) =>
      this.#journal.travel.ask({ asked: 'archive', stored, client }),
    )
    if (update.byteLength === 0) return
    const writer: Writer = {
      person: SERVER.person,
      client: null,
      role: () => null,
      valid: () => book.valid,
      bind: async (own) => void (await this.#journal.bind(book, SERVER, own)),
      isArchivist: true,
    }
    await admit(this.#journal.append, this.#gated, writer, [{ bytes: update, said: 0 }])
  }
}

/** Tells everybody who has a document open which rows its journal got, a few times a second at most, in the same bytes for all. */
import type { ServerMessage } from '@consilium/contract/live'
import type { Document } from '@hocuspocus/server'
import type { Book, CommittedRow } from '../journal/book.ts'
import type { Holder } from '../journal/leases.ts'
import type { Log } from '../log.ts'
import { revisionOf } from '../revisions/revision.ts'
import { gaveOf, momentOf } from '../revisions/writer.ts'
import { MAX_NEWS_ROWS, NEWS_EVERY_MS } from './limits.ts'

export class News {
  readonly #document: Document
  readonly #book: Book
  readonly #log: Log
  #rows: CommittedRow[] = []

  constructor(document: Document, book: Book, log: Log) {
    this.#document = document
    this.#book = book
    this.#log = log
  }

  add(row: CommittedRow): void {
    // One message is on its way where there are rows already.
    if (this.#rows.push(row) === 1) setTimeout(this.#tell, NEWS_EVERY_MS).unref()
    // The newest stand for themselves: whoever sees a gap in the numbers asks for the list.
    if (this.#rows.length > 2 * MAX_NEWS_ROWS) this.#rows = this.#rows.slice(-MAX_NEWS_ROWS)
  }

  readonly #tell = (): void => {
    const rows = this.#rows.slice(-MAX_NEWS_ROWS)
    this.#rows = []
    if (this.#document.getConnectionsCount() === 0) return
    try {
      const message: ServerMessage = { t: 'journal', rows: rows.map((row) => this.#shown(row)) }
      this.#document.relayStateless(JSON.stringify(message))
    } catch (error) {
      this.#log.error({ err: error, doc: this.#book.doc }, 'rows could not be told')
    }
  }

  #shown(row: CommittedRow): Extract<ServerMessage, { t: 'journal' }>['rows'][number] {
    // Rows under no lease are written by the server itself, at somebody's word or by its own.
    const by = row.origin as Holder | undefined
    const who = this.#book.leases.byId.get(row.lease) ?? {
      person: by?.person ?? 0,
      identity: by ?? null,
      session: by?.session ?? '',
    }
    const { client, clock, len } = row
    const revision = revisionOf({
      ...row,
      person: who.person,
      identity: who.identity,
      session: who.session,
      byteLength: row.bytes.byteLength,
      moment: momentOf({ act: row.act, words: row.bytes }),
      gave: gaveOf(this.#book, { act: row.act, words: row.bytes }),
    })
    return { revision, client, clock, len }
  }
}

/**
 * A server as painting sees it: the document, the real gate, a journal of rows, and archives. No sockets, no database: rows are applied
 * when they are written, as the live document does.
 */
import { createHash } from 'node:crypto'
import { moveToArchive } from '@consilium/crdt-schema/acts'
import { ALL_ROOTS } from '@consilium/crdt-schema/documents'
import { archiveOf } from '@consilium/crdt-schema/painting/archive'
import type { Role } from '@consilium/crdt-schema/roles'
import type { Grid } from '@consilium/geometry/raster/grid'
import * as Y from 'yjs'
import type { Book, Lease } from '../../apps/collab-server/src/journal/book.ts'
import { examine, type Gated, type Writer } from '../../apps/collab-server/src/room/admit.ts'
import { decode } from '../../apps/collab-server/src/room/decode.ts'
import { Grids } from '../../apps/collab-server/src/room/grids.ts'
import { PaintLog } from '../../apps/collab-server/src/room/paintLog.ts'
import { archivedActs } from './replay.ts'

export const SERIES = 'series0000000001'
const SERVER = 0
/** To make up a name takes longer than a row. */
export const NAMELESS = 'masks'

export interface Somebody {
  readonly person: number
  readonly role: Role
}

export class House {
  readonly doc = new Y.Doc({ guid: NAMELESS })
  readonly rows: Uint8Array[] = []
  /** By name. */
  readonly files = new Map<string, Uint8Array>()
  readonly #leases = { byClient: new Map<number, Lease>(), byId: new Map<number, Lease>() }
  readonly #grids: Grids
  #log: PaintLog

  constructor(grid: Grid) {
    for (const root of ALL_ROOTS) this.doc.getMap(root)
    this.#grids = new Grids(() => Promise.resolve(null), [[SERIES, grid]])
    this.#log = new PaintLog(this.doc)
  }

  lease(person: number): number {
    const id = this.#leases.byId.size + 1
    // Not in the order of leasing, so that of equal numbers now the earlier page lies on top, now the later.
    const client = 1 + ((id * 2_654_435_761) % 4_294_967_291)
    const lease: Lease = { id, client, person, role: null, session: 's', seq: 1, identity: null }
    this.#leases.byClient.set(client, lease)
    this.#leases.byId.set(id, lease)
    return client
  }

  /** Writes a row, or throws a Refusal. False where it holds nothing new. */
  offer(update: Uint8Array, client: number, { person, role }: Somebody, isArchivist = false): boolean {
    const gated: Gated = {
      ydoc: this.doc,
      book: { doc: 1, name: 'panel:masks', leases: this.#leases } as unknown as Book,
      phase: () => 'panel',
      labels: () => new Set(),
      inFlight: new Map(),
      painting: { log: this.#log, grids: this.#grids },
    }
    const writer: Writer = {
      person,
      client,
      role: () => role,
      valid: () => true,
      bind: () => Promise.reject(new Error('everybody has a lease')),
      isArchivist,
    }
    const known = (of: number) => Y.getState(this.doc.store, of)
    const draft = examine(gated, writer, decode([{ bytes: update, said: 0 }], known))
    if (draft === null) return false
    this.rows.push(draft.bytes)
    Y.applyUpdate(this.doc, draft.bytes)
    if (this.doc.store.pendingStructs || this.doc.store.pendingDs) throw new Error('the gate let in a hole')
    return true
  }

  /** Moves everything that lies in lanes into a file. */
  archive(): boolean {
    const archive = archiveOf(this.doc, this.rows.length)
    if (archive === null) return false
    const name = createHash('sha256').update(archive.bytes).digest('hex')
    this.files.set(name, archive.bytes)
    const client = this.lease(SERVER)
    const hand = copyOf(this.doc, client)
    const before = Y.encodeStateVector(hand)
    moveToArchive(hand, name, archive.note)
    this.offer(Y.encodeStateAsUpdate(hand, before), client, { person: SERVER, role: 'adjudicator' }, true)
    return true
  }

  /** What was in memory is gone: what the gate knows is read again. */
  restart(): void {
    this.#log = new PaintLog(this.doc)
    this.#log.archived(archivedActs(this.doc, this.files))
  }
}

/** All that a page gets that has nothing, or keeps when it is loaded again. */
export function copyOf(doc: Y.Doc, client: number): Y.Doc {
  const copy = new Y.Doc({ guid: NAMELESS })
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  // Afterwards: Yjs gives itself another one where it meets its own in what it is told.
  copy.clientID = client
  return copy
}

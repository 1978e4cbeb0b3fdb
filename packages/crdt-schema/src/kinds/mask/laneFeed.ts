/**
 * Reads the acts of a document's lanes, each once, as they come: along the clocks of each client, from where it stood. So it need not be
 * told what changed, and an array that was made and filled in one transaction is not missed.
 * Bytes that are no act are passed over: only the gate refuses.
 */
import * as Y from 'yjs'
import { MASK_ARCHIVES } from '../../documents.ts'
import type { MaskAct } from './act.ts'
import { archivedUntil, type Standing } from './archives.ts'
import { LaneReader } from './bytes/lane.ts'
import { MalformedAct } from './bytes/malformed.ts'
import { type Laid, laidSince } from './lanes.ts'

export interface FoundAct {
  readonly act: MaskAct
  /** Of its item in the lane's clientID: it says in which revision the act was written. */
  readonly clock: number
}

/** The newest lane of a client: its number, the clock of the last item that was read, and how far its elements are read. */
interface OpenLane {
  readonly number: number
  clock: number
  readonly reader: LaneReader
}

export class LaneFeed {
  readonly #doc: Y.Doc
  /** Clocks below this one are read, by client. */
  readonly #read = new Map<number, number>()
  readonly #open = new Map<number, OpenLane>()

  #elements = 0
  #bytes = 0
  /** Archives that are known. */
  #archives = 0

  /** Reads nothing yet: the document may still be empty. */
  constructor(doc: Y.Doc) {
    this.#doc = doc
  }

  /** Of all elements that were read. */
  get read(): { readonly elements: number; readonly bytes: number } {
    return { elements: this.#elements, bytes: this.#bytes }
  }

  /** The newest lane of a client, as far as it was read; null where it has none. */
  standing(client: number): Standing | null {
    const open = this.#open.get(client)
    return open ? { number: open.number, clock: open.clock, state: open.reader.state } : null
  }

  /** What came since the last time. May be left off and gone on with later. */
  *news(): Generator<FoundAct> {
    this.#passArchived()
    for (const client of this.#doc.store.clients.keys()) {
      const from = this.#read.get(client) ?? 0
      const end = Y.getState(this.#doc.store, client)
      if (from === end) continue
      for (const laid of laidSince(this.#doc, client, from)) {
        this.#read.set(client, laid.clock + 1)
        const act = this.#take(laid)
        if (act) yield { act, clock: laid.clock }
      }
      this.#read.set(client, end)
    }
  }

  #take({ lane: { client, number }, clock, bytes }: Laid): MaskAct | null {
    this.#elements += 1
    this.#bytes += bytes.length
    let open = this.#open.get(client)
    if (open?.number !== number) {
      open = { number, clock, reader: new LaneReader(client) }
      this.#open.set(client, open)
    }
    open.clock = clock
    return readOr(open.reader, bytes)
  }

  /** What was archived before it came here is read elsewhere; what was laid behind it is read as if it had been. */
  #passArchived(): void {
    // `size` of a shared map goes through all that is in it, and this is asked at every change of the document.
    const { size } = this.#doc.getMap(MASK_ARCHIVES)._map
    if (size === this.#archives) return
    this.#archives = size
    for (const [client, standing] of archivedUntil(this.#doc)) {
      if (standing.clock < (this.#read.get(client) ?? 0)) continue
      const { number, clock, state } = standing
      this.#open.set(client, { number, clock, reader: new LaneReader(state) })
      this.#read.set(client, standing.clock + 1)
    }
  }
}

function readOr(reader: LaneReader, bytes: Uint8Array): MaskAct | null {
  try {
    return reader.read(bytes)
  } catch (error) {
    if (error instanceof MalformedAct) return null
    throw error
  }
}

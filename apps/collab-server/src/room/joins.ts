/**
 * Answers a page that tells what it has (SyncStep1) with what it lacks.
 *
 * A page that has nothing gets the whole document as frames that were made once, the very same buffers for everybody: made in the worker
 * from the journal, for any but small documents. Between the last of them and now the document has changed; that rest is made here, like
 * what a returning page lacks (missing.ts), and the same rest serves everybody who asks before the next change. Where the rest grows, it
 * becomes a frame of its own; where frames hold much that has been overwritten since, or nothing was kept, the worker makes them anew.
 * Nothing is kept once nobody has joined for a while: a document that is only open costs no more than its items.
 *
 * The last frame, and only that one, is a SyncStep2: a page takes itself for synchronised when it has one, and then it must be. The
 * connection gets what others change from before it asked, so nothing is missed in between; what comes twice does no harm.
 */
import { Refusal } from '@consilium/contract/refusals'
import { MessageType } from '@hocuspocus/server'
import * as encoding from 'lib0/encoding'
import { messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'
import type { Whole } from '../revisions/work.ts'
import type { Courier, MakeFrame, Sink } from './courier.ts'
import { Deletions } from './deletions.ts'
import { MAX_STATE_VECTOR_BYTES } from './limits.ts'
import { countMissing, type StateVector, writeMissing } from './missing.ts'

/** Structs that are written on the event loop for one page: one or two ms. */
const STRUCTS_ON_LOOP = 4_000
/** A rest of more becomes a frame of its own. */
const STRUCTS_IN_REST = 1_000
/** Frames made since the worker's that make new ones worth while; or half of the worker's. */
const LEAST_STALE_BYTES = 256 * 1024
/** Without anybody joining, until what is kept is dropped. */
const KEEP_MS = 30_000

/** What every page that has nothing gets first. */
interface Kept {
  readonly frames: readonly Uint8Array[]
  /** What the frames hold. */
  readonly holds: StateVector
  /** Bytes of the worker's frames, and of those added since. */
  readonly bytes: number
  readonly added: number
}

const NOTHING: Kept = { frames: [], holds: new Map(), bytes: 0, added: 0 }

export interface JoinsOptions {
  readonly name: string
  readonly ydoc: Y.Doc
  readonly courier: Courier
  /** The document as it is now or was when this was called, made off the event loop. */
  readonly make: () => Promise<Whole>
  /** How long after the last page joined what was kept for them stays. */
  readonly keepMs?: number
}

export class Joins {
  readonly #name: string
  readonly #ydoc: Y.Doc
  readonly #courier: Courier
  readonly #make: () => Promise<Whole>
  readonly #keepMs: number
  #kept = NOTHING
  /** There while pages join, from the first to a while after the last. */
  #season: Season | null = null
  #making: Promise<void> | null = null
  #answering = 0
  #forgotten = 0

  constructor({ name, ydoc, courier, make, keepMs = KEEP_MS }: JoinsOptions) {
    this.#name = name
    this.#ydoc = ydoc
    this.#courier = courier
    this.#make = make
    this.#keepMs = keepMs
  }

  /** Bytes kept for the next to join. */
  get bytesKept(): number {
    return this.#kept.bytes + this.#kept.added + (this.#season?.bytes ?? 0)
  }

  /** The document was just made from this; whoever opened it will ask at once. */
  prime(whole: Whole): void {
    this.#keep(whole)
    this.#inSeason()
  }

  /** Resolves when the page was sent all it lacks, or has gone. Throws a Refusal where the state vector is none. */
  async answer(stateVector: Uint8Array, sink: Sink): Promise<void> {
    const has = read(stateVector)
    this.#answering++
    try {
      const isWarm = has.size > 0 && countMissing(this.#ydoc, has) <= STRUCTS_ON_LOOP
      if (!isWarm) await this.#ready()
      await this.#inSeason().deletions.prepare()
      const rest = () => this.#rest(has, Buffer.from(stateVector).toString('latin1'))
      await this.#courier.deliver(sink, isWarm ? [rest] : this.#whole())
    } finally {
      this.#answering--
      this.#inSeason()
    }
  }

  /** What was kept, and what is being made, holds words that were taken out since. */
  forget(): void {
    this.#forgotten++
    this.close()
  }

  close(): void {
    this.#season?.end()
    this.#season = null
    this.#kept = NOTHING
  }

  #whole(): MakeFrame[] {
    if (countMissing(this.#ydoc, this.#kept.holds) > STRUCTS_IN_REST) this.#growFrames()
    const { frames, holds } = this.#kept
    // The last holds what will be changed while the others are on their way.
    return [...frames.map((frame) => () => frame), () => this.#rest(holds, holds)]
  }

  /** The same buffer for everybody with the same `id`, until something changes. */
  #rest(has: StateVector, id: unknown): Uint8Array {
    const season = this.#inSeason()
    if (season.rest?.id !== id) season.rest = null
    season.rest ??= {
      id,
      frame: this.#frame(messageYjsSyncStep2, writeMissing(this.#ydoc, has, season.deletions)),
    }
    return season.rest.frame
  }

  /** What has been changed since the frames were made becomes one more. */
  #growFrames(): void {
    const { frames, holds, bytes, added } = this.#kept
    const more = this.#frame(messageYjsUpdate, writeMissing(this.#ydoc, holds, null))
    this.#kept = {
      frames: [...frames, more],
      holds: stateOf(this.#ydoc),
      bytes,
      added: added + more.byteLength,
    }
  }

  /** Resolves when little lacks in the frames. */
  async #ready(): Promise<void> {
    for (let tries = 0; tries < 3; tries++) {
      if (countMissing(this.#ydoc, this.#kept.holds) <= STRUCTS_ON_LOOP) break
      await this.#renew()
    }
    const { bytes, added } = this.#kept
    // Nobody waits for these; whoever joins meanwhile gets the old ones. Where it fails, somebody will wait for it later and be told.
    if (added > Math.max(LEAST_STALE_BYTES, bytes / 2)) this.#renew().catch(() => undefined)
  }

  #renew(): Promise<void> {
    const forgotten = this.#forgotten
    this.#making ??= this.#make()
      .then((whole) => {
        if (forgotten === this.#forgotten) this.#keep(whole)
      })
      .finally(() => {
        this.#making = null
      })
    return this.#making
  }

  #keep({ updates, stateVector }: Whole): void {
    const frames = updates.map((update) => this.#frame(messageYjsUpdate, update))
    const bytes = frames.reduce((sum, frame) => sum + frame.byteLength, 0)
    this.#kept = { frames, holds: Y.decodeStateVector(stateVector), bytes, added: 0 }
  }

  #inSeason(): Season {
    this.#season ??= new Season(this.#ydoc, this.#keepMs, () => {
      if (this.#answering > 0) this.#season?.goOn()
      else this.close()
    })
    this.#season.goOn()
    return this.#season
  }

  /** lib0 would copy a large update three times. */
  #frame(kind: number, update: Uint8Array): Uint8Array {
    const head = encoding.createEncoder()
    encoding.writeVarString(head, this.#name)
    encoding.writeVarUint(head, MessageType.Sync)
    encoding.writeVarUint(head, kind)
    encoding.writeVarUint(head, update.byteLength)
    return Buffer.concat([encoding.toUint8Array(head), update])
  }
}

/** What follows the document while pages join, and is forgotten after. */
class Season {
  readonly deletions: Deletions
  /** The last frame for those who have what `id` stands for, until the next change. */
  rest: { readonly id: unknown; readonly frame: Uint8Array } | null = null
  readonly #ydoc: Y.Doc
  readonly #end: NodeJS.Timeout

  constructor(ydoc: Y.Doc, ms: number, over: () => void) {
    this.deletions = new Deletions(ydoc)
    this.#ydoc = ydoc
    this.#end = setTimeout(over, ms).unref()
    ydoc.on('update', this.#changed)
  }

  get bytes(): number {
    return this.deletions.bytes + (this.rest?.frame.byteLength ?? 0)
  }

  goOn(): void {
    this.#end.refresh()
  }

  end(): void {
    clearTimeout(this.#end)
    this.deletions.close()
    this.#ydoc.off('update', this.#changed)
  }

  readonly #changed = (): void => {
    this.rest = null
  }
}

function read(stateVector: Uint8Array): StateVector {
  if (stateVector.byteLength > MAX_STATE_VECTOR_BYTES) throw new Refusal('too-large')
  try {
    return Y.decodeStateVector(stateVector)
  } catch {
    throw new Refusal('malformed')
  }
}

const stateOf = ({ store }: Y.Doc): StateVector =>
  new Map([...store.clients.keys()].map((client) => [client, Y.getState(store, client)]))

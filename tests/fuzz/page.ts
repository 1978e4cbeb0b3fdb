/** An honest person on a page: acts on what they see, which is seldom everything, and sends what they did. */
import { OwnHistory } from '@consilium/crdt-schema/acts'
import type { Phase } from '@consilium/crdt-schema/policy'
import * as Y from 'yjs'
import type { Random } from '../faults/fault.ts'
import { actOnce, type Hand } from '../simulation/hand.ts'
import { onceIn, seeded } from '../simulation/seeded.ts'
import { leasedTo, type Somebody } from './people.ts'

/** Some acts come to nothing: there is nothing to undo, the shape is none. */
const TRIES = 8

export class Page implements Hand {
  readonly by: Somebody
  readonly client: number
  readonly phase: Phase
  doc = new Y.Doc()
  history = new OwnHistory(this.doc)
  /** Changes that were not sent yet. */
  #made: Uint8Array[] = []
  #sent: readonly Uint8Array[] = []
  /** Rows that it has. */
  #seen = 0

  constructor(by: Somebody, client: number, phase: Phase) {
    this.by = by
    this.client = client
    this.phase = phase
    this.begin([])
  }

  get role() {
    return this.by.role
  }

  readonly owns = (client: number): boolean => leasedTo(this.by).includes(client)

  /** Again from what is kept, as after a refusal. */
  begin(rows: readonly Uint8Array[]): void {
    this.history.destroy()
    this.doc = new Y.Doc()
    this.#seen = 0
    this.#made = []
    // What was refused is not sent again.
    this.#sent = []
    this.read(rows)
    this.doc.clientID = this.client
    this.history = new OwnHistory(this.doc)
    this.doc.on('update', (bytes: Uint8Array, _: unknown, __: unknown, { local }: Y.Transaction) => {
      if (local) this.#made.push(bytes)
    })
  }

  read(rows: readonly Uint8Array[]): void {
    for (; this.#seen < rows.length; this.#seen++) Y.applyUpdate(this.doc, rows[this.#seen] as Uint8Array)
  }

  hasSeen(rows: readonly Uint8Array[]): boolean {
    return this.#seen === rows.length
  }

  /** What it sends next; nothing where there was nothing to do. */
  send(random: Random): readonly Uint8Array[] {
    if (onceIn(random, 30)) return this.#sent
    for (let n = 0; n < TRIES && (this.#made.length === 0 || onceIn(random, 4)); n++)
      seeded(random, n, () => actOnce(this, random))
    if (this.#made.length === 0) return []
    // After a broken line it sends all it has.
    this.#sent = onceIn(random, 20) ? [Y.encodeStateAsUpdate(this.doc)] : this.#made
    this.#made = []
    return this.#sent
  }
}

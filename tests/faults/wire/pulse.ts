/** An honest person who changes something every so often and measures how long it takes until it is said to be saved. */
import { annotate, setConfidence } from '../../../packages/crdt-schema/src/acts/all.ts'
import type { Client } from '../../support/server.ts'
import { box } from '../../wire/ward.ts'
import { percentile, rounded } from '../percentiles.ts'
import { Peer } from './peer.ts'

const EVERY_MS = 50

export class Pulse {
  readonly peer: Peer
  readonly #shape: string
  readonly #beating: NodeJS.Timeout
  readonly #times: number[] = []
  #beats = 0
  #sentAt: number | null = null

  private constructor(peer: Peer, shape: string) {
    this.peer = peer
    this.#shape = shape
    peer.onSaved = () => {
      if (this.#sentAt !== null) this.#times.push(performance.now() - this.#sentAt)
      this.#sentAt = null
    }
    this.#beating = setInterval(() => this.#beat(), EVERY_MS)
  }

  static async open(person: Client, document: string): Promise<Pulse> {
    const peer = await Peer.open(person, document)
    const shape = annotate(peer.doc, { ...box, label: '' })
    await peer.saved()
    return new Pulse(peer, shape)
  }

  /** One at a time: an answer is an answer to this one. */
  #beat(): void {
    if (this.#sentAt !== null || !this.peer.isSaved) return
    this.#sentAt = performance.now()
    setConfidence(this.peer.doc, this.#shape, this.#beats++ % 101)
  }

  /** What was measured since the last time, ms. */
  take(): number[] {
    return this.#times.splice(0)
  }

  rest(): void {
    clearInterval(this.#beating)
  }

  end(): void {
    this.rest()
    this.peer.disconnect()
  }
}

export const p95 = (times: readonly number[]): number => rounded(percentile(times, 0.95))

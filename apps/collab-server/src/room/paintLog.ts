/**
 * What the gate knows of the painting in a document: of every act its number and its segment, of every lane where it stands, and the highest
 * number there is. Read from the document itself, along with it; what an act looks like is not kept.
 */

import type { MaskAct } from '@consilium/crdt-schema/painting'
import type { Standing } from '@consilium/crdt-schema/painting/archives'
import { type FoundAct, LaneFeed } from '@consilium/crdt-schema/painting/feed'
import type * as Y from 'yjs'

/** Of one client, in the order of their numbers. */
interface Acts {
  readonly lamports: number[]
  /** Places in the list of segments; -1 for what does not paint. */
  readonly segments: number[]
}

export class PaintLog {
  readonly #feed: LaneFeed
  readonly #byClient = new Map<number, Acts>()
  readonly #segments: string[] = []
  readonly #numbers = new Map<string, number>()
  #highest = 0

  constructor(doc: Y.Doc) {
    this.#feed = new LaneFeed(doc)
  }

  /** Highest number of any act. */
  get highest(): number {
    return this.#highest
  }

  /** What was read in lanes, also where it was archived since. */
  get laid(): LaneFeed['read'] {
    return this.#feed.read
  }

  /** The newest lane of a client that holds something; null where none does. */
  standing(client: number): Standing | null {
    return this.#feed.standing(client)
  }

  /** Reads what came since; to be called before anything is asked. */
  catchUp(): void {
    for (const _ of this.news());
  }

  /** The same, an act at a time. */
  *news(): Generator<MaskAct> {
    for (const { act } of this.#feed.news()) {
      this.#keep(act)
      yield act
    }
  }

  /** Acts that do not lie in lanes any more; before `catchUp` is called the first time. */
  archived(acts: Iterable<FoundAct>): void {
    for (const { act } of acts) this.#keep(act)
  }

  /** The segment that an act paints in; null where there is no such act, or one that does not paint. */
  segmentOf(client: number, lamport: number): string | null {
    const acts = this.#byClient.get(client)
    if (!acts) return null
    const place = placeOf(acts.lamports, lamport)
    if (acts.lamports[place] !== lamport) return null
    return this.#segments[acts.segments[place] as number] ?? null
  }

  /** The segments that an act touches, by painting or by turning what was painted. */
  segmentsOf({ body }: MaskAct): ReadonlySet<string> {
    if (body.act === 'paint') return new Set([body.segment])
    const { target, count } = body
    const numbers = Array.from({ length: count }, (_, n) => target.lamport + n)
    return new Set(numbers.flatMap((lamport) => this.segmentOf(target.client, lamport) ?? []))
  }

  /** The last number of a client. */
  lastOf(client: number): number {
    return this.#byClient.get(client)?.lamports.at(-1) ?? 0
  }

  #keep({ id: { client, lamport }, body }: MaskAct): void {
    const acts = this.#byClient.get(client) ?? { lamports: [], segments: [] }
    this.#byClient.set(client, acts)
    acts.lamports.push(lamport)
    acts.segments.push(body.act === 'paint' ? this.#number(body.segment) : -1)
    if (lamport > this.#highest) this.#highest = lamport
  }

  #number(segment: string): number {
    const known = this.#numbers.get(segment)
    if (known !== undefined) return known
    const made = this.#segments.push(segment) - 1
    this.#numbers.set(segment, made)
    return made
  }
}

/** How many lie below, found by halving. */
function placeOf(lamports: readonly number[], lamport: number): number {
  let low = 0
  for (let high = lamports.length; low < high; ) {
    const middle = (low + high) >>> 1
    if ((lamports[middle] as number) < lamport) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * The acts that are known, each under a number of its own ("slot", in order of arrival), and which of them are in effect.
 * An act has two switches, its author's and the adjudicator's; each is where the highest withdraw or restore has put it, whatever came
 * first, and also when it came before the act itself. An act is in effect while neither is out.
 */
import { HANDS, type Hand, type MaskAct, type Paint, type Switch } from '../act.ts'
import { grown } from './grown.ts'

/** The last switch of a hand: its slot, or -1. */
const NEVER = -1

export class ActLog {
  readonly #acts: MaskAct[] = []
  #lamports = new Float64Array(256)
  #clients = new Uint32Array(256)
  /** By client and Lamport number. */
  readonly #slots = new Map<number, Map<number, number>>()
  /** By client: switches that name acts which are not known yet. */
  readonly #early = new Map<number, number[]>()
  readonly #last: Record<Hand, Int32Array> = {
    author: new Int32Array(256),
    adjudicator: new Int32Array(256),
  }

  get count(): number {
    return this.#acts.length
  }

  act(slot: number): MaskAct {
    return this.#acts[slot] as MaskAct
  }

  /** What an act paints; the act must be no switch. */
  paint(slot: number): Paint {
    return this.act(slot).body as Paint
  }

  /** -1 where the act is not known. */
  find(client: number, lamport: number): number {
    return this.#slots.get(client)?.get(lamport) ?? -1
  }

  /** Whether `a` lies on top of `b`. */
  above(a: number, b: number): boolean {
    const difference = (this.#lamports[a] as number) - (this.#lamports[b] as number)
    return difference > 0 || (difference === 0 && (this.#clients[a] as number) > (this.#clients[b] as number))
  }

  effective(slot: number): boolean {
    return this.isIn('author', slot) && this.isIn('adjudicator', slot)
  }

  /** Returns the act's slot, or -1 where it is known already. `turned` is told the acts that it takes out of effect or puts back. */
  add(act: MaskAct, turned: (slot: number) => void): number {
    const { client, lamport } = act.id
    let own = this.#slots.get(client)
    if (!own) {
      own = new Map()
      this.#slots.set(client, own)
    }
    if (own.has(lamport)) return -1
    const slot = this.#acts.push(act) - 1
    own.set(lamport, slot)
    this.#lamports = grown(this.#lamports, slot + 1)
    this.#clients = grown(this.#clients, slot + 1)
    this.#lamports[slot] = lamport
    this.#clients[slot] = client
    for (const hand of HANDS) {
      this.#last[hand] = grown(this.#last[hand], slot + 1)
      this.#last[hand][slot] = NEVER
    }
    if (act.body.act === 'paint') this.#catchUp(slot)
    else this.#turn(slot, act.body, turned)
    return slot
  }

  get bytes(): number {
    return (
      this.#lamports.byteLength +
      this.#clients.byteLength +
      this.#last.author.byteLength +
      this.#last.adjudicator.byteLength
    )
  }

  /** Whether this hand leaves the act in effect. */
  isIn(hand: Hand, slot: number): boolean {
    const last = this.#last[hand][slot] as number
    return last === NEVER || this.act(last).body.act === 'restore'
  }

  /** What was switched before it was known. */
  #catchUp(slot: number): void {
    const { client, lamport } = this.act(slot).id
    for (const early of this.#early.get(client) ?? []) {
      const { target, count, hand } = this.act(early).body as Switch
      if (lamport >= target.lamport && lamport < target.lamport + count) this.#set(hand, slot, early)
    }
  }

  #turn(slot: number, { target, count, hand }: Switch, turned: (slot: number) => void): void {
    let known = 0
    for (const to of this.#range(target.client, target.lamport, count)) {
      known++
      if (this.act(to).body.act !== 'paint') continue
      const before = this.effective(to)
      this.#set(hand, to, slot)
      if (this.effective(to) !== before) turned(to)
    }
    if (known === count) return
    const early = this.#early.get(target.client)
    if (early) early.push(slot)
    else this.#early.set(target.client, [slot])
  }

  #set(hand: Hand, slot: number, by: number): void {
    const last = this.#last[hand][slot] as number
    if (last === NEVER || this.above(by, last)) this.#last[hand][slot] = by
  }

  /** The acts of a client whose numbers are `count` ones from `lamport` on. What is known bounds the work, not the count. */
  *#range(client: number, lamport: number, count: number): Generator<number> {
    const own = this.#slots.get(client)
    if (!own) return
    if (count <= own.size) {
      for (let n = lamport; n < lamport + count; n++) {
        const slot = own.get(n)
        if (slot !== undefined) yield slot
      }
    } else
      for (const [n, slot] of own) {
        if (n >= lamport && n < lamport + count) yield slot
      }
  }
}

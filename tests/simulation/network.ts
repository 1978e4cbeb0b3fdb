/**
 * Connections between pages and the server: in order, late, and cut at any moment. What a cut loses is a piece at the end of either
 * direction; each side learns of it by itself, at once, late, or never (then it must find out). The page's end is a WebSocket as a
 * browser gives it, the server's end one as `ws` gives it.
 */
import { EventEmitter } from 'node:events'
import type { Random } from '../faults/fault.ts'
import type { Time } from './time.ts'

export interface Weather {
  /** ms that a frame is on its way, at most. */
  delay: number
}

/** One direction. */
class Lane {
  readonly #time: Time
  readonly #random: Random
  readonly #weather: Weather
  #last = 0
  /** Nothing arrives after this moment. */
  #until = Number.POSITIVE_INFINITY
  #held: (() => void)[] | null = null

  constructor(time: Time, random: Random, weather: Weather) {
    this.#time = time
    this.#random = random
    this.#weather = weather
  }

  /** When all that was sent has arrived. */
  get last(): number {
    return Math.max(this.#last, this.#time.now)
  }

  send(arrive: () => void): void {
    const at = Math.max(this.#last, this.#time.now + this.#random.between(0, this.#weather.delay))
    this.#last = at
    this.#time.after(at - this.#time.now, () => {
      if (at > this.#until) return
      if (this.#held) this.#held.push(arrive)
      else arrive()
    })
  }

  cut(at: number): void {
    this.#until = Math.min(this.#until, at)
  }

  pause(): void {
    this.#held ??= []
  }

  resume(): void {
    const held = this.#held
    this.#held = null
    for (const arrive of held ?? []) arrive()
  }
}

const OPEN = 1
const CLOSING = 2
const CLOSED = 3

/** The server's end. */
export class ServerSocket extends EventEmitter {
  readyState = OPEN
  readonly bufferedAmount = 0
  readonly cable: Cable

  constructor(cable: Cable) {
    super()
    this.cable = cable
  }

  send(data: Uint8Array): void {
    const copy = Uint8Array.from(data)
    if (this.readyState === OPEN) this.cable.down.send(() => this.cable.page.hear(copy))
  }

  close(code = 1000, reason = ''): void {
    if (this.readyState !== OPEN) return
    this.readyState = CLOSING
    this.cable.down.send(() => this.cable.page.end(code, reason))
    this.cable.up.send(() => this.end(code, reason))
  }

  /** What was sent before still arrives, and then the end of it. */
  terminate(): void {
    this.cable.down.send(() => this.cable.page.end(1006, ''))
    this.end(1006, '')
  }

  pause(): void {
    this.cable.up.pause()
  }

  resume(): void {
    this.cable.up.resume()
  }

  ping(): void {
    this.cable.down.send(() => this.cable.up.send(() => this.readyState === OPEN && this.emit('pong')))
  }

  hear(data: Uint8Array): void {
    if (this.readyState !== CLOSED) this.emit('message', Buffer.from(data), true)
  }

  end(code: number, reason: string): void {
    if (this.readyState === CLOSED) return
    this.readyState = CLOSED
    this.emit('close', code, Buffer.from(reason))
  }
}

/** The page's end. */
export class PageSocket extends EventTarget {
  readyState = 0
  binaryType = 'arraybuffer'
  readonly #cable: Cable | null

  constructor(network: Network) {
    super()
    this.#cable = network.connect(this)
  }

  send(data: Uint8Array | ArrayBuffer): void {
    const copy = Uint8Array.from(new Uint8Array(data))
    if (this.readyState === OPEN) this.#cable?.up.send(() => this.#cable?.server?.hear(copy))
  }

  close(): void {
    if (this.readyState >= CLOSING) return
    this.readyState = CLOSING
    this.#cable?.up.send(() => this.#cable?.server?.end(1000, ''))
    // As in a browser: whoever closes hears of it later.
    setTimeout(() => this.end(1000, ''))
  }

  open(): void {
    if (this.readyState !== 0) return
    this.readyState = OPEN
    this.dispatchEvent(new Event('open'))
  }

  hear(data: Uint8Array): void {
    if (this.readyState === OPEN)
      this.dispatchEvent(new MessageEvent('message', { data: Uint8Array.from(data).buffer }))
  }

  end(code: number, reason: string): void {
    if (this.readyState === CLOSED) return
    this.readyState = CLOSED
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason }))
  }
}

/** As a page asks for one. `hear`: told of every frame first. */
export const socketOf = (network: Network, hear: (frame: Uint8Array) => void) =>
  class extends PageSocket {
    constructor() {
      super(network)
      this.addEventListener('message', (event) => hear(new Uint8Array((event as MessageEvent).data)))
    }
  }

class Cable {
  readonly up: Lane
  readonly down: Lane
  readonly page: PageSocket
  server: ServerSocket | null = null
  readonly #time: Time
  readonly #random: Random

  constructor(page: PageSocket, time: Time, random: Random, weather: Weather) {
    this.page = page
    this.up = new Lane(time, random, weather)
    this.down = new Lane(time, random, weather)
    this.#time = time
    this.#random = random
  }

  /** Some of what is on its way still arrives, within `grace` ms; then nothing. */
  cut(grace: number): void {
    this.up.cut(this.#time.now + this.#random.between(0, grace))
    this.down.cut(this.#time.now + this.#random.between(0, grace))
  }
}

/** How long one end may believe in a connection that is none. */
export const UNAWARE_MS = 40_000

/** What one page reaches the server through. */
export class Network {
  readonly #time: Time
  readonly #random: Random
  readonly #weather: Weather
  /** Answers a request to open a WebSocket; throws, as the request would fail. */
  readonly #accept: (socket: ServerSocket) => Promise<void>
  readonly #cables = new Set<Cable>()
  #up = true

  constructor(time: Time, random: Random, weather: Weather, accept: (socket: ServerSocket) => Promise<void>) {
    this.#time = time
    this.#random = random
    this.#weather = weather
    this.#accept = accept
  }

  get isUp(): boolean {
    return this.#up
  }

  connect(page: PageSocket): Cable {
    const cable = new Cable(page, this.#time, this.#random, this.#weather)
    this.#cables.add(cable)
    cable.up.send(() => {
      if (!this.#up) return this.#refuse(cable)
      const server = new ServerSocket(cable)
      this.#accept(server).then(
        () => {
          cable.server = server
          cable.down.send(() => page.open())
        },
        () => this.#refuse(cable),
      )
    })
    return cable
  }

  /** A request and its answer over the same wires. Rejects where either gets lost. */
  async ask<T>(request: () => Promise<T>): Promise<T> {
    await this.#travel()
    const answer = await request()
    await this.#travel()
    return answer
  }

  #travel(): Promise<void> {
    return new Promise((done, lost) =>
      this.#time.after(this.#random.between(0, this.#weather.delay), () =>
        this.#up ? done() : lost(new TypeError('fetch failed')),
      ),
    )
  }

  /** Everything is cut; new connections fail until `mend`. */
  break(): void {
    this.#up = false
    this.cut()
  }

  mend(): void {
    this.#up = true
  }

  /** Cuts what is connected; each end learns of it in its own time. */
  cut(): void {
    for (const cable of this.#cables) {
      cable.cut(this.#random.pick([0, 5, 200]))
      this.#time.after(this.#learns(), () => cable.page.end(1006, ''))
      this.#time.after(this.#learns(), () => cable.server?.end(1006, ''))
    }
    this.#cables.clear()
  }

  #learns(): number {
    return this.#random.pick([0, this.#random.between(0, 2_000), this.#random.between(0, UNAWARE_MS)])
  }

  #refuse(cable: Cable): void {
    cable.down.send(() => {
      this.#cables.delete(cable)
      cable.page.end(1006, '')
    })
  }
}

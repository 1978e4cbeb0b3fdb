/**
 * For tests: a WebSocket whose other end is a Hocuspocus in the same process. The real provider and the real protocol run over it;
 * `cut()` drops every line and refuses new ones until `mend()`.
 */
import type { Hocuspocus } from '@hocuspocus/server'

export class Exchange {
  readonly server: Hocuspocus
  readonly #context: Record<string, unknown>
  readonly #lines = new Set<MemorySocket>()
  #open = true

  constructor(server: Hocuspocus, context: Record<string, unknown> = {}) {
    this.server = server
    this.#context = context
  }

  /** To be given to the provider as its WebSocket class. */
  readonly WebSocket: unknown = socketOf(this)

  get isOpen(): boolean {
    return this.#open
  }

  plug(socket: MemorySocket): ReturnType<Hocuspocus['handleConnection']> {
    this.#lines.add(socket)
    const far = {
      get readyState() {
        return socket.readyState
      },
      send: (data: Uint8Array) => socket.deliver(data),
      close: (code?: number, reason?: string) => socket.end(code ?? 1000, reason ?? ''),
    }
    return this.server.handleConnection(far as never, new Request('http://test/collab'), { ...this.#context })
  }

  unplug(socket: MemorySocket): void {
    this.#lines.delete(socket)
  }

  /** The server ends every line by itself. */
  hangUp(code: number, reason: string): void {
    for (const line of Array.from(this.#lines)) line.end(code, reason)
  }

  cut(): void {
    this.#open = false
    for (const line of Array.from(this.#lines)) line.end(1006, 'cut')
  }

  mend(): void {
    this.#open = true
  }
}

export class MemorySocket extends EventTarget {
  readyState = 0
  binaryType = 'arraybuffer'
  readonly #exchange: Exchange
  #far: ReturnType<Hocuspocus['handleConnection']> | null = null

  constructor(_url: string, exchange: Exchange) {
    super()
    this.#exchange = exchange
    queueMicrotask(() => this.#start())
  }

  send(data: Uint8Array | ArrayBuffer): void {
    const copy = new Uint8Array(data instanceof ArrayBuffer ? data.slice(0) : data.slice())
    queueMicrotask(() => this.#far?.handleMessage(copy))
  }

  close(): void {
    this.end(1000, '')
  }

  deliver(data: Uint8Array): void {
    const copy = data.slice().buffer
    queueMicrotask(() => {
      if (this.readyState === 1) this.dispatchEvent(new MessageEvent('message', { data: copy }))
    })
  }

  end(code: number, reason: string): void {
    if (this.readyState === 3) return
    this.readyState = 3
    this.#exchange.unplug(this)
    this.#far?.handleClose({ code, reason })
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason }))
  }

  #start(): void {
    if (this.readyState !== 0) return
    if (!this.#exchange.isOpen) {
      this.end(1006, 'no answer')
      return
    }
    this.readyState = 1
    this.#far = this.#exchange.plug(this)
    this.dispatchEvent(new Event('open'))
  }
}

const socketOf = (exchange: Exchange): unknown =>
  class extends MemorySocket {
    constructor(url: string) {
      super(url, exchange)
    }
  }

/** One open WebSocket: sends frames to a page that may read slowly or not at all, and notices when nobody is there any more. */
import type { Duplex } from 'node:stream'
import { WebSocket } from 'ws'
import type { Dialect } from './dialect.ts'
import { Flow } from './flow.ts'
import { MAX_BUFFERED_BYTES, UNANSWERED_PINGS } from './limits.ts'

/** How long a closed socket may take to hang up. */
const FAREWELL_MS = 1_000
/** How long an answer may take, where somebody waits for it. */
const ANSWER_MS = 2_000
/** WebSocket's own code for "try again later". */
const TOO_SLOW = 1013

export class Line {
  readonly dialect: Dialect
  readonly flow: Flow
  readonly #socket: WebSocket
  readonly #stream: Duplex
  /** Pings since the last answer. */
  #unanswered = 0
  #gathering = false

  /** `stream`: what the WebSocket writes to. */
  constructor(socket: WebSocket, stream: Duplex, dialect: Dialect) {
    this.dialect = dialect
    this.#socket = socket
    this.#stream = stream
    this.flow = new Flow(
      () => socket.pause(),
      () => {
        this.heard()
        socket.resume()
      },
    )
    socket.on('pong', () => this.heard())
  }

  get readyState(): number {
    return this.#socket.readyState
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN
  }

  /** Bytes sent and not yet taken by the network. */
  get backlog(): number {
    return this.#socket.bufferedAmount
  }

  /** A reader that does not read is let go before its backlog grows without end; it comes back to a fresh state. */
  send(frame: Uint8Array): void {
    if (!this.isOpen) return
    const data = this.dialect.told(frame, this.#end)
    if (data === null) return
    if (this.backlog > MAX_BUFFERED_BYTES) return this.close(TOO_SLOW, 'too far behind: connect again')
    this.#socket.send(data)
  }

  /** What is sent until the end of this turn goes out at once; so do the changes that Hocuspocus passes on at its end. */
  gather(): void {
    if (this.#gathering) return
    this.#gathering = true
    this.#stream.cork()
    setImmediate(this.#scatter)
  }

  /** Says goodbye and does not wait for an answer. */
  close(code: number, reason: string): void {
    if (this.isOpen) this.#socket.close(code, reason)
    // A socket that is not read never hears the other's goodbye.
    this.#socket.resume()
    setTimeout(() => this.#socket.terminate(), FAREWELL_MS).unref()
  }

  heard(): void {
    this.#unanswered = 0
  }

  /** Asks whether somebody is there. Who has not answered again and again is gone; what is not read now cannot be heard either. */
  beat(): void {
    if (this.flow.paused) this.#unanswered = 0
    if (this.#unanswered >= UNANSWERED_PINGS) return this.cut()
    this.#unanswered++
    if (this.isOpen) this.#socket.ping()
  }

  /** Asks, and waits for the answer. What is not read now cannot be heard either: then whoever is open is there. */
  isThere(): Promise<boolean> {
    if (!this.isOpen || this.flow.paused) return Promise.resolve(this.isOpen)
    const socket = this.#socket
    return new Promise((resolve) => {
      const answered = (): void => end(true)
      const gone = (): void => end(false)
      const late = setTimeout(gone, ANSWER_MS)
      function end(there: boolean): void {
        clearTimeout(late)
        socket.off('pong', answered).off('close', gone)
        resolve(there)
      }
      socket.once('pong', answered).once('close', gone)
      socket.ping()
    })
  }

  /** Nobody is there to say goodbye to. */
  cut(): void {
    this.#socket.terminate()
  }

  readonly #scatter = (): void => {
    this.#gathering = false
    this.#stream.uncork()
  }

  readonly #end = (code: number, reason: string): void => this.close(code, reason)
}

/** The browser's DevTools protocol (chromedevtools.github.io/devtools-protocol): one connection, sessions told apart by their ids. */

export type Given = Readonly<Record<string, unknown>>

interface Message {
  readonly id?: number
  readonly sessionId?: string
  readonly method?: string
  readonly params?: Given
  readonly result?: Given
  readonly error?: { readonly message: string }
}

interface Waiting {
  resolve(result: Given): void
  reject(error: Error): void
}

/** An event of a session. */
export type Heard = (method: string, params: Given, session: string | undefined) => void

export class Devtools {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, Waiting>()
  readonly #listeners = new Set<Heard>()
  #next = 1

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => this.#hear(JSON.parse(String(data)) as Message))
    socket.addEventListener('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the browser is gone'))
      this.#waiting.clear()
    })
  }

  /** To the browser that listens at this port of this machine. */
  static async at(port: number): Promise<Devtools> {
    const answer = await fetch(`http://127.0.0.1:${port}/json/version`)
    const { webSocketDebuggerUrl } = (await answer.json()) as { webSocketDebuggerUrl: string }
    const socket = new WebSocket(webSocketDebuggerUrl)
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true })
      socket.addEventListener('error', () => reject(new Error('the browser does not answer')), { once: true })
    })
    return new Devtools(socket)
  }

  /** Rejects with what the browser says of it. */
  send(method: string, params: Given = {}, session?: string): Promise<Given> {
    const id = this.#next++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#socket.send(JSON.stringify({ id, method, params, ...(session && { sessionId: session }) }))
    })
  }

  on(heard: Heard): void {
    this.#listeners.add(heard)
  }

  #hear({ id, method, params = {}, result = {}, error, sessionId }: Message): void {
    if (method !== undefined) for (const heard of this.#listeners) heard(method, params, sessionId)
    const waiting = id === undefined ? undefined : this.#waiting.get(id)
    if (id === undefined || !waiting) return
    this.#waiting.delete(id)
    if (error) waiting.reject(new Error(error.message))
    else waiting.resolve(result)
  }
}

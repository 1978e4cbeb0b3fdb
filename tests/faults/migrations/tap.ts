/**
 * A tap on the way to a PostgreSQL: it passes everything on, reads the frames of the protocol, and tells when the n-th statement of a
 * transaction was answered. The answer itself it keeps: whoever asked is to be killed before they know.
 */
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

const TYPE_BYTES = 1
const LENGTH_BYTES = 4

export class Tap {
  readonly url: string
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor(server: Server, url: string) {
    this.#server = server
    this.url = url
  }

  /** `answered`: the n-th statement after `begin` was; the last one is the `commit`. */
  static async open(target: string, n: number, answered: () => void): Promise<Tap> {
    const { hostname, port } = new URL(target)
    const server = createServer((client) => {
      const database = connect(Number(port), hostname)
      tap.#sockets.add(client).add(database)
      for (const socket of [client, database]) socket.on('error', () => client.destroy())
      client.on('close', () => database.destroy())
      database.on('close', () => client.destroy())
      let asked = -1
      const read = { client: frames(false, onQuestion), database: frames(true, onAnswer) }
      function onQuestion(type: string, body: Buffer): void {
        // The driver sends what it was given as text as a simple query, and its own commit in parts.
        if (type !== 'Q' && !(type === 'P' && body.toString().includes('commit'))) return
        if (asked >= 0) asked++
        else if (body.toString().startsWith('begin')) asked = 0
      }
      let over = false
      function onAnswer(type: string): void {
        // Ready for the next: this one is done.
        if (type !== 'Z' || asked !== n || over) return
        over = true
        answered()
      }
      client.on('data', (bytes) => {
        read.client(bytes)
        database.write(bytes)
      })
      database.on('data', (bytes) => {
        read.database(bytes)
        if (!over) client.write(bytes)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = new URL(target)
    url.port = String((server.address() as AddressInfo).port)
    const tap = new Tap(server, url.href)
    return tap
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
  }
}

/** The first frame of whoever connects has no type. */
function frames(typed: boolean, on: (type: string, body: Buffer) => void): (bytes: Buffer) => void {
  let held: Buffer = Buffer.alloc(0)
  let hasType = typed
  return (bytes) => {
    held = Buffer.concat([held, bytes])
    for (;;) {
      const head = (hasType ? TYPE_BYTES : 0) + LENGTH_BYTES
      if (held.length < head) return
      // It counts itself, not the type.
      const end = head - LENGTH_BYTES + held.readInt32BE(head - LENGTH_BYTES)
      if (held.length < end) return
      if (hasType) on(String.fromCharCode(held[0] as number), held.subarray(head, end))
      held = held.subarray(end)
      hasType = true
    }
  }
}

/** A line through which everything passes until it is swallowed: then nothing does, in either direction, and nobody is told. As when a laptop is shut. */

import type { AddressInfo } from 'node:net'
import { connect, createServer, type Server, type Socket } from 'node:net'

export class Swallower {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #swallowed = false

  private constructor(server: Server) {
    this.#server = server
  }

  static async before(port: number): Promise<Swallower> {
    const server = createServer()
    const line = new Swallower(server)
    server.on('connection', (near) => {
      const far = connect(port, '127.0.0.1')
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        line.#sockets.add(from)
        from.on('data', (bytes) => {
          if (!line.#swallowed) to.write(bytes)
        })
        from.on('end', () => {
          if (!line.#swallowed) to.end()
        })
        from.on('error', () => undefined)
      }
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return line
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** From here on nothing arrives; both ends believe the line to be open. */
  swallow(): void {
    this.#swallowed = true
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

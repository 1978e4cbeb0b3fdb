/** The way to a server, slowed to a rate: what it sends waits its turn, over all connections together. */

import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'

import { Transform } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

/** A chunk is never so long that others wait for it noticeably. */
const CHUNK = 16 * 1024

export interface Way {
  readonly url: string
  close(): void
}

/** `port`: asked when somebody comes; `bitsPerSecond`: from the server, as a line's figure is. */
export async function slowWay(port: () => number, bitsPerSecond: number): Promise<Way> {
  let freeAt = 0
  const sockets = new Set<Socket>()
  const slowed = (): Transform =>
    new Transform({
      highWaterMark: CHUNK,
      async transform(chunk: Buffer, _, done) {
        freeAt = Math.max(performance.now(), freeAt) + (chunk.length * 8_000) / bitsPerSecond
        await sleep(freeAt - performance.now())
        done(null, chunk)
      },
    })
  const server = createServer((near) => {
    const far = connect(port(), '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.setNoDelay(true)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
    near.pipe(far)
    far.pipe(slowed()).pipe(near)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

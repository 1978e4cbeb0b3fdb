import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { dialectAt } from './dialect.ts'
import { MAX_BUFFERED_BYTES } from './limits.ts'
import { Line } from './line.ts'

let server: WebSocketServer

beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
})
afterAll(() => server.close())

/** Both ends of a real connection. */
async function pair(
  options: { autoPong?: boolean } = {},
): Promise<{ line: Line; socket: WebSocket; page: WebSocket }> {
  const arrived = once(server, 'connection')
  const page = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, options)
  page.on('error', () => undefined)
  const [socket, request] = (await arrived) as [WebSocket, { socket: Duplex }]
  socket.on('error', () => undefined)
  const dialect = dialectAt('/collab')
  if (!dialect) throw new Error('nothing is spoken there')
  await once(page, 'open')
  return { line: new Line(socket, request.socket, dialect), socket, page }
}

describe('[P11] who is there', () => {
  test('whoever answers stays', async () => {
    const { line, socket, page } = await pair()
    for (let n = 0; n < 5; n++) {
      const answered = once(socket, 'pong')
      line.beat()
      await answered
    }
    expect(line.isOpen).toBe(true)
    page.terminate()
  })

  test('whoever leaves three questions unanswered is gone at the next', async () => {
    const { line, page } = await pair({ autoPong: false })
    for (let n = 0; n < 3; n++) {
      const asked = once(page, 'ping')
      line.beat()
      await asked
    }
    expect(line.isOpen).toBe(true)
    const gone = once(page, 'close')
    line.beat()
    expect((await gone)[0]).toBe(1006)
  })

  test('whoever is not read cannot have answered', async () => {
    const { line, page } = await pair()
    for (let n = 0; n < 3_000; n++) line.flow.hold(1)
    for (let n = 0; n < 5; n++) line.beat()
    expect(line.isOpen).toBe(true)
    page.terminate()
  })
})

test('[G55] a page that does not read is let go at a bound, and what was kept for it is dropped', async () => {
  const { line, page } = await pair()
  page.pause()
  const frame = new Uint8Array(1024 * 1024)
  let sent = 0
  while (line.isOpen && sent < 100) {
    line.send(frame)
    sent++
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(sent).toBeLessThan(100)
  expect(line.backlog).toBeLessThan(MAX_BUFFERED_BYTES + 2 * frame.byteLength)
  const gone = once(page, 'close')
  page.resume()
  const [code] = (await gone) as [number]
  expect([1013, 1006]).toContain(code)
})

test('what is gathered in one turn goes out at its end', async () => {
  const { line, page } = await pair()
  const heard: number[] = []
  page.on('message', (data: Buffer) => heard.push(data[0] ?? 0))
  line.gather()
  line.gather()
  for (const n of [1, 2, 3]) line.send(Uint8Array.of(n))
  await once(page, 'message')
  line.send(Uint8Array.of(4))
  await once(page, 'message')
  expect(heard).toEqual([1, 2, 3, 4])
  page.terminate()
})

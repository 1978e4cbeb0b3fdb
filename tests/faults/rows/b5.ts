/** Before anybody knows who it is, or which document they mean: half-sent requests, frames without end, a thousand names, compressed bombs, silence. */
import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { deflateRawSync } from 'node:zlib'
import { WebSocket } from 'ws'
import { COLLAB_PATH } from '../../../packages/contract/src/live.ts'
import type { Client } from '../../support/server.ts'
import { socketAddress, until, upgradeStatus } from '../../wire/page.ts'
import { type Fault, tell } from '../fault.ts'
import { Installation } from '../installation.ts'
import { rounded } from '../percentiles.ts'
import { authFrame, syncFrame } from '../wire/intruder.ts'
import { isAlive, memoryOf, peakOf } from '../wire/memory.ts'
import { Pulse, p95 } from '../wire/pulse.ts'

const MANY = 50
/** Nobody has named themselves after 10 s; what is waited for is a multiple of it, for a busy machine. */
const PATIENCE_MS = 60_000

type Say = (what: string) => void
interface Site {
  readonly url: string
  readonly person: Client
  readonly document: string
}

/** Resolves with how it was closed, or null where it never was. */
function closing(socket: WebSocket): Promise<{ code: number; ms: number } | null> {
  const began = performance.now()
  return new Promise((resolve) => {
    const late = setTimeout(() => {
      socket.terminate()
      resolve(null)
    }, PATIENCE_MS)
    socket.on('error', () => undefined)
    socket.on('close', (code) => {
      clearTimeout(late)
      resolve({ code, ms: performance.now() - began })
    })
  })
}

async function opened({ person }: Site): Promise<WebSocket> {
  const socket = new WebSocket(socketAddress(person.url), { headers: person.headers() })
  socket.on('error', () => undefined)
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('close', reject)
  })
  return socket
}

async function strangers({ url }: Site, say: Say): Promise<void> {
  for (let n = 0; n < MANY; n++) {
    const status = await upgradeStatus(url, { origin: url }, n % 2 ? '?token=nonsense' : '')
    if (status !== 401) say(`a stranger was answered ${status}`)
  }
}

/** Frames for a thousand documents that were never opened; and the wish to open a thousand. */
async function thousandDocuments(site: Site, say: Say): Promise<void> {
  const name = (n: number): string => `panel:${n.toString(36).padStart(16, 'a')}`
  for (const make of [
    (n: number) => syncFrame(name(n), 2, randomBytes(2_048)),
    (n: number) => authFrame(name(n), JSON.stringify({ client: n })),
  ]) {
    const socket = await opened(site)
    const end = closing(socket)
    for (let n = 0; n < 1_000; n++) socket.send(make(n))
    if ((await end) === null) say('a socket with a thousand documents stayed open')
  }
}

/** A frame that says it is of 100 MiB, as much of it as is taken. */
async function endlessFrame(site: Site, say: Say): Promise<void> {
  const socket = await opened(site)
  const end = closing(socket)
  socket.send(Buffer.alloc(100 * 2 ** 20))
  const closed = await end
  if (closed === null) say('a frame of 100 MiB left the socket open')
  else if (closed.code !== 1009 && closed.code !== 1006)
    say(`a frame of 100 MiB was closed with ${closed.code}`)
}

/** Opens the door a hand's breadth: a header that never ends, a letter at a time. */
async function slowloris({ url }: Site, say: Say, longest: number[]): Promise<void> {
  const { port } = new URL(url)
  const sockets: Socket[] = []
  const began = performance.now()
  let ended = 0
  for (let n = 0; n < MANY; n++) {
    const socket = connect(Number(port), '127.0.0.1')
    socket.on('error', () => undefined)
    socket.on('close', () => {
      ended++
      longest.push((performance.now() - began) / 1_000)
    })
    socket.write(
      `GET ${COLLAB_PATH} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-Slow: `,
    )
    socket.resume()
    sockets.push(socket)
  }
  while (ended < MANY && performance.now() - began < PATIENCE_MS) {
    for (const socket of sockets) if (!socket.destroyed) socket.write('x')
    await sleep(500)
  }
  if (ended < MANY) say(`${MANY - ended} requests that never end are still listened to`)
  for (const socket of sockets) socket.destroy()
}

/** 64 MiB of zeros in 64 kB, said to be compressed, though nobody agreed to compress. */
function bomb({ url, person }: Site, say: Say): Promise<void> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const asked = request({
      hostname,
      port,
      path: COLLAB_PATH,
      headers: {
        ...person.headers(),
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': randomBytes(16).toString('base64'),
        'sec-websocket-extensions': 'permessage-deflate; client_max_window_bits',
      },
    })
    asked.on('upgrade', (answer, socket) => {
      if (answer.headers['sec-websocket-extensions'] !== undefined) say('compression was agreed to')
      const packed = deflateRawSync(Buffer.alloc(64 * 2 ** 20))
      const head = Buffer.alloc(14)
      // FIN and RSV1, a binary frame; masked with zeros.
      head.writeUInt8(0xc2, 0)
      head.writeUInt8(0xff, 1)
      head.writeBigUInt64BE(BigInt(packed.length), 2)
      socket.on('error', () => undefined)
      socket.write(Buffer.concat([head, packed]))
      const late = setTimeout(() => {
        say('a compressed frame left the socket open')
        socket.destroy()
      }, PATIENCE_MS)
      socket.on('close', () => {
        clearTimeout(late)
        resolve()
      })
      socket.resume()
    })
    asked.on('error', () => resolve())
    asked.end()
  })
}

/** Signed in, and then nothing; or frames that open nothing, again and again. */
async function silence(site: Site, say: Say, longest: number[]): Promise<void> {
  await Promise.all(
    Array.from({ length: 10 }, async (_, n) => {
      const socket = await opened(site)
      const end = closing(socket)
      const drip = setInterval(() => {
        if (n % 2 && socket.readyState === WebSocket.OPEN)
          socket.send(syncFrame(site.document, 0, Uint8Array.of(0)))
      }, 500)
      const closed = await end
      clearInterval(drip)
      if (closed === null) say('whoever opens no document keeps the socket')
      else longest.push(closed.ms / 1_000)
    }),
  )
}

export const fault: Fault = {
  id: 'B5',
  fault: `before anybody is known: ${MANY} sockets without a token, frames for 1,000 documents, a frame of 100 MiB, ${MANY} requests that never end, a compressed bomb, sockets that open nothing`,
  must: 'all of them are turned away or cut off, little is kept for them, and whoever is at work notices nothing',
  trials: { short: 1, full: 5 },
  async run(trials, seed) {
    const installation = await Installation.make()
    const failures: string[] = []
    try {
      const server = await installation.start()
      const [honest, person] = await installation.people()
      if (!honest || !person) throw new Error('nobody is here')
      const document = installation.documents[0] as string
      const pulse = await Pulse.open(honest, document)
      await sleep(2_000)
      const calm = pulse.take()
      const memory = memoryOf(server.pid)
      const site: Site = { url: server.url, person, document }
      const openDoors: number[] = []
      const silences: number[] = []
      for (let trial = 0; trial < trials; trial++) {
        const say = (what: string): void => void failures.push(`seed ${seed + trial}: ${what}`)
        await Promise.all([
          slowloris(site, say, openDoors),
          silence(site, say, silences),
          (async () => {
            await strangers(site, say)
            await thousandDocuments(site, say)
            await endlessFrame(site, say)
            await bomb(site, say)
          })(),
        ])
        tell(`${trial + 1} of ${trials}`)
      }
      const { peer } = pulse
      if (!isAlive(server.pid)) failures.push(`seed ${seed}: the server has ended`)
      if (peer.refusals.length > 0 || peer.closed !== null)
        failures.push(`seed ${seed}: whoever was at work was turned out`)
      const busy = pulse.take()
      await until('the work to be saved', () => peer.isSaved)
      pulse.end()
      return {
        trials,
        failures,
        figures: {
          'most memory beyond before, MiB': peakOf(server.pid) - memory,
          'requests that never end are cut after, s': rounded(Math.max(...openDoors)),
          'sockets that open nothing are cut after, s': rounded(Math.max(...silences)),
          'others saved after, ms p95 before': p95(calm),
          during: p95(busy),
        },
      }
    } finally {
      await installation.close()
    }
  },
}

/** Bounds of the live channel: whoever goes beyond one ends their own socket, and reaches nobody. */
import * as encoding from 'lib0/encoding'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  MAX_DOCUMENTS_PER_SOCKET,
  MAX_QUEUED_MESSAGES,
  MAX_SOCKETS_PER_SESSION,
  SOCKETS_AT_ONCE_S,
} from '../../apps/collab-server/src/room/limits.ts'
import { annotate } from '../../packages/crdt-schema/src/acts/all.ts'
import type { Client, TestServer } from '../support/server.ts'
import { FRAME, lease, openPage, RawPage, until, upgradeAnswer, upgradeStatus } from './page.ts'
import { box, openWard, type Ward } from './ward.ts'

let server: TestServer
let okafor: Client
let lindqvist: Client
let newDocument: Ward['newDocument']

beforeAll(async () => {
  ;({ server, okafor, lindqvist, newDocument } = await openWard({ LOG_LEVEL: 'silent' }))
})
afterAll(() => server?.close())

const end = async (page: RawPage): Promise<number> => {
  await until('the end of the socket', () => page.closed !== null)
  return page.closed?.code ?? 0
}

test('[G51] of 256 types of frames only those that a page sends are taken; none of the others reaches anybody', async () => {
  const { name } = await newDocument()
  const witness = await openPage(lindqvist, name)
  const ended: number[] = []
  for (let type = 0; type < 256; type++) {
    const page = await RawPage.open(okafor, name)
    await page.authenticate(null)
    page.socket.send(
      page.frame(type, (encoder) => {
        encoding.writeVarUint(encoder, 2)
        encoding.writeVarString(encoder, '{"t":"journal","rows":[],"forged":true}')
      }),
    )
    // Whatever became of it: the next word is answered, or the socket is at its end.
    const before = page.count(FRAME.sync)
    page.ask()
    await until(
      'an answer',
      () => page.closed !== null || page.count(FRAME.sync) >= before + 2 || page.count(FRAME.close) > 0,
    )
    if (page.closed?.code === 1003) ended.push(type)
    page.close()
  }
  const taken = [0, 2, 3, 4, 5, 7]
  expect(ended).toEqual(
    Array.from({ length: 256 }, (_, type) => type).filter((type) => !taken.includes(type)),
  )
  expect(JSON.stringify(witness.said)).not.toContain('forged')
  annotate(witness.doc, box)
  await witness.saved()
  witness.close()
})

test('[G52] a frame that says it is longer than it is is not read beyond its end', async () => {
  const { name } = await newDocument()
  const [client = 0] = await lease(okafor, name)
  const lies: ((encoder: encoding.Encoder) => void)[] = [
    // An update, and a state vector, of 100 bytes.
    (encoder) => encoding.writeUint8Array(encoder, Uint8Array.of(2, 100, 1, 2, 3)),
    (encoder) => encoding.writeUint8Array(encoder, Uint8Array.of(0, 100, 0)),
    (encoder) => encoding.writeUint8Array(encoder, Uint8Array.of(2)),
  ]
  for (const lie of lies) {
    const page = await RawPage.open(okafor, name)
    await page.authenticate(client)
    page.socket.send(page.frame(FRAME.sync, lie))
    expect(await end(page)).toBe(1003)
  }
  const page = await RawPage.open(okafor, name)
  await page.authenticate(client)
  // Presence with a state of 60 bytes that are not there.
  page.socket.send(
    page.frame(FRAME.awareness, (encoder) => {
      const inner = encoding.createEncoder()
      for (const number of [1, client, 1, 60]) encoding.writeVarUint(inner, number)
      encoding.writeUint8(inner, 34)
      encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner))
    }),
  )
  expect(await end(page)).toBe(1003)
})

test('[G53] what waits for a document that is not open is bounded', async () => {
  const { name } = await newDocument()
  const page = await RawPage.open(okafor, name)
  for (let n = 0; n <= MAX_QUEUED_MESSAGES; n++) page.sendUpdate(Uint8Array.of(0, 0))
  expect(await end(page)).toBe(1008)
  const large = await RawPage.open(okafor, name)
  large.sendUpdate(new Uint8Array(2 * 1024 * 1024))
  expect(await end(large)).toBe(1008)
})

test('[G54] so are documents on one socket, and sockets of one session', async () => {
  const socket = await RawPage.open(okafor, (await newDocument()).name)
  for (let n = 0; n < MAX_DOCUMENTS_PER_SOCKET; n++) {
    const { name } = await newDocument()
    const before = socket.count(FRAME.auth)
    socket.open(name)
    await until('it to be open', () => socket.count(FRAME.auth) > before)
  }
  expect(socket.denied).toEqual([])
  socket.open((await newDocument()).name)
  expect(await end(socket)).toBe(1008)

  const person = await server.signIn('okafor')
  const pages: RawPage[] = []
  for (let n = 0; n < MAX_SOCKETS_PER_SESSION; n++) pages.push(await RawPage.open(person, 'panel:nowhere'))
  expect(await upgradeStatus(server.url, person.headers())).toBe(429)
  expect(await upgradeStatus(server.url, okafor.headers())).toBe(101)
  pages.pop()?.close()
  await until('room for one', async () => (await upgradeStatus(server.url, person.headers())) === 101)
  for (const page of pages) page.close()
})

test('[G105] so are sockets opened a second, under one session and from one address; then they are told when to come back', async () => {
  const few = await openWard({ LOG_LEVEL: 'silent', CONSILIUM_SOCKETS_PER_SECOND: '1' })
  try {
    const { url } = few.server
    const { name } = await few.newDocument()
    const page = await openPage(few.lindqvist, name)
    const okafor = () => upgradeStatus(url, few.okafor.headers())
    for (let n = 0; n < SOCKETS_AT_ONCE_S; n++) expect(await okafor()).toBe(101)
    await until('them to be told to wait', async () => (await okafor()) === 429)
    expect(await upgradeStatus(url, few.vasquez.headers())).toBe(101)

    // Strangers, too, before anybody asks who they are.
    const stranger = () => upgradeAnswer(url, { origin: url })
    expect((await stranger()).status).toBe(401)
    await until('strangers to be told to wait', async () => (await stranger()).status === 429)
    await until('them to be told how long', async () => Number((await stranger()).retryAfter) > 0)

    annotate(page.doc, box)
    await page.saved()
    page.close()
    await until('them to be let in again', async () => (await okafor()) === 101)
  } finally {
    await few.server.close()
  }
})

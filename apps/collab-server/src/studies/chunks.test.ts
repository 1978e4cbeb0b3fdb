import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { BodyCutOff, Chunks } from './chunks.ts'

/** So many bytes from a number on, each one more than the one before. */
const counted = (length: number, from = 0): Buffer => Buffer.from(Array.from({ length }, (_, i) => from + i))

test('what is asked for comes whole and in order, however the body is cut into chunks', async () => {
  for (const size of [1, 2, 5, 9, 40]) {
    const body = new PassThrough()
    const chunks = new Chunks(body)
    for (let at = 0; at < 40; at += size) body.write(counted(Math.min(size, 40 - at), at))
    body.end()
    const first = await chunks.next()
    chunks.putBack((first?.length ?? 0) - 1)
    const room = new Uint8Array(30)
    await chunks.fill(room.subarray(0, 7))
    await chunks.fill(room.subarray(7))
    const left: number[] = []
    for (let chunk = await chunks.next(); chunk; chunk = await chunks.next()) left.push(...chunk)
    expect([...(first?.subarray(0, 1) ?? []), ...room, ...left], `chunks of ${size}`).toEqual([
      ...counted(40),
    ])
    chunks.close()
  }
})

test('a body that ends, breaks or falls silent before there is enough is cut off', async () => {
  const cut = async (how: (body: PassThrough) => void): Promise<unknown> => {
    const body = new PassThrough()
    const chunks = new Chunks(body, 50)
    body.write(counted(3))
    const filled = chunks.fill(new Uint8Array(5)).catch((error: unknown) => error)
    how(body)
    return filled.finally(() => chunks.close())
  }
  expect(await cut((body) => body.end())).toBeInstanceOf(BodyCutOff)
  expect(await cut((body) => body.destroy())).toBeInstanceOf(BodyCutOff)
  expect(await cut((body) => body.destroy(new Error('reset')))).toBeInstanceOf(BodyCutOff)
  expect(await cut(() => undefined)).toBeInstanceOf(BodyCutOff)
})

test('a body is not read far ahead of whoever asks', async () => {
  const body = new PassThrough({ highWaterMark: 4 })
  const chunks = new Chunks(body)
  expect(await Promise.all([chunks.next(), body.write(counted(1))])).toEqual([counted(1), true])
  let written = 0
  while (written < 100 && body.write(counted(2))) {
    written += 1
    await new Promise(setImmediate)
  }
  expect(written).toBeLessThan(20)
  chunks.close()
})

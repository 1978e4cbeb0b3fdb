import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ReadableStream } from 'node:stream/web'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BodyCutOff, BodyTooLarge, spooled } from './spool.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'consilium-spool-'))
})
afterEach(() => {
  expect(readdirSync(folder), 'nothing of an upload stays').toEqual([])
  rmSync(folder, { recursive: true })
})

const bodyOf = (...chunks: (string | Error)[]): ReadableStream<Uint8Array> => {
  const left = [...chunks]
  return new ReadableStream({
    pull(controller) {
      const next = left.shift()
      if (next === undefined) controller.close()
      else if (next instanceof Error) controller.error(next)
      else controller.enqueue(Buffer.from(next))
    },
  })
}
const options = (limitBytes: number, announcedBytes: number | null = null) => ({
  folder,
  limitBytes,
  announcedBytes,
})

test('a body is a file while it is used', async () => {
  const read = await spooled(bodyOf('ab', 'cd'), options(4), async (path, bytes) => [
    readFileSync(path, 'utf8'),
    bytes,
  ])
  expect(read).toEqual(['abcd', 4])
  expect(await spooled(null, options(4), async (path) => readFileSync(path).length)).toBe(0)
})

test('[S21] one byte over the limit ends the reading, said beforehand or not', async () => {
  const never = async () => expect.unreachable()
  await expect(spooled(bodyOf('ab', 'cde'), options(4), never)).rejects.toThrow(BodyTooLarge)
  await expect(spooled(bodyOf('a'), options(4, 5), never)).rejects.toThrow(BodyTooLarge)
})

test('a sender that goes away is told from a fault of ours', async () => {
  await expect(spooled(bodyOf('ab', new Error('reset')), options(4), async () => 0)).rejects.toThrow(
    BodyCutOff,
  )
  const nowhere = { ...options(4), folder: join(folder, 'nowhere') }
  await expect(spooled(bodyOf('ab', 'cd'), nowhere, async () => 0)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a sender that falls silent is given up', async () => {
  const silent = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(Buffer.from('a')),
  })
  await expect(spooled(silent, { ...options(4), idleMs: 50 }, async () => 0)).rejects.toThrow(BodyCutOff)
})

test('the file goes even where its use fails', async () => {
  await expect(
    spooled(bodyOf('ab'), options(4), async () => {
      throw new Error('use failed')
    }),
  ).rejects.toThrow('use failed')
})

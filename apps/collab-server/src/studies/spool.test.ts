import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ReadableStream } from 'node:stream/web'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BodyCutOff } from './chunks.ts'
import { Lent } from './lending.ts'
import { BodyTooLarge, onDisk, spooled } from './spool.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'consilium-spool-'))
})
afterEach(() => {
  expect(readdirSync(folder), 'nothing of an upload stays').toEqual([])
  rmSync(folder, { recursive: true })
})

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
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

test('a small body stays in memory, a large one is a file while it is used, and both are known by their SHA-256', async () => {
  const small = await spooled(bodyOf('ab', 'cd'), options(4), async ({ content, ...file }) => ({
    ...file,
    content: Buffer.from(content?.bytes ?? []).toString(),
  }))
  expect(small).toEqual({
    bytes: 4,
    sha256: sha256('abcd'),
    content: 'abcd',
    path: null,
  })
  expect(await spooled(null, options(4), async (file) => file)).toMatchObject({
    bytes: 0,
    sha256: sha256(''),
  })
  const half = 'x'.repeat(3 * 2 ** 20)
  const large = await spooled(bodyOf(half, half), options(2 ** 30), async ({ path, ...file }) => [
    readFileSync(path ?? '', 'utf8') === half + half,
    file,
  ])
  expect(large).toEqual([true, { bytes: 6 * 2 ** 20, sha256: sha256(half + half), content: null }])
})

test('what lies in memory is a file for who needs one, and gone afterwards', async () => {
  const file = { content: Lent.of(Buffer.from('abcd')), path: null }
  expect(await onDisk(file, folder, async (path) => readFileSync(path, 'utf8'))).toBe('abcd')
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
  const nowhere = { ...options(2 ** 30), folder: join(folder, 'nowhere') }
  await expect(spooled(bodyOf('a'.repeat(5 * 2 ** 20)), nowhere, async () => 0)).rejects.toMatchObject({
    code: 'ENOENT',
  })
})

test('a sender that falls silent is given up', async () => {
  const silent = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(Buffer.from('a')),
  })
  await expect(spooled(silent, { ...options(4), idleMs: 50 }, async () => 0)).rejects.toThrow(BodyCutOff)
})

test('the file goes even where its use fails', async () => {
  await expect(
    spooled(bodyOf('a'.repeat(5 * 2 ** 20)), options(2 ** 30), async () => {
      throw new Error('use failed')
    }),
  ).rejects.toThrow('use failed')
})

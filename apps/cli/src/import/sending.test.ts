/** How many files travel together; what becomes of them at a server is in tests/import. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Link } from '../link.ts'
import { sendAll } from './sending.ts'

/** Of one slice of 512 × 512. */
const BYTES = 527_000
const folder = mkdtempSync(join(tmpdir(), 'consilium-sending-'))
afterEach(() => rmSync(folder, { recursive: true }))

test('what is left of a lot travels with the next one, not by itself', async () => {
  const path = join(folder, 'slice')
  writeFileSync(path, Buffer.alloc(BYTES))
  const files = Array.from({ length: 60 }, (_, k) => ({ path, name: String(k), bytes: BYTES }))
  const sizes: number[] = []
  // A server that knows nothing and keeps everything.
  const link = {
    call: async (_method: string, _path: string, { files: asked }: { files: string[] }) => ({
      files: asked.map(() => ({ status: null, reason: null, received: 0 })),
    }),
    sendBytes: async (_method: string, _path: string, _headers: object, body: Uint8Array[]) => {
      const sent = body.slice(1)
      sizes.push(sent.length)
      return sent.map(() => ({ name: '', status: 'stored', reason: null, inside: [] }))
    },
  } as unknown as Link
  const answers = await sendAll(link, 'import', files, () => undefined, 1)
  expect(sizes).toEqual([3, 6, 15, 15, 15, 6])
  expect(answers.map(({ name }) => name)).toEqual(files.map(({ name }) => name))
})

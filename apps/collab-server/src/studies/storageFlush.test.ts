import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BlobStore } from './storage.ts'

const flushed = vi.hoisted(() => ({ files: [] as string[], folders: [] as string[] }))
vi.mock('../flushFolder.ts', () => ({
  flush: async (path: string) => void flushed.files.push(path),
  flushFolder: async (path: string) => void flushed.folders.push(path),
}))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'consilium-blobs-'))
  flushed.files.length = 0
  flushed.folders.length = 0
})
afterEach(() => rmSync(folder, { recursive: true }))

test('[S39] what was flushed while others came has its name on the disk before it is settled, and its bytes are not flushed again', async () => {
  const store = new BlobStore(folder)
  const [before, left] = ['aa'.repeat(32), 'bb'.repeat(32)]
  for (const name of [before, left]) store.put('frames', name, [Buffer.from('pixels')])
  await store.flush('frames', [before])
  expect(flushed).toEqual({ files: [store.pathOf('frames', before)], folders: [] })
  await store.settle('frames', [before, left], undefined, new Set([before]))
  expect(flushed.files).toEqual([before, left].map((name) => store.pathOf('frames', name)))
  const folders = [join(folder, 'frames', 'aa'), join(folder, 'frames', 'bb'), join(folder, 'frames')]
  expect(flushed.folders.sort()).toEqual(folders.sort())
})

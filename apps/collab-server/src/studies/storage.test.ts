import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BlobStore } from './storage.ts'

const bytes = Buffer.from('pixels')
const name = createHash('sha256').update(bytes).digest('hex')
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'consilium-blobs-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a blob is complete, private to the server, and leaves nothing beside it', async () => {
  const store = new BlobStore(folder)
  await Promise.all([store.write('frames', name, bytes), store.write('frames', name, bytes)])
  const path = store.pathOf('frames', name)
  expect(path).toBe(join(folder, 'frames', name.slice(0, 2), name))
  expect(await store.read('frames', name)).toEqual(bytes)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(dirname(path))).toEqual([name])
})

test('a name that is no hash never becomes a path', () => {
  const store = new BlobStore(folder)
  expect(() => store.pathOf('frames', '../../etc/passwd')).toThrow(/SHA-256/)
})

test('sweeping removes what no row names and what was left half-written, and nothing else', async () => {
  const store = new BlobStore(folder)
  const orphan = name.replace(/^../, 'ff')
  await store.write('frames', name, bytes)
  await store.write('frames', orphan, bytes)
  writeFileSync(`${store.pathOf('frames', name)}.0a0b.tmp`, 'half')
  expect(await store.sweep((_, sha) => sha === name)).toBe(2)
  expect(store.has('frames', name)).toBe(true)
  expect(store.has('frames', orphan)).toBe(false)
})

test('[D20] an original left behind by a killed server is gone after the next start', async () => {
  const store = new BlobStore(folder)
  await store.clearIncoming()
  writeFileSync(join(store.incoming, 'left'), 'ROE^JANE')
  await store.clearIncoming()
  expect(existsSync(store.incoming)).toBe(true)
  expect(readdirSync(store.incoming)).toEqual([])
})

test('what another removes meanwhile is not found, and nothing else is kept silent about', async () => {
  const store = new BlobStore(folder)
  await store.write('frames', name, bytes)
  expect(await store.find('frames', name)).toEqual(bytes)
  await store.remove('frames', name)
  expect(await store.find('frames', name)).toBeNull()
  await expect(store.find('frames', '../x')).rejects.toThrow(/SHA-256/)
})

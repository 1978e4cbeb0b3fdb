import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { webApp } from './web.ts'

const CODE = `export const words = '${'word '.repeat(500)}'`
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'consilium-web-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'assets/room-1.js'), CODE)
  writeFileSync(join(folder, 'assets/room-1.js.gz'), gzipSync(CODE))
  writeFileSync(join(folder, 'assets/room-1.js.br'), brotliCompressSync(CODE))
})
afterAll(() => rmSync(folder, { recursive: true }))

const ask = (coding: string) =>
  webApp(folder).request('/assets/room-1.js', { headers: { 'accept-encoding': coding } })

test.each([
  ['gzip, deflate', 'gzip', gzipSync(CODE)],
  ['gzip, br', 'br', brotliCompressSync(CODE)],
  ['identity', null, Buffer.from(CODE)],
])('code goes as it was packed when it was built, to whoever takes "%s"', async (taken, coding, bytes) => {
  const answer = await ask(taken)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-encoding')).toBe(coding)
  expect(answer.headers.get('content-type')).toMatch(/javascript/)
  expect(answer.headers.get('cache-control')).toContain('immutable')
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes)
})

test('[V38] the address of a case is answered with the page that names its room, where there is one; any other with the page', async () => {
  const body = async (path: string): Promise<string> =>
    (await webApp(folder).request(path, { headers: { accept: 'text/html' } })).text()
  writeFileSync(join(folder, 'index.html'), 'page')
  expect(await body('/cases/abc234')).toBe('page')
  writeFileSync(join(folder, 'case.html'), 'case page')
  expect(
    await Promise.all(['/cases/abc234', '/cases/abc234/', '/cases/abc234/study', '/'].map(body)),
  ).toEqual(['case page', 'case page', 'page', 'page'])
})

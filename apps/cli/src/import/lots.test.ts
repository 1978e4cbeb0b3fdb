import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PART_BYTES } from '@consilium/contract/travel'
import { afterAll, expect, test } from 'vitest'
import { hashed, lotsOf } from './lots.ts'

const folder = mkdtempSync(join(tmpdir(), 'consilium-lots-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A file that was so long when it was found. */
function found(name: string, content: string, bytes = content.length) {
  const path = join(folder, name)
  writeFileSync(path, content)
  return { path, name, bytes }
}

const hash = async (files: ReturnType<typeof found>[]) => {
  const faults: string[] = []
  const ready = await hashed(
    files.map((file, at) => ({ at, file })),
    ({ file }, sentence) => faults.push(`${file.name}: ${sentence}`),
  )
  return { ready, faults, texts: ready.map(({ content }) => content && Buffer.from(content).toString()) }
}

test('a file that has grown, shrunk or gone since it was found costs itself', async () => {
  const files = [
    found('as it was', 'one'),
    found('grown', 'grown', 4),
    found('shrunk', 'shrunk', 7),
    { path: join(folder, 'nowhere'), name: 'gone', bytes: 3 },
    found('empty', ''),
    found('last', 'two'),
  ]
  const { ready, faults, texts } = await hash(files)
  expect(ready.map(({ at }) => at)).toEqual([0, 4, 5])
  expect(texts).toEqual(['one', '', 'two'])
  expect(ready[0]?.sha256).toBe('7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed')
  expect(faults).toEqual([
    'grown: The file was changed while it was sent.',
    'shrunk: The file was changed while it was sent.',
    'gone: The file could not be read (ENOENT).',
  ])
})

test('memory of files is used again only when all of them were sent', async () => {
  const { ready: first } = await hash([found('a', 'aaaa'), found('b', 'bbbb')])
  first[0]?.sent()
  const { ready: second } = await hash([found('c', 'cccc')])
  expect(first[1]?.content?.buffer).not.toBe(second[0]?.content?.buffer)
  first[1]?.sent()
  const { ready: third } = await hash([found('d', 'dddd')])
  expect(third[0]?.content?.buffer).toBe(first[1]?.content?.buffer)
})

test('nothing waits for many files while nothing is on its way: the first lots are small', () => {
  const file = { path: '', name: '', bytes: 512 * 1024 }
  const files = Array.from({ length: 100 }, () => file)
  expect(lotsOf(files).map((lot) => lot.length)).toEqual([4, 8, 24, 32, 32])
})

test('files that travel in parts are hashed and not kept', async () => {
  const large = found('large', 'x'.repeat(PART_BYTES + 1))
  const { ready } = await hash([large])
  const sha256 = createHash('sha256')
    .update('x'.repeat(PART_BYTES + 1))
    .digest('hex')
  expect(ready).toMatchObject([{ content: null, sha256 }])
  expect(lotsOf([large, large, found('e', 'e')]).map((lot) => lot.map(({ at }) => at))).toEqual([[0], [1, 2]])
})

import { expect, test } from 'vitest'
import type { Sql } from '../db/open.ts'
import type { ReadReply } from './jobs.ts'
import { Register } from './register.ts'
import type { BlobStore } from './storage.ts'

test('[S37] what was read while a picture of it was being removed is read again', async () => {
  const here = new Set(['goes'])
  let removing = () => {}
  const isRemoving = new Promise<void>((resolve) => (removing = resolve))
  let goOn = () => {}
  const mayGo = new Promise<void>((resolve) => (goOn = resolve))
  const blobs = {
    has: (_: string, sha256: string) => here.has(sha256),
    async remove(_: string, sha256: string) {
      removing()
      await mayGo
      here.delete(sha256)
    },
  } as unknown as BlobStore
  // No row names anything.
  const sql = (() => Promise.resolve([])) as unknown as Sql
  const register = new Register({ intake: sql }, blobs)

  const gone = register.remove(['goes'])
  await isRemoving
  const since = register.removals
  // Found on the disk, so not written again.
  const what = {
    sha256s: ['goes'],
    rows: ['{}'],
    suspicions: [],
  } satisfies ReadReply
  const entered = register.enter({
    import: 'i',
    project: 'p',
    mark: 'm',
    within: null,
    what,
    counts: true,
    since,
  })
  goOn()
  await gone
  expect(await entered).toBeNull()
})

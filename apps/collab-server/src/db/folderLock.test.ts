import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { StartupError } from '../startupError.ts'
import { lockFolder } from './folderLock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'consilium-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('lets one in, names it to the second, and the next in when it is gone', () => {
  const first = lockFolder(folder)
  expect(() => lockFolder(folder)).toThrow(StartupError)
  expect(() => lockFolder(folder)).toThrow(`in use by process ${process.pid}`)
  first.release()
  lockFolder(folder).release()
})

it('is not impressed by a number somebody left behind, even of a living process', () => {
  writeFileSync(join(folder, 'server.pid'), `${process.ppid}\n`)
  writeFileSync(join(folder, 'server.lock'), '')
  lockFolder(folder).release()
})

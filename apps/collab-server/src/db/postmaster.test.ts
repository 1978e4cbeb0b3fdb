import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openLog } from '../log.ts'
import { isRunningIn, stopPostmaster } from './postmaster.ts'

const log = openLog({ logLevel: 'silent' })
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'consilium-postmaster-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('leaves alone a process that only has the number of the old database', async () => {
  const bystander = spawn('sleep', ['30'], { cwd: '/' })
  writeFileSync(join(folder, 'postmaster.pid'), `${bystander.pid}\n`)
  await stopPostmaster(folder, log)
  expect(bystander.exitCode).toBeNull()
  expect(bystander.signalCode).toBeNull()
  expect(existsSync(join(folder, 'postmaster.pid'))).toBe(false)
  bystander.kill()
})

it.runIf(process.platform === 'linux')(
  'stops what works in the folder, insisting where asking does not help',
  async () => {
    const stubborn = spawn('sh', ['-c', "trap '' INT; while true; do sleep 0.05; done"], { cwd: folder })
    const gone = new Promise((resolve) => stubborn.once('exit', (_, signal) => resolve(signal)))
    writeFileSync(join(folder, 'postmaster.pid'), `${stubborn.pid}\n`)
    expect(await isRunningIn(stubborn.pid as number, folder)).toBe(true)
    await stopPostmaster(folder, log)
    expect(await gone).toBe('SIGQUIT')
  },
)

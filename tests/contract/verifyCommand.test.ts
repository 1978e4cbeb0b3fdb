/** `consilium verify` and `consilium export --history` as a person or a script meets them: what is printed, where, and how they end. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Archive, type Archived } from '../faults/tamper/archive.ts'

const BIN = join(import.meta.dirname, '../../apps/cli/bin/consilium.mjs')
// Each run starts a Node of its own.
vi.setConfig({ testTimeout: 180_000 })

let archive: Archive
let first: Archived
const folder = mkdtempSync(join(tmpdir(), 'consilium-verify-'))
beforeAll(async () => {
  archive = await Archive.make(2)
  await archive.putBack()
  first = archive.documents[0] as Archived
})
afterAll(async () => {
  await archive.close()
  rmSync(folder, { recursive: true })
})

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function consilium(...args: readonly string[]): Promise<Ended> {
  const env = {
    PATH: process.env.PATH ?? '',
    PORT: String(archive.server.port),
    CONSILIUM_DATA: archive.server.data,
    NO_COLOR: '1',
  }
  return new Promise((resolve) => {
    execFile(process.execPath, [BIN, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr }),
    )
  })
}

test('[J85] verify of a running server: 0 and what is unsealed where it is whole, 1 where it is not, 2 where it is not understood', async () => {
  const key = ['--key', archive.fingerprint]
  const unsealed = archive.documents.reduce((sum, { rows, sealed }) => sum + rows - sealed[1], 0)
  const whole = await consilium('verify', ...key)
  expect(whole).toMatchObject({ code: 0, stderr: '' })
  expect(whole.stdout).toContain(`Whole; ${unsealed} revisions are not sealed yet.`)
  const asJson = await consilium('verify', '--case', first.case.key, '--json', ...key)
  expect(JSON.parse(asJson.stdout)).toMatchObject({
    ok: true,
    key: { given: true },
    documents: [{ name: first.name, rows: first.rows }],
  })
  expect(await consilium('verify', '--key', '00'.repeat(32))).toMatchObject({ code: 1 })
  const later = `${first.name}:${first.rows + 1}:${'00'.repeat(32)}`
  const missed = await consilium('verify', ...key, '--seen', later)
  expect(missed.code).toBe(1)
  expect(missed.stdout).toContain(`FAULT (pages) ${first.name}, revision ${first.rows + 1}`)
  for (const mistaken of [
    ['--key', 'short'],
    ['--seen', 'x'],
    ['--witness', '/not/there'],
    ['/not/there'],
    ['--no'],
  ]) {
    const ended = await consilium('verify', ...mistaken)
    expect([mistaken, ended.code, ended.stdout]).toEqual([mistaken, 2, ''])
    expect(ended.stderr).toMatch(/\w/)
  }
  expect((await consilium('verify', '--help')).stdout).toContain('consilium verify ./evidence --key')
  const refused = await consilium('verify', '--token', 'consilium_nobody')
  expect(refused).toMatchObject({ code: 1, stdout: '' })
})

test('[J85] export --history writes a new folder that verifies, beside checkpoints that somebody else kept; one proof is a file', async () => {
  const out = join(folder, 'history')
  const made = await consilium('export', '--history', first.case.key, out, '--json')
  expect(made.code).toBe(0)
  expect(JSON.parse(made.stdout)).toMatchObject({
    format: 'consilium history 1',
    case: first.case,
    files: { rows: { lines: first.rows } },
  })
  expect(await consilium('export', '--history', first.case.key, out)).toMatchObject({ code: 1 })
  expect(await consilium('export', '--history', 'XX-1', join(folder, 'x'))).toMatchObject({ code: 1 })
  expect(await consilium('export', out)).toMatchObject({ code: 2 })

  const witness = join(folder, 'checkpoints.log')
  writeFileSync(witness, archive.published.map((one) => JSON.stringify(one)).join('\n'))
  const asked = [out, '--key', archive.fingerprint, '--witness', witness]
  expect(await consilium('verify', ...asked)).toMatchObject({ code: 0 })
  writeFileSync(join(out, 'checkpoints.ndjson'), `${JSON.stringify(archive.published[0])}\n`)
  const cut = await consilium('verify', ...asked)
  expect(cut).toMatchObject({ code: 1 })
  expect(cut.stdout).toContain('FAULT (witness)')

  const file = join(folder, 'proof.json')
  const admin = await archive.server.admin()
  writeFileSync(file, JSON.stringify(await admin.get(`/documents/${first.name}/proof/5`)))
  const proved = await consilium('verify', file, '--key', archive.fingerprint)
  expect(proved.code).toBe(0)
  expect(proved.stdout).toContain('Proved: revision 5')
  const text = readFileSync(file, 'utf8').replace('"seq":5', '"seq":6')
  writeFileSync(file, text)
  expect(await consilium('verify', file)).toMatchObject({ code: 1 })
})

test('[A20] export --audit writes a new folder that verifies, and what is changed in it is found and named', async () => {
  const out = join(folder, 'audit')
  const made = await consilium('export', '--audit', out)
  expect(made).toMatchObject({ code: 0, stderr: '' })
  expect(made.stdout).toMatch(/^\d+ entries and \d+ checkpoints in /)
  const asked = [out, '--key', archive.fingerprint]
  expect(await consilium('verify', ...asked)).toMatchObject({ code: 0 })
  const file = join(out, 'audit.ndjson')
  const [one, ...others] = readFileSync(file, 'utf8').split('\n')
  writeFileSync(file, [JSON.stringify({ ...JSON.parse(one as string), person: 77 }), ...others].join('\n'))
  const changed = await consilium('verify', ...asked)
  expect(changed.code).toBe(1)
  expect(changed.stdout).toContain('FAULT (chain) audit log, entry 1, by person 77')
  for (const mistaken of [[], ['--audit', '--history', first.case.key]])
    expect(await consilium('export', ...mistaken, join(folder, 'y'))).toMatchObject({ code: 2 })
})

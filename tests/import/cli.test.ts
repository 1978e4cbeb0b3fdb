/** `consilium` as a person or a script meets it: what it prints, where, and how it ends. */
import { execFile, spawn } from 'node:child_process'
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Series } from '@consilium/contract/studies'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Client, startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { madeSeries } from './made.ts'

const BIN = join(import.meta.dirname, '../../apps/cli/bin/consilium.mjs')

let server: TestServer
const folder = temporaryFolder('consilium-cli')

beforeAll(async () => {
  server = await startTestServer({ demo: true })
})
afterAll(async () => {
  await server.close()
  folder.remove()
})

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function consilium(args: readonly string[], env: Record<string, string> = {}, input = ''): Promise<Ended> {
  const settings = {
    PATH: process.env.PATH ?? '',
    PORT: String(server.port),
    CONSILIUM_DATA: server.data,
    XDG_STATE_HOME: folder.path,
    NO_COLOR: '1',
    ...env,
  }
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [BIN, ...args], { env: settings }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr }),
    )
    child.stdin?.end(input)
  })
}

/** A folder as people have it: nested, with a note, a hidden file, and links. */
async function studyFolder(name: string, variant: number): Promise<string> {
  const path = join(folder.path, name)
  mkdirSync(join(path, 'deeper', 'still'), { recursive: true })
  for (const [k, file] of (await madeSeries({ variant, slices: 6 })).entries())
    writeFileSync(join(path, k % 2 === 0 ? 'deeper' : 'deeper/still', `I${k}`), file.bytes)
  writeFileSync(join(path, '.DS_Store'), 'nothing of interest')
  return path
}

test('[S28] import --json prints each series as the API tells it, on stdout alone, and ends with 0', async () => {
  const path = await studyFolder('good', 70)
  const ended = await consilium(['import', path, '--project', 'LN', '--json'])
  expect(ended).toMatchObject({ code: 0, stderr: '' })
  const printed = JSON.parse(ended.stdout)
  expect(printed).toMatchObject({ stored: 6, alreadyHere: 0, refused: [] })
  expect(printed.series).toHaveLength(1)
  const [series] = printed.series
  const admin = await server.admin()
  const told = await admin.get<Series>(`/series/${series.id}`)
  expect(Object.keys(series.spacing)).toEqual(['row', 'column', 'slice'])
  for (const field of [
    'id',
    'case',
    'rows',
    'columns',
    'slices',
    'frames',
    'spacing',
    'direction',
    'firstPosition',
    'stored',
    'rescaled',
    'frameSha256',
  ] as const)
    expect(series[field], field).toEqual(told[field])
  expect(series.frameSha256).toEqual(
    (await madeSeries({ variant: 70, slices: 6 })).map((file) => file.sha256),
  )
  const again = JSON.parse((await consilium(['import', path, '--json'])).stdout)
  expect(again).toMatchObject({ stored: 0, alreadyHere: 6, series: [{ id: series.id, case: series.case }] })
})

test('[S28] a refused file is named with its fault, the others are imported, and the exit code is 1', async () => {
  const path = await studyFolder('mixed', 71)
  const [slice] = await madeSeries({ variant: 79, slices: 1 })
  writeFileSync(join(path, 'cut.dcm'), slice?.bytes.subarray(0, 900) ?? '')
  writeFileSync(join(path, 'letter.txt'), 'Dear colleague')
  const ended = await consilium(['import', path])
  expect(ended.code).toBe(1)
  expect(ended.stderr).toMatch(/^Left out: letter\.txt: .+\.\ncut\.dcm: Truncated: .+\.\n$/)
  expect(ended.stdout).toMatch(
    /^LN-\d{4}  CT  32 x 24, 6 slices, 0\.5 x 0\.75 x 2\.5 mm\n6 files stored, 1 left out, 1 refused\.\n$/,
  )
  expect(ended.stdout).not.toContain('\u001b[')
  const json = JSON.parse((await consilium(['import', path, '--json'])).stdout)
  expect(json).toMatchObject({
    received: 8,
    alreadyHere: 6,
    held: [],
    leftOut: [{ name: 'letter.txt', reason: expect.any(String) }],
    refused: [{ name: 'cut.dcm', reason: expect.stringContaining('Truncated') }],
    quarantine: [],
    notes: [],
  })
})

test('[S28] with nothing refused the exit code is 0, also where a file was left out', async () => {
  const path = await studyFolder('letter', 78)
  writeFileSync(join(path, 'letter.txt'), 'Dear colleague')
  expect(await consilium(['import', path])).toMatchObject({ code: 0 })
})

test('links that lead out of a named folder are left out, and said', async () => {
  const path = await studyFolder('linked', 72)
  const outside = join(folder.path, 'outside')
  mkdirSync(outside)
  cpSync(join(path, 'deeper', 'I0'), join(outside, 'secret'))
  symlinkSync(join(outside, 'secret'), join(path, 'leads-out'))
  symlinkSync(outside, join(path, 'leads-out-too'))
  symlinkSync(join(path, 'deeper'), join(path, 'circle'))
  const ended = await consilium(['import', path, '--json'])
  expect(ended.code).toBe(0)
  expect(JSON.parse(ended.stdout)).toMatchObject({ stored: 6, refused: [] })
  for (const name of ['leads-out', 'leads-out-too', 'circle'])
    expect(ended.stderr).toContain(join(path, name))
})

/** A port that was free a moment ago. */
function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const listening = createServer().listen(0, '127.0.0.1', () => {
      const { port } = listening.address() as AddressInfo
      listening.close(() => resolve(port))
    })
  })
}

test('a server that is not there, a path that is not there, a project that is not there: one clear line and 1', async () => {
  const path = await studyFolder('plain', 73)
  const port = await closedPort()
  const nobody = await consilium(['import', path, '--server', `http://localhost:${port}`, '--token', 'x'])
  expect(nobody).toMatchObject({ code: 1, stdout: '' })
  expect(nobody.stderr).toMatch(
    /^No server answers at http:\/\/localhost:\d+ \(ECONNREFUSED\)\. Start one with "consilium serve".*\n$/,
  )
  const nothing = await consilium(['import', join(folder.path, 'no such folder')])
  expect(nothing).toMatchObject({ code: 1, stderr: expect.stringMatching(/there is no such file or folder/) })
  const long = await consilium(['import', 'x'.repeat(300)])
  expect(long).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/: it cannot be read \(ENAMETOOLONG\)\.\n$/),
  })
  const project = await consilium(['import', path, '--project', 'XX'])
  expect(project).toMatchObject({
    code: 1,
    stderr: 'There is no project "XX"; there is LN (Lung nodule consensus).\n',
  })
  const stranger = await consilium(['user', 'list', '--token', 'wrong'])
  expect(stranger).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^This access token is not accepted/),
  })
})

test("[I20] the administrator's token of this machine is never sent to another one", async () => {
  const elsewhere = await consilium(['user', 'list', '--server', 'http://192.0.2.1:4000'])
  expect(elsewhere).toMatchObject({ code: 1, stderr: expect.stringMatching(/no access token/) })
})

test.each([
  [['import']],
  [['bogus']],
  [['user', 'list', '--server', 'nonsense']],
  [['user', 'list', '--server', 'ftp://localhost']],
  [['user', 'add', '--name', 'A B', '--login', 'ab', '--role', 'king']],
  [['user', 'add', '--name', 'A B', '--login', 'ab', '--role', 'reader']],
  [['history', 'LN-0001', '--limit', 'many']],
  [['serve', '--port', 'http']],
])('%j is not understood: 2, and nothing on stdout', async (args) => {
  const ended = await consilium(args)
  expect(ended).toMatchObject({ code: 2, stdout: '' })
  expect(ended.stderr).not.toBe('')
})

test.each([
  [['--help']],
  [['import', '--help']],
  [['user', 'add', '--help']],
  [['token', 'create', '--help']],
  [['history', '--help']],
  [['serve', '--help']],
])('%j explains itself and ends with 0', async (args) => {
  const ended = await consilium(args)
  expect(ended).toMatchObject({ code: 0, stderr: '' })
  expect(ended.stdout).toContain('Usage: consilium')
  if (args.length > 1) expect(ended.stdout).toMatch(/Examples?:/)
})

test('people are added and listed, tokens are made, and a token speaks for its owner', async () => {
  const added = await consilium(
    [
      'user',
      'add',
      '--name',
      'Dr N. Achterberg',
      '--login',
      'achterberg',
      '--project',
      'LN',
      '--role',
      'reader',
      '--password-stdin',
    ],
    {},
    'a good long password\n',
  )
  expect(added).toMatchObject({ code: 0, stderr: '' })
  const person = await server.signIn('achterberg', 'a good long password')
  expect(await person.get('/projects')).toMatchObject([{ key: 'LN', role: 'reader' }])
  const made = JSON.parse(
    (await consilium(['user', 'add', '--name', 'B C', '--login', 'bc', '--json'])).stdout,
  )
  await expect(server.signIn('bc', made.password)).resolves.toBeDefined()
  expect(
    JSON.parse((await consilium(['user', 'list', '--json'])).stdout).map(
      (one: { login: string }) => one.login,
    ),
  ).toEqual(expect.arrayContaining(['achterberg', 'bc', 'okafor']))
  expect(await consilium(['user', 'add', '--name', 'B C', '--login', 'B C'])).toMatchObject({
    code: 1,
    stderr:
      'login: small letters, digits and . _ @ - only, the first a letter or digit. Correct the named field.\n',
  })
  const token = await consilium(['token', 'create', '--title', 'script', '--login', 'achterberg'])
  expect(token.code).toBe(0)
  const script = Client.withToken(server.url, token.stdout.trim())
  expect(await script.get('/me')).toMatchObject({ person: { login: 'achterberg' } })
  const listed = await consilium(['user', 'list'], { CONSILIUM_TOKEN: token.stdout.trim() })
  expect(listed).toMatchObject({ code: 1, stdout: '' })
})

test('the history of a case is found by its key', async () => {
  const path = await studyFolder('told', 74)
  const [series] = JSON.parse((await consilium(['import', path, '--json'])).stdout).series
  const admin = await server.admin()
  const { key } = await admin.get<{ key: string }>(`/cases/${series.case}`)
  const ended = await consilium(['history', key.toLowerCase(), '--json'])
  expect(ended).toMatchObject({ code: 0 })
  expect(JSON.parse(ended.stdout)).toMatchObject({
    case: series.case,
    key,
    document: `panel:${series.case}`,
    items: [],
  })
  expect(await consilium(['history', 'LN-9999'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('LN-9999'),
  })
})

test('[S31] serve is the server: it answers, and a signal to the whole group ends it in order, with 0', async () => {
  const port = await closedPort()
  const data = join(folder.path, 'served')
  const child = spawn(process.execPath, [BIN, 'serve', '--port', String(port), '--data', data], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, CONSILIUM_DEMO: '0', LOG_LEVEL: 'error' },
    detached: true,
    stdio: 'ignore',
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const ready = () =>
    fetch(`http://localhost:${port}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
  while (child.exitCode === null && !(await ready())) await sleep(100)
  expect(child.exitCode).toBeNull()
  process.kill(-(child.pid ?? 0), 'SIGTERM')
  expect(await ended).toBe(0)
})

/** `consilium import` over a bad connection: broken in the midst of a file, interrupted by Ctrl-C, and given again. */
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { BATCH_FILES } from '@consilium/contract/travel'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { largePicture } from './largePicture.ts'
import { madeSeries } from './made.ts'

const BIN = join(import.meta.dirname, '../../apps/cli/bin/consilium.mjs')
const folder = temporaryFolder('consilium-cli-again')

type Fate = 'pass' | 'break' | 'lose the answer' | 'hold'

let server: TestServer
/** Between command and server; the test says what becomes of each request. */
let wire: Server
let fateOf: (what: string) => Fate
let seen: string[]
let onHeld: () => void
let onPassed: (what: string) => void

beforeAll(async () => {
  server = await startTestServer({ demo: true })
  wire = createServer((asked, answered) => {
    const what = `${asked.method} ${asked.url?.replace(/^\/api\/(imports\/[^/]+\/)?/, '').replace(/\/[0-9a-f]{64}$/, '')}`
    seen.push(what)
    const fate = fateOf(what)
    if (fate === 'break') return void asked.socket.destroy()
    if (fate === 'hold') return void asked.resume().on('end', () => onHeld())
    const passed = request(
      {
        port: server.port,
        method: asked.method,
        path: asked.url,
        headers: { ...asked.headers, host: `localhost:${server.port}` },
      },
      (answer) => {
        if (fate === 'lose the answer') {
          answer.resume().on('end', () => asked.socket.destroy())
          return
        }
        answered.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(answered).on('finish', () => onPassed(what))
      },
    )
    asked.pipe(passed)
  })
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve))
})
beforeEach(() => {
  seen = []
  fateOf = () => 'pass'
  onHeld = () => undefined
  onPassed = () => undefined
})
afterAll(async () => {
  wire.closeAllConnections()
  wire.close()
  await server.close()
  folder.remove()
})

function consilium(path: string) {
  const { port } = wire.address() as AddressInfo
  const child = spawn(
    process.execPath,
    [BIN, 'import', path, '--json', '--server', `http://localhost:${port}`],
    {
      env: {
        PATH: process.env.PATH,
        CONSILIUM_DATA: server.data,
        XDG_STATE_HOME: folder.path,
        NO_COLOR: '1',
      },
    },
  )
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (text) => void (stdout += text))
  child.stderr.on('data', (text) => void (stderr += text))
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, stdout, stderr })),
  )
  return { child, ended }
}

async function studyFolder(name: string, variant: number, slices: number): Promise<string> {
  const path = join(folder.path, name)
  mkdirSync(path)
  for (const [k, file] of (await madeSeries({ variant, slices })).entries())
    writeFileSync(join(path, `I${k}`), file.bytes)
  return path
}

const times = (what: string): number => seen.filter((one) => one === what).length

test('[S28] Ctrl-C says that the same command goes on; it does, and sends only what is missing', async () => {
  // One batch that is full, and what is left.
  const path = await studyFolder('interrupted', 81, BATCH_FILES + 6)
  fateOf = (what) => (what === 'POST batches' && times('POST batches') > 1 ? 'hold' : 'pass')
  const first = consilium(path)
  const passed = new Promise<void>((resolve) => {
    onPassed = (what) => what === 'POST batches' && resolve()
  })
  onHeld = () => void passed.then(() => first.child.kill('SIGINT'))
  expect(await first.ended).toMatchObject({
    code: 130,
    stdout: '',
    stderr: 'Interrupted. The same command goes on with this import; only what is missing is sent.\n',
  })
  seen = []
  fateOf = () => 'pass'
  const again = await consilium(path).ended
  expect(again).toMatchObject({ code: 0, stderr: 'Going on with the import that was interrupted.\n' })
  expect(JSON.parse(again.stdout)).toMatchObject({
    received: BATCH_FILES + 6,
    stored: BATCH_FILES + 6,
    alreadyHere: 0,
    series: [{ slices: BATCH_FILES + 6 }],
  })
  expect(seen.filter((one) => one.startsWith('POST projects'))).toEqual([])
  expect(times('POST batches')).toBe(1)
})

test('[S28] given again after the end, nothing is sent', async () => {
  const path = await studyFolder('twice', 82, 6)
  const first = JSON.parse((await consilium(path).ended).stdout)
  seen = []
  const again = await consilium(path).ended
  expect(again).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(again.stdout)).toMatchObject({
    stored: 0,
    alreadyHere: 6,
    series: [{ id: first.series[0].id }],
  })
  expect(times('POST batches')).toBe(0)
})

test('a connection that breaks costs what was on its way: a batch, a part, or an answer', async () => {
  const path = await studyFolder('broken', 83, 4)
  // A single picture of somewhat more than two parts.
  writeFileSync(join(path, 'large.dcm'), (await largePicture(83)).bytes)
  const broken = new Map<string, Fate[]>([
    ['POST known', ['break']],
    ['POST batches', ['break', 'lose the answer']],
    ['PUT parts', ['pass', 'break', 'lose the answer']],
    ['POST finish', ['break']],
  ])
  fateOf = (what) => broken.get(what)?.shift() ?? 'pass'
  const ended = await consilium(path).ended
  expect(ended).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(ended.stdout)).toMatchObject({ received: 5, stored: 5, refused: [] })
  expect([...broken.values()].flat()).toEqual([])
  // Three parts, one of them again because it broke; what only lost its answer is not sent twice.
  expect(times('PUT parts')).toBe(4)
  expect(times('POST batches')).toBe(2)
})

/**
 * Browser tests: starts the real server with its demo study on a free port and an empty data folder, waits until the study and all that is
 * said about it are there, lets Playwright drive several browsers against it, and takes everything down again. Two files of tests run side
 * by side, each against a server of its own whose data folder begins as a copy. Arguments are passed on to Playwright.
 */
import { execFileSync, spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Case, Project } from '../../packages/contract/src/projects.ts'
import { findChromium } from '../support/chromium.ts'
import { Client, type ServerProcess, startServerProcess, temporaryFolder } from '../support/server.ts'

/** Of the demo's conversation; the last of them is the last thing said. */
const ANNOTATIONS = 5
/** Making the study keeps every core busy. */
const PATIENCE_MS = 600_000
/** One mostly waits for its pages, and three would want more memory than a small machine has. */
const SIDE_BY_SIDE = process.platform === 'win32' ? 1 : Math.min(2, availableParallelism())

const chromium = findChromium()
const folder = temporaryFolder('consilium-e2e')
const servers: ServerProcess[] = []
try {
  const first = await start('0')
  await untilStudyIsThere(first.url)
  if (SIDE_BY_SIDE > 1) {
    await first.kill('SIGTERM')
    servers.length = 0
    // With owners and modes: the database runs under an account of its own.
    for (let n = 1; n < SIDE_BY_SIDE; n++)
      execFileSync('cp', ['-a', `${folder.path}/0`, `${folder.path}/${n}`])
    for (let n = 0; n < SIDE_BY_SIDE; n++) await start(String(n))
  }
  process.exitCode = await playwright()
  if (process.exitCode !== 0) for (const server of servers) console.error(server.stderr().slice(-4_000))
} finally {
  for (const server of servers) await server.kill('SIGTERM')
  folder.remove()
}

async function start(name: string): Promise<ServerProcess> {
  const data = `${folder.path}/${name}`
  const server = await startServerProcess({ data, demoStudy: true, env: { LOG_LEVEL: 'warn' } })
  servers.push(server)
  return server
}

async function untilStudyIsThere(url: string): Promise<void> {
  const reader = new Client(url)
  await reader.signIn('okafor')
  const [project] = await reader.get<Project[]>('/projects')
  const isThere = async () => {
    const [made] = await reader.get<Case[]>(`/projects/${project?.id}/cases`)
    return made?.annotations === ANNOTATIONS
  }
  for (const end = Date.now() + PATIENCE_MS; !(await isThere()); await sleep(500))
    if (Date.now() > end) throw new Error('the demo study was not made')
}

function playwright(): Promise<number> {
  const given = servers.map(({ url, data }) => ({ url, data }))
  const child = spawn('playwright', ['test', ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, CHROMIUM_PATH: chromium, CONSILIUM_E2E_SERVERS: JSON.stringify(given) },
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}

/**
 * Browser tests: starts the real server with its demo study on a free port and an empty data folder, waits until the study and all that is
 * said about it are there, lets Playwright drive several browsers against it, and takes everything down again. Arguments are passed on to Playwright.
 */
import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Case, Project } from '../../packages/contract/src/projects.ts'
import { findChromium } from '../support/chromium.ts'
import { Client, type ServerProcess, startServerProcess, temporaryFolder } from '../support/server.ts'

/** Of the demo's conversation; the last of them is the last thing said. */
const ANNOTATIONS = 5
/** Making the study keeps every core busy. */
const PATIENCE_MS = 600_000

const chromium = findChromium()
const folder = temporaryFolder('consilium-e2e')
let server: ServerProcess | null = null
try {
  server = await startServerProcess({
    data: `${folder.path}/data`,
    demoStudy: true,
    env: { LOG_LEVEL: 'warn' },
  })
  await untilStudyIsThere(server.url)
  process.exitCode = await playwright(server.url, server.data)
  if (process.exitCode !== 0) console.error(server.stderr().slice(-4_000))
} finally {
  await server?.kill('SIGTERM')
  folder.remove()
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

function playwright(url: string, data: string): Promise<number> {
  const child = spawn('playwright', ['test', ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, CHROMIUM_PATH: chromium, CONSILIUM_E2E_URL: url, CONSILIUM_E2E_DATA: data },
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}

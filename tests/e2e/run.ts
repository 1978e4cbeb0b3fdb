/**
 * Browser tests: starts the real server with its demo study on a free port and an empty data folder, waits until the study is there,
 * lets Playwright drive several browsers against it, and takes everything down again. Arguments are passed on to Playwright.
 */
import { spawn } from 'node:child_process'
import { findChromium } from '../support/chromium.ts'
import { type ServerProcess, startServerProcess, temporaryFolder } from '../support/server.ts'

const chromium = findChromium()
const folder = temporaryFolder('consilium-e2e')
let server: ServerProcess | null = null
try {
  server = await startServerProcess({
    data: `${folder.path}/data`,
    demoStudy: true,
    env: { LOG_LEVEL: 'warn' },
  })
  process.exitCode = await playwright(server.url, server.data)
  if (process.exitCode !== 0) console.error(server.stderr().slice(-4_000))
} finally {
  await server?.kill('SIGTERM')
  folder.remove()
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

/** Browser tests: several browsers as several people, on servers that tests/e2e/run.ts starts: one for each worker. */
import { defineConfig } from '@playwright/test'
import { CHROMIUM_FLAGS, findChromium } from './tests/support/chromium.ts'

const servers: { url: string; data: string }[] = JSON.parse(process.env.CONSILIUM_E2E_SERVERS ?? '[]')
// This file is read in every worker anew.
const own = servers[Number(process.env.TEST_PARALLEL_INDEX ?? 0)]
if (own) Object.assign(process.env, { CONSILIUM_E2E_URL: own.url, CONSILIUM_E2E_DATA: own.data })

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  workers: Math.max(1, servers.length),
  // Far beyond what a busy machine needs: only what never comes fails, and a step that cannot be taken is named.
  timeout: 900_000,
  expect: { timeout: 90_000 },
  reporter: [['list']],
  forbidOnly: true,
  use: {
    baseURL: process.env.CONSILIUM_E2E_URL,
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    actionTimeout: 90_000,
    navigationTimeout: 90_000,
    launchOptions: { executablePath: findChromium(), args: CHROMIUM_FLAGS },
  },
})

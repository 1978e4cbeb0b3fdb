/** Browser tests: several browsers as several people, on one server that tests/e2e/run.ts starts. */
import { defineConfig } from '@playwright/test'
import { CHROMIUM_FLAGS, findChromium } from './tests/support/chromium.ts'

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  workers: 1,
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

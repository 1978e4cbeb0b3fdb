/** Pictures of every room and of the workspace, to be looked at: `npm run pictures`. Not tests; they lie in pictures/ afterwards. */
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import tests from '../../playwright.config.ts'

export default defineConfig(tests, {
  testDir: import.meta.dirname,
  testMatch: ['scenes.ts', 'rooms.ts'],
  workers: 1,
  outputDir: join(import.meta.dirname, '../../pictures'),
})

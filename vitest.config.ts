import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'apps/*/src/**/*.test.ts',
      'tests/{compat,contract,convergence,faults,fuzz,history,import,rules,simulation,wire}/**/*.test.ts',
    ],
    globalSetup: './tests/support/template.ts',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
})

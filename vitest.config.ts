import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'apps/*/src/**/*.test.ts',
      'tests/{compat,contract,convergence,faults,fuzz,history,import,masks,rules,simulation,wire}/**/*.test.ts',
    ],
    globalSetup: './tests/support/template.ts',
    // Far beyond what a busy machine needs: only what never comes fails.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    pool: 'forks',
    // Some files mostly wait.
    maxWorkers: Math.min(6, availableParallelism() + 1),
  },
})

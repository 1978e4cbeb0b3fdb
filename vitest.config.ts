import { globSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/support/longestFirst.ts'

// Each process would compile the same modules again: workers of the tests and the servers that they start keep the result for one another.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/compiled')

const common = {
  // Far beyond what a busy machine needs: only what never comes fails.
  testTimeout: 300_000,
  hookTimeout: 300_000,
  pool: 'forks',
} as const

const PARTS = ['packages/*/src/**/*.test.ts', 'apps/web/src/**/*.test.ts']
/** Those that change what others would find: modules, globals, the time. */
const ALONE = globSync(PARTS, { cwd: import.meta.dirname }).filter((path) =>
  /\bvi\.(mock|doMock|spyOn|stub|useFakeTimers|setSystemTime)/.test(
    readFileSync(join(import.meta.dirname, path), 'utf8'),
  ),
)

export default defineConfig({
  test: {
    globalSetup: './tests/support/template.ts',
    sequence: { sequencer: LongestFirst },
    // Some files mostly wait.
    maxWorkers: Math.min(6, availableParallelism() + 1),
    projects: [
      {
        test: {
          ...common,
          name: 'parts',
          include: PARTS,
          exclude: ALONE,
          // Nothing in them outlives a test, and a process for each takes longer than most of them.
          isolate: false,
        },
      },
      {
        test: {
          ...common,
          name: 'whole',
          include: [
            ...ALONE,
            'apps/{cli,collab-server}/src/**/*.test.ts',
            'tests/{compat,contract,convergence,faults,fuzz,golden,history,import,masks,rules,simulation,wire}/**/*.test.ts',
          ],
        },
      },
    ],
  },
})

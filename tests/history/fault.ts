/** As a row of docs/reliability.md: `npm run faults -- history`. The tests beside this file, with more histories. */
import { execFile } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Fault } from '../faults/fault.ts'

const ROOT = join(import.meta.dirname, '../..')

interface Report {
  readonly testResults: readonly {
    readonly message: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly title: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

export const fault: Fault = {
  id: 'H1',
  fault:
    'random histories of two to five people who change one document at once, unaware of each other for a while (in one process, through the gate into a real database): random revisions of them are opened, compared, blamed and restored, while others go on',
  must: 'a document at a revision is a replay from zero; a comparison is the difference by brute force; blame is what somebody says who watched every act; a restore is the old content, by exactly one revision of the right person, and what others send meanwhile survives',
  trials: { short: 300, full: 500 },
  async run(trials, seed) {
    const [figures, report] = ['figures', 'report'].map((name) =>
      join(tmpdir(), `consilium-history-${process.pid}-${name}.json`),
    ) as [string, string]
    try {
      const tests = ['vitest', 'run', 'tests/history', '--reporter=json', `--outputFile=${report}`]
      const env = { HISTORY_RUNS: String(trials), TEST_SEED: String(seed), HISTORY_FIGURES: figures }
      await promisify(execFile)('npx', tests, { cwd: ROOT, env: { ...process.env, ...env } }).catch(
        // That tests failed stands in the report.
        () => undefined,
      )
      return { trials, failures: failuresIn(report), figures: figuresIn(figures) }
    } finally {
      for (const file of [figures, report]) rmSync(file, { force: true })
    }
  },
}

function failuresIn(report: string): string[] {
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
  return testResults.flatMap(({ message, assertionResults }) => {
    const failed = assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ title, failureMessages }) => `${title}: ${failureMessages[0]?.split('\n')[0]}`)
    return failed.length > 0 || message === '' ? failed : [message]
  })
}

const figuresIn = (file: string): Record<string, number> =>
  Object.assign(
    {},
    ...readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  )

/**
 * The files that take longest are begun first, so that at the end nobody waits for one of them alone. Vitest does so by what it measured
 * before, which a fresh clone has not.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const LONGEST = [
  'tests/faults/storage',
  'tests/faults/bytes',
  'tests/masks/fuzz',
  'tests/contract/process',
  'tests/import/demo',
  'tests/wire/erasing',
  'tests/faults/tamper',
  'tests/import/quarantineCrash',
  'tests/import/cli',
  'tests/contract/backup',
  'tests/faults/network',
  'tests/contract/backupElsewhere',
  'tests/history/restore',
  'tests/import/series',
]

const rank = ({ moduleId }: TestSpecification): number => {
  const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
  return at < 0 ? LONGEST.length : at
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    // Projects stay together.
    const projects = [...new Set(sorted.map(({ project }) => project))]
    return sorted.toSorted(
      (a, b) => projects.indexOf(a.project) - projects.indexOf(b.project) || rank(a) - rank(b),
    )
  }
}

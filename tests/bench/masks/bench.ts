/**
 * How fast painting is: `npm run bench masks [part …]`. No server takes part: it is the raster that is measured, by the time that its one
 * thread works (in a browser by the clock). BENCH_SMALL=1 takes a tenth of the acts, to see that it works. docs/benchmarks.md explains the
 * figures.
 */
import { type Goal, printGoals } from '../goals.ts'
import { machine, printMachine, printTable, writeJson } from '../report.ts'
import { browser } from './parts/browser.ts'
import { bytes } from './parts/bytes.ts'
import { cold } from './parts/cold.ts'
import { live } from './parts/live.ts'
import { page } from './parts/page.ts'
import { type Part, warmUp } from './parts/part.ts'
import { together } from './parts/together.ts'

const PARTS: readonly Part[] = [page, cold, live, browser, bytes, together]
const SHARE = process.env['BENCH_SMALL'] === '1' ? 0.1 : 1

const wanted = process.argv.slice(3)
const unknown = wanted.find((name) => !PARTS.some((part) => part.name === name))
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}"; there are: ${PARTS.map((part) => part.name).join(', ')}`)
  process.exit(2)
}
const on = machine(['yjs'])
printMachine(on)
console.log('A volume of 512 × 512 × 300 voxels, 20 segments, 20 people.')
warmUp()
const all: Goal[] = []
for (const part of PARTS) {
  if (wanted.length > 0 && !wanted.includes(part.name)) continue
  const begun = performance.now()
  const { rows, goals } = await part.run(SHARE)
  printTable(part.title, rows)
  if (goals.length > 0) printGoals(goals)
  const seconds = Math.round((performance.now() - begun) / 1_000)
  console.log(`\n${seconds} s; figures: ${writeJson(`masks-${part.name}`, { rows, goals, seconds }, on)}`)
  all.push(...goals)
}
console.log(`\n${all.filter(({ met }) => met).length} of ${all.length} met`)

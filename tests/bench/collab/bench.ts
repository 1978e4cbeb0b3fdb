/**
 * Bare Hocuspocus, the y-websocket server and this server in one run on one machine, interleaved. `npm run bench collab [part …]`;
 * BENCH_ROUNDS says how often (median of the rounds). docs/benchmarks.md explains the figures.
 */
import { printTable, type Row, writeJson } from '../report.ts'
import { closedLoop } from './parts/closedLoop.ts'
import { idle } from './parts/idle.ts'
import { kill } from './parts/kill.ts'
import type { Part } from './parts/part.ts'
import { rates } from './parts/rates.ts'
import { coldStorm, warmStorm } from './parts/storms.ts'

const PARTS: readonly Part[] = [rates, closedLoop, coldStorm, warmStorm, idle, kill]
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5)

const wanted = process.argv.slice(3)
const unknown = wanted.find((name) => !PARTS.some((part) => part.name === name))
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}"; there are: ${PARTS.map((part) => part.name).join(', ')}`)
  process.exit(2)
}
for (const part of PARTS) {
  if (wanted.length > 0 && !wanted.includes(part.name)) continue
  const { rows, goals } = await part.run(ROUNDS)
  printTable(`${part.title} (${ROUNDS} interleaved rounds)`, rows)
  printTable(
    'Asked of Consilium',
    goals.map(({ met, ...rest }): Row => ({ ...rest, met: met ? 'yes' : 'NO' })),
  )
  console.log(`figures: ${writeJson(`collab-${part.name}`, { rows, goals })}`)
}
process.exit(0)

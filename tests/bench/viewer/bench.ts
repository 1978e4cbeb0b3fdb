/**
 * How fast the viewer is: `npm run bench viewer [part …]`. The page as it is shipped (signed in, live channel open) beside Cornerstone3D in
 * its default and its CPU mode, niivue and dwv, on the same slices, in the same browser, in turn; a fresh browser for every visit.
 * BENCH_ROUNDS says how often (at least 5 to mean anything), BENCH_SMALL=1 takes one short series and few steps, to see that it works.
 * docs/benchmarks.md explains the figures.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '../../support/server.ts'
import { type Goal, printGoals } from '../goals.ts'
import { SOURCE } from '../ingest/files.ts'
import { machine, printMachine, printTable, writeJson } from '../report.ts'
import { FLAGS } from './flags.ts'
import { PEERS, versionOf } from './installed.ts'
import { serveOurs } from './ours.ts'
import { live } from './parts/live.ts'
import { one } from './parts/one.ts'
import { others } from './parts/others.ts'
import type { Bed, Part } from './parts/part.ts'
import { planes } from './parts/planes.ts'
import { size } from './parts/size.ts'
import { throttled } from './parts/throttled.ts'
import { servePeers } from './peers.ts'
import { placesOf } from './places.ts'
import { writeAll } from './series.ts'

const PARTS: readonly Part[] = [one, planes, live, others, throttled, size]
const isSmall = process.env['BENCH_SMALL'] === '1'
const rounds = Number(process.env['BENCH_ROUNDS'] ?? (isSmall ? 1 : 5))
const lengths = isSmall ? [60] : [60, 300]
const steps = isSmall ? 8 : 30

const wanted = process.argv.slice(3)
const unknown = wanted.find((name) => !PARTS.some((part) => part.name === name))
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}"; there are: ${PARTS.map((part) => part.name).join(', ')}`)
  process.exit(2)
}
const on = machine(['@playwright/test'])
printMachine(on)
const folder = temporaryFolder('bench-viewer')
const pictures = join(folder.path, 'pictures')
mkdirSync(pictures)
await writeAll(pictures, lengths)
const peers = await servePeers(pictures, join(folder.path, 'pages'))
const versions = Object.fromEntries(PEERS.map((name) => [name, versionOf(name)]))
console.log(`${JSON.stringify(versions)} · pictures: ${SOURCE} · ${FLAGS.join(' ')}`)
const ours = await serveOurs(pictures, lengths)
const all: Goal[] = []
try {
  const places = await placesOf(ours, lengths[0] ?? 0)
  const bed: Bed = { ours, peers, lengths, rounds, steps, places, pictures }
  for (const part of PARTS) {
    if (wanted.length > 0 && !wanted.includes(part.name)) continue
    const begun = performance.now()
    const { rows, goals } = await part.run(bed)
    printTable(`${part.title} (${rounds} in turn)`, rows)
    if (goals.length > 0) printGoals(goals)
    const seconds = Math.round((performance.now() - begun) / 1_000)
    const figures = { versions, flags: FLAGS, rounds, rows, goals, seconds }
    console.log(`\n${seconds} s; figures: ${writeJson(`viewer-${part.name}`, figures, on)}`)
    all.push(...goals)
  }
} finally {
  await peers.close()
  await ours.close()
  folder.remove()
}
console.log(`\n${all.filter(({ met }) => met).length} of ${all.length} met`)
process.exit(0)

/** Files per second, processor time per file and memory of both servers: the same files, one series at a time, a fresh server for each. */
import { join } from 'node:path'
import { temporaryFolder } from '../../../support/server.ts'
import { answerOf, ended } from '../../collab/target.ts'
import { type Goal, goal } from '../../goals.ts'
import type { Row } from '../../report.ts'
import { baseSlices, writeSeries } from '../files.ts'
import { SERVERS, type Server } from '../servers.ts'
import { cpuOf, watchPeak } from '../tree.ts'
import { median, type Part, spread } from './part.ts'

const SIZES = process.env['BENCH_SMALL'] === '1' ? [12, 60] : [60, 1_000]
const CONNECTIONS = [1, 4]
/** Sent first and not measured: a server that has just started is still learning its own code. */
const WARM_UP = 40

interface Run {
  /** ms until every file was answered, and until there was a study of them. */
  readonly sent: number
  readonly done: number
  /** Seconds on the processors: of the server with all that it started, and of whoever sent. */
  readonly cpu: number
  readonly sending: number
  readonly own: number
  readonly tree: number
}

async function one(
  server: Server,
  folder: (name: string) => string,
  size: number,
  connections: number,
): Promise<Run> {
  const running = await server.start()
  try {
    await series(running, folder('warm'), WARM_UP, WARM_UP, connections)
    const before = cpuOf(running.pid)
    const peak = watchPeak(running.pid)
    const expected = server.name === 'Orthanc' ? WARM_UP + size : size
    const times = await series(running, folder(String(size)), size, expected, connections)
    peak.stop()
    return { ...times, cpu: cpuOf(running.pid) - before, own: peak.own(), tree: peak.tree() }
  } finally {
    await running.close()
  }
}

async function series(
  running: Awaited<ReturnType<Server['start']>>,
  folder: string,
  size: number,
  expected: number,
  connections: number,
): Promise<Pick<Run, 'sent' | 'done' | 'sending'>> {
  const opened = await running.open()
  const sender = await opened.sender(folder, connections)
  const before = cpuOf(sender.pid as number)
  const begun = performance.now()
  const sent = await answerOf<number>(sender, 'sent', 'sent')
  const sending = cpuOf(sender.pid as number) - before
  await opened.finish(expected)
  const done = performance.now() - begun
  await ended(sender, 'SIGKILL')
  if (size === 0) throw new Error('nothing was sent')
  return { sent, done, sending }
}

export const rate: Part = {
  name: 'rate',
  title: 'Files a second',
  async run(rounds) {
    const files = temporaryFolder('bench-files')
    const folder = (name: string): string => join(files.path, name)
    try {
      const base = await baseSlices()
      await writeSeries(folder('warm'), base, WARM_UP, 500)
      for (const size of SIZES) await writeSeries(folder(String(size)), base, size, 1)
      return await measured(rounds, folder)
    } finally {
      files.remove()
    }
  },
}

async function measured(
  rounds: number,
  folder: (name: string) => string,
): Promise<{ rows: Row[]; goals: Goal[] }> {
  const rows: Row[] = []
  const goals: Goal[] = []
  for (const size of SIZES)
    for (const connections of CONNECTIONS) {
      const runs = SERVERS.map((): Run[] => [])
      for (let n = 0; n < rounds; n++)
        for (const [k, server] of SERVERS.entries())
          runs[k]?.push(await one(server, folder, size, connections))
      const load = `${size} slices, ${connections} ${connections === 1 ? 'connection' : 'connections'}`
      for (const [k, server] of SERVERS.entries()) rows.push(rowOf(load, server.name, size, runs[k] ?? []))
      goals.push(...goalsOf(load, size, connections, runs[0] ?? [], runs[1] ?? []))
    }
  return { rows, goals }
}

const rowOf = (load: string, server: string, size: number, runs: readonly Run[]): Row => ({
  load,
  server,
  'files/s answered': spread(runs.map(({ sent }) => size / (sent / 1_000))),
  'files/s ready': spread(runs.map(({ done }) => size / (done / 1_000))),
  'CPU ms/file': spread(
    runs.map(({ cpu }) => (cpu * 1_000) / size),
    1,
  ),
  'of the sender': spread(
    runs.map(({ sending }) => (sending * 1_000) / size),
    1,
  ),
  'peak MiB': spread(runs.map(({ own }) => own)),
  'with its database': spread(runs.map(({ tree }) => tree)),
})

function goalsOf(
  load: string,
  size: number,
  connections: number,
  theirs: readonly Run[],
  mine: readonly Run[],
): Goal[] {
  // Round by round: whatever the machine did then, it did to both.
  const ratio = (of: (run: Run) => number): number =>
    median(mine.map((run, n) => of(run) / of(theirs[n] as Run)))
  return [
    goal(
      `${load}: files/s until ready, by Orthanc's`,
      ratio(({ done }) => size / done),
      '>=',
      connections === 1 ? 1 : 0.8,
    ),
    goal(
      `${load}: peak memory of the server and its threads, by Orthanc's`,
      ratio(({ own }) => own),
      '<=',
      2.5,
    ),
  ]
}

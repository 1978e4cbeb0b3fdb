import { setTimeout as sleep } from 'node:timers/promises'
import type { onDisconnectParameters } from '@hocuspocus/provider'
import { postmasterOf } from '../../../apps/collab-server/src/db/postmaster.ts'
import { until } from '../../wire/page.ts'
import { type Editor, Editors } from '../editor.ts'
import { type Fault, type Outcome, Random, tell } from '../fault.ts'
import { finish } from '../finish.ts'
import { Installation } from '../installation.ts'
import { percentile } from '../percentiles.ts'
import { ForeignPostgres } from '../postgres.ts'

const EDITORS = 10
const MOST_MS = 10_000
/** Every outage this long must be noticed and told. */
const NOTICED_MS = 4_000

/** A database that can be taken away. */
interface Victim {
  readonly name: string
  readonly installation: Installation
  /** Resolves when it is gone. */
  kill(random: Random): Promise<void>
  /** Resolves when it takes connections again. `meanwhile` runs right before it is started, where we are who starts it. */
  comeBack(random: Random, meanwhile: (awayMs: number) => Promise<void>): Promise<void>
}

export const fault: Fault = {
  id: 'R5',
  fault: `the database goes while ${EDITORS} people edit: the postmaster of the embedded one is killed (SIGKILL); a PostgreSQL behind DATABASE_URL is killed or stopped with pg_ctl’s “immediate”, by turns, and started again after up to ${MOST_MS / 1_000} s`,
  must: `edits wait, nothing is acknowledged meanwhile, every page stays connected and is told so where it lasts ${NOTICED_MS / 1_000} s; when the database is back everything is acknowledged once`,
  trials: { short: 1, full: 20 },
  async run(trials, seed) {
    const embedded = Math.floor(trials / 2)
    const outcomes = [
      await withEmbedded((victim) => outages(victim, embedded, seed)),
      await withForeign((victim) => outages(victim, trials - embedded, seed + embedded)),
    ]
    const stalls = outcomes.flatMap((outcome) => outcome.stalls)
    const sum = (of: (outcome: Outages) => number) =>
      outcomes.reduce((total, outcome) => total + of(outcome), 0)
    return {
      trials,
      failures: outcomes.flatMap((outcome) => outcome.failures),
      figures: {
        'edits acknowledged': sum(({ acknowledged }) => acknowledged),
        'of these made while it was away': sum(({ madeMeanwhile }) => madeMeanwhile),
        lost: sum(({ lost }) => lost),
        doubled: sum(({ doubled }) => doubled),
        'database back to first acknowledgement, p50 ms': Math.round(percentile(stalls, 0.5)),
        'p95 ms': Math.round(percentile(stalls, 0.95)),
        databases: outcomes.map(({ name }) => name).join(', '),
      },
    } satisfies Outcome
  },
}

interface Outages {
  readonly name: string
  readonly failures: readonly string[]
  readonly stalls: readonly number[]
  readonly acknowledged: number
  readonly madeMeanwhile: number
  readonly lost: number
  readonly doubled: number
}

async function outages(victim: Victim, trials: number, seed: number): Promise<Outages> {
  const { installation } = victim
  const failures: string[] = []
  const stalls: number[] = []
  let madeMeanwhile = 0
  const server = await installation.start()
  const document = installation.documents[0] as string
  const editors = await Editors.open(await installation.people(), document, EDITORS)
  const left: string[] = []
  for (const { page } of editors.all)
    page.provider.on('disconnect', ({ event }: onDisconnectParameters) =>
      left.push(`${event.code} ${event.reason}`),
    )

  for (let trial = 0; trial < trials; trial++) {
    const where = `seed ${seed + trial}, ${victim.name}`
    const random = new Random(seed + trial)
    const began = performance.now()
    editors.work(random)
    await until('an acknowledgement', () => editors.firstToldAfter(began) !== null)
    await sleep(random.between(5, 800))

    const heard = editors.all.map(({ page }) => page.said.length)
    const news = (editor: Editor, n: number) =>
      editor.page.said.slice(heard[n]).filter((message) => message.t === 'saving')
    // Of a series that was never named the database is asked before there is a row.
    for (const editor of editors.all) editor.annotate(`series of outage ${trial}`)
    await victim.kill(random)
    const acts = editors.acts
    // What was on its way when the database went may still be answered.
    await installation.settled()
    const acknowledged = editors.acknowledged
    await victim.comeBack(random, async (awayMs) => {
      if (awayMs >= NOTICED_MS) {
        const told = (editor: Editor, n: number) => news(editor, n).some(({ paused }) => paused)
        // It stays away until they are: on a busy machine that takes longer.
        await until('every page to be told', () => editors.all.every(told)).catch((error: Error) =>
          failures.push(`${where}: ${error.message}`),
        )
        const { status } = await fetch(`${server.url}/readyz`)
        if (status !== 503) failures.push(`${where}: /readyz answered ${status} while it was away`)
      }
      if (editors.acknowledged > acknowledged)
        failures.push(
          `${where}: ${editors.acknowledged - acknowledged} edits were acknowledged while it was away`,
        )
    })
    const back = performance.now()
    madeMeanwhile += editors.acts - acts
    await until('an acknowledgement afterwards', () => editors.firstToldAfter(back) !== null)
    stalls.push((editors.firstToldAfter(back) as number) - back)
    await editors.rest()
    await editors.saved()
    const inTheDark = editors.all.filter((editor, n) => news(editor, n).at(-1)?.paused === true)
    if (inTheDark.length > 0)
      failures.push(`${where}: ${inTheDark.length} pages were not told that it is back`)
    if (left.length > 0)
      failures.push(
        `${where}: pages lost their connection ${left.length} times (${[...new Set(left)].join('; ')})`,
      )
    left.length = 0
    tell(`${victim.name}: ${trial + 1} of ${trials} outages, ${editors.acknowledged} edits acknowledged`)
  }
  const { judgement, faults } = await finish(installation, document, editors)
  const { lost, doubled, broken } = judgement
  failures.push(
    ...[...lost, ...doubled, ...broken, ...faults].map(
      (what) => `seeds ${seed} to ${seed + trials - 1}, ${victim.name}: ${what}`,
    ),
  )
  editors.close()
  return {
    name: victim.name,
    failures,
    stalls,
    acknowledged: editors.acknowledged,
    madeMeanwhile,
    lost: lost.length,
    doubled: doubled.length,
  }
}

async function withEmbedded<T>(work: (victim: Victim) => Promise<T>): Promise<T> {
  const installation = await Installation.make()
  let killed = 0
  try {
    return await work({
      name: 'embedded',
      installation,
      async kill() {
        killed = (await postmasterOf(installation.cluster))?.pid as number
        process.kill(killed, 'SIGKILL')
      },
      // The server starts it again by itself.
      comeBack: () =>
        until('the embedded database', async () => {
          const now = await postmasterOf(installation.cluster)
          return now !== null && now.pid !== killed && now.status === 'ready'
        }),
    })
  } finally {
    await installation.close()
  }
}

async function withForeign<T>(work: (victim: Victim) => Promise<T>): Promise<T> {
  const postgres = await ForeignPostgres.start()
  try {
    const installation = await Installation.make({ databaseUrl: postgres.url })
    try {
      return await work({
        name: postgres.name,
        installation,
        kill: (random) => postgres.stop(random.pick(['SIGKILL', 'SIGQUIT'])),
        async comeBack(random, meanwhile) {
          const awayMs = random.between(0, MOST_MS)
          await sleep(awayMs)
          await meanwhile(awayMs)
          await postgres.start()
        },
      })
    } finally {
      await installation.close()
    }
  } finally {
    await postgres.close()
  }
}

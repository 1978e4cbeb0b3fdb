/**
 * SIGKILL (no warning, no last words) at random moments of a server on which twenty people edit, again and again. After every kill,
 * before any page can send anything again, the journal is read and held against what the pages had been told. Ten kills share a
 * document; then everybody finishes, and everything ever done must be there once.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '../wire/page.ts'
import { Editors } from './editor.ts'
import { type Outcome, Random, tell } from './fault.ts'
import { finish } from './finish.ts'
import type { Installation } from './installation.ts'
import { type Judgement, judge } from './ledger.ts'
import { percentile } from './percentiles.ts'

const EDITORS = 20
const KILLS_PER_DOCUMENT = 10
const MOST_MS = 800

export const documentsFor = (trials: number): number => Math.ceil(trials / KILLS_PER_DOCUMENT)

/** `installation` has as many documents as `documentsFor` says. */
export async function killAgainAndAgain(
  installation: Installation,
  trials: number,
  seed: number,
): Promise<Outcome> {
  const failures: string[] = []
  const returns: number[] = []
  const sum = { acknowledged: 0, sentAgain: 0, lost: 0, doubled: 0 }
  function note(where: string, { lost, doubled, broken }: Judgement): void {
    sum.lost += lost.length
    sum.doubled += doubled.length
    for (const what of [...lost, ...doubled, ...broken]) failures.push(`${where}: ${what}`)
  }

  await installation.start()
  const people = await installation.people()
  for (let done = 0; done < trials; done += KILLS_PER_DOCUMENT) {
    const document = installation.documents[done / KILLS_PER_DOCUMENT] as string
    const editors = await Editors.open(people, document, EDITORS)
    let startMs: number | null = null
    let connectedAt = performance.now()
    const last = Math.min(trials, done + KILLS_PER_DOCUMENT)
    for (let trial = done; trial < last; trial++) {
      const random = new Random(seed + trial)
      editors.work(random)
      // Every other time somebody has been answered already; else it may hit pages that are still coming back.
      if (random.next() < 0.5)
        await until('an acknowledgement', () => editors.firstToldAfter(connectedAt) !== null)
      await sleep(random.between(5, MOST_MS))
      const told = editors.firstToldAfter(connectedAt)
      if (startMs !== null && told !== null) returns.push(startMs + told - connectedAt)

      await installation.server.kill('SIGKILL')
      await editors.rest()
      await editors.disconnect()
      const began = performance.now()
      await installation.start()
      startMs = performance.now() - began
      // Nobody may send anything again before the record was looked at.
      note(`seed ${seed + trial}`, judge(await installation.journal(document), editors.all))
      sum.sentAgain += editors.acts - editors.acknowledged
      connectedAt = performance.now()
      editors.connect()
    }
    const where = `seeds ${seed + done} to ${seed + last - 1}, at the end`
    const end = await finish(installation, document, editors)
    note(where, end.judgement)
    failures.push(...end.faults.map((what) => `${where}: ${what}`))
    sum.acknowledged += editors.acknowledged
    editors.close()
    tell(`${last} of ${trials} kills, ${sum.acknowledged} edits acknowledged, ${failures.length} failures`)
  }
  return {
    trials,
    failures,
    figures: {
      'edits acknowledged': sum.acknowledged,
      lost: sum.lost,
      doubled: sum.doubled,
      'unanswered at a kill, sent again': sum.sentAgain,
      ...(returns.length > 0 && {
        'restart to first acknowledgement, p50 ms': Math.round(percentile(returns, 0.5)),
        'p95 ms': Math.round(percentile(returns, 0.95)),
      }),
    },
  }
}

/** The server is asked to stop (SIGTERM) while people edit, and started again, as at every update of it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Editors } from '../editor.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { finish } from '../finish.ts'
import { Installation } from '../installation.ts'
import { type Judgement, judge } from '../ledger.ts'
import { percentile, rounded } from '../percentiles.ts'

const EDITORS = 10
const SERVICE_RESTART = 1012
const PER_DOCUMENT = 10

export const fault: Fault = {
  id: 'N12',
  fault: `the server is asked to stop (SIGTERM) while ${EDITORS} people edit, and started again`,
  must: 'it ends in order (code 0), pages are told to come back (1012) and do, and everything acknowledged is there',
  trials: { short: 2, full: 50 },
  async run(trials, seed) {
    const failures: string[] = []
    const stops: number[] = []
    const returns: number[] = []
    let acknowledged = 0
    const installation = await Installation.make({
      documents: Math.ceil(trials / PER_DOCUMENT),
    })
    try {
      await installation.start()
      const people = await installation.people()
      for (let first = 0; first < trials; first += PER_DOCUMENT) {
        const document = installation.documents[first / PER_DOCUMENT] as string
        const editors = await Editors.open(people, document, EDITORS)
        // What each page was told first; then it finds nobody there.
        const codes = new Map<Editors['all'][number], number>()
        for (const editor of editors.all)
          editor.page.provider.on('close', ({ event }: { event: { code: number } }) => {
            if (!codes.has(editor)) codes.set(editor, event.code)
          })
        const note = (where: string, { lost, doubled, broken }: Judgement): void => {
          for (const what of [...lost, ...doubled, ...broken]) failures.push(`${where}: ${what}`)
        }
        const last = Math.min(trials, first + PER_DOCUMENT)
        for (let trial = first; trial < last; trial++) {
          const random = new Random(seed + trial)
          const where = `seed ${seed + trial}`
          editors.work(random)
          await sleep(random.between(50, 500))
          codes.clear()
          const asked = performance.now()
          const { code } = await installation.server.kill('SIGTERM')
          stops.push(performance.now() - asked)
          await editors.rest()
          await editors.disconnect()
          if (code !== 0) failures.push(`${where}: it ended with ${code}`)
          for (const editor of editors.all)
            if (codes.get(editor) !== SERVICE_RESTART)
              failures.push(`${where}: ${editor.client} was closed with ${codes.get(editor)}`)
          acknowledged += editors.acknowledged
          await installation.start()
          note(where, judge(await installation.journal(document), editors.all))
          const back = performance.now()
          editors.connect()
          await editors.saved().catch((error: Error) => failures.push(`${where}: ${error.message}`))
          returns.push(performance.now() - back)
          if ((trial + 1) % 10 === 0) tell(`${trial + 1} of ${trials}`)
        }
        const end = await finish(installation, document, editors)
        note(`seed ${seed}, in the end`, end.judgement)
        for (const line of end.faults) failures.push(`seed ${seed}, in the end: ${line}`)
        editors.close()
      }
    } finally {
      await installation.close()
    }
    return {
      trials,
      failures,
      figures: {
        'edits acknowledged': acknowledged,
        'stopped after, ms p95': rounded(percentile(stops, 0.95)),
        'pages in sync again after, ms p95': rounded(percentile(returns, 0.95)),
      },
    }
  },
}

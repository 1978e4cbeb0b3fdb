import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { openPage, until } from '../../wire/page.ts'
import { type Editor, Editors } from '../editor.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { Installation } from '../installation.ts'
import { rangesOf } from '../ledger.ts'

const EDITORS = 6

export const fault: Fault = {
  id: 'R12a',
  fault: `the data folder is replaced by a copy made while the server was stopped earlier; ${EDITORS} pages of a document come back to it: all but one had been told of rows that are not in the copy, that one was away meanwhile`,
  must: 'every page that was told of a row which the server has no more is refused with that reason (record-cut) and writes nothing; an alarm counts it; the page that was away goes on, and so does a new one',
  trials: { short: 1, full: 5 },
  async run(trials, seed) {
    const failures: string[] = []
    let told = 0
    for (let trial = 0; trial < trials; trial++) {
      const found = await restored(new Random(seed + trial))
      told += found.told
      failures.push(...found.failures.map((what) => `seed ${seed + trial}: ${what}`))
      tell(`${trial + 1} of ${trials}`)
    }
    return { trials, failures, figures: { 'pages told': `${told} of ${trials * (EDITORS - 1)}` } }
  },
}

const refused = ({ page }: Editor): boolean => [...page.reasons, ...page.refusals].includes('record-cut')

async function restored(random: Random): Promise<{ told: number; failures: string[] }> {
  const failures: string[] = []
  const installation = await Installation.make()
  const copy = `${installation.data}-copy`
  const document = installation.documents[0] as string
  try {
    await installation.start()
    const people = await installation.people()
    const editors = await Editors.open(people, document, EDITORS)
    async function workAWhile(who: Editors): Promise<void> {
      who.work(random)
      await sleep(random.between(100, 500))
      await who.rest()
      await who.saved()
    }
    await workAWhile(editors)
    await installation.server.kill('SIGTERM')
    await editors.disconnect()
    // With owners and modes: the database runs under an account of its own.
    execFileSync('cp', ['-a', installation.data, copy])

    await installation.start()
    const [away, ...busy] = editors.all as [Editor, ...Editor[]]
    const others = editors.without(away)
    others.connect()
    await workAWhile(others)
    await installation.server.kill('SIGTERM')
    await others.disconnect()
    rmSync(installation.data, { recursive: true, maxRetries: 5 })
    execFileSync('mv', [copy, installation.data])

    await installation.start()
    const before = await installation.journal(document)
    editors.connect()
    await until('every page to be told', () => busy.every(refused)).catch(() => undefined)
    const told = busy.filter(refused).length
    if (told < busy.length) failures.push(`${busy.length - told} pages were not told that the record was cut`)
    if (refused(away)) failures.push('a page was turned away that had been told of nothing that is missing')
    const acknowledged = away.acknowledged
    away.act(random)
    await until('the page that may go on', () => away.acknowledged > acknowledged).catch(() =>
      failures.push(
        `the page that was away is not answered: ${[...away.page.reasons, ...away.page.refusals]}`,
      ),
    )
    const fresh = await openPage(people[0] as (typeof people)[number], document)
    if (!fresh.provider.synced) failures.push(`a new page was not let in: ${fresh.reasons}`)
    fresh.close()
    const since = (await installation.journal(document)).slice(before.length)
    const cut = new Set(busy.map(({ client }) => client))
    if (since.some(({ edit, bytes }) => edit && rangesOf(bytes).some(({ client }) => cut.has(client))))
      failures.push('a page wrote to a record that had been cut')
    const alarms = await installation.alarms('record-cut')
    if (alarms < 1) failures.push('no alarm counted it')
    editors.close()
    return { told, failures }
  } finally {
    await installation.close()
    rmSync(copy, { recursive: true, force: true })
  }
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ChainReport, Revisions } from '../../../packages/contract/src/revisions.ts'
import { comment, openThread } from '../../../packages/crdt-schema/src/acts/all.ts'
import type { Client } from '../../support/server.ts'
import { openPage, until } from '../../wire/page.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { Installation } from '../installation.ts'

/** It takes a second or a few; what matters is over in the first half of it. */
const MOST_MS = 5_000

export const fault: Fault = {
  id: 'R17',
  fault: `the server is killed (SIGKILL) up to ${MOST_MS} ms after somebody asked for the words of a comment to be taken out of the record, and started again`,
  must: 'it has happened or it has not: the words are gone from the document, all of its past, the database and its files, with a revision that says so, or all of them are there and no revision says anything; what was answered has happened; the record verifies',
  trials: { short: 2, full: 30 },
  async run(trials, seed) {
    const failures: string[] = []
    let happened = 0
    const installation = await Installation.make()
    try {
      await installation.start()
      for (let trial = 0; trial < trials; trial++) {
        const found = await cutOff(installation, new Random(seed + trial), `Jones the ${seed + trial}th`)
        if (found.happened) happened++
        failures.push(...found.failures.map((what) => `seed ${seed + trial}: ${what}`))
        tell(`${trial + 1} of ${trials}`)
      }
    } finally {
      await installation.close()
    }
    return { trials, failures, figures: { 'had happened': `${happened} of ${trials}` } }
  },
}

async function cutOff(
  installation: Installation,
  random: Random,
  words: string,
): Promise<{ happened: boolean; failures: string[] }> {
  const name = installation.documents[0] as string
  const [okafor, , vasquez] = (await installation.people()) as [Client, Client, Client]
  const page = await openPage(okafor, name)
  const anchor = { series: 's', frame: 0, point: [0, 0, 0], annotation: null } as const
  const id = comment(
    page.doc,
    openThread(page.doc, { about: 'comment', anchor, reason: '', text: '' }),
    `as seen in ${words}`,
  )
  await page.saved()
  page.close()
  const wanted = { root: 'comments', id, field: 'text', reason: 'names the patient' }
  const answered = vasquez.ask('POST', `/documents/${name}/redactions`, wanted).then(
    ({ ok }) => ok,
    () => false,
  )
  await sleep(random.next() ** 2 * MOST_MS)
  await installation.server.kill('SIGKILL')
  await installation.start()

  const failures: string[] = []
  const [reader] = (await installation.people()) as [Client]
  const get = <T>(path: string): Promise<T> => reader.get<T>(`/documents/${name}/${path}`)
  const { items, head } = await get<Revisions>('revisions?limit=500')
  const happened = items.some(
    ({ act, touched }) => act === 'redact' && touched.some(({ entry }) => entry === id),
  )
  if ((await answered) && !happened) failures.push('it was answered, and had not happened')
  const { fault } = await get<ChainReport>('chain')
  if (fault) failures.push(`revision ${fault.seq}: ${fault.what}`)
  const film = await (await reader.ask('GET', `/documents/${name}/film/0`)).arrayBuffer()
  const places = {
    'the document': JSON.stringify(await get(`at/${head}?as=json`)).includes(words),
    'its past': Buffer.from(film).includes(words),
    'the table': await isInTable(installation, words),
  }
  for (const [place, there] of Object.entries(places))
    if (there === happened) failures.push(`the words are ${there ? 'still' : 'no longer'} in ${place}`)
  if (happened) {
    await until('the files to be written anew', () => isSwept(installation))
    const files = filesWith(words, installation.cluster)
    if (files.length > 0) failures.push(`the words are still in ${files}`)
  }
  return { happened, failures }
}

const isInTable = (installation: Installation, words: string): Promise<boolean> =>
  installation.database(async (sql) => {
    const [found] = await sql<{ yes: boolean }[]>`
      select exists (select from revision where position(${Buffer.from(words)}::bytea in bytes) > 0) as yes`
    return found?.yes ?? false
  })

const isSwept = (installation: Installation): Promise<boolean> =>
  installation.database(async (sql) => (await sql`select from purge_due`).length === 0)

const filesWith = (words: string, folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => readFileSync(path).includes(words))

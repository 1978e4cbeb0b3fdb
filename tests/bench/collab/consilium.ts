/** This server, as it is shipped: sign-in, lease, gate and journal in front of every edit. Each client is a reader with a session of its own. */

import type { Case } from '@consilium/contract/projects'
import { importFiles } from '../../import/door.ts'
import { madeSeries } from '../../import/made.ts'
import {
  Client as Person,
  type ServerProcess,
  startServerProcess,
  temporaryFolder,
} from '../../support/server.ts'
import { openPage } from '../../wire/page.ts'
import { freePort, type Running, type Target } from './target.ts'

const READERS = ['okafor', 'lindqvist'] as const

export const consilium: Target = {
  name: 'Consilium (gate + journal)',
  async start(): Promise<Running> {
    const folder = temporaryFolder('bench')
    const port = await freePort()
    const options = { data: `${folder.path}/data`, port, demo: true }
    let server: ServerProcess = await startServerProcess(options)
    const signedIn: Person[] = []
    let cases = 0

    async function reader(): Promise<Person> {
      const person = new Person(server.url)
      await person.signIn(READERS[signedIn.length % READERS.length] as string)
      signedIn.push(person)
      return person
    }

    return {
      async connect(document) {
        const page = await openPage(await reader(), document)
        return {
          doc: page.doc,
          unacknowledged: () => page.provider.unsyncedChanges,
          close: () => page.close(),
        }
      },
      async freshDocument() {
        const adjudicator = new Person(server.url)
        await adjudicator.signIn('vasquez')
        const made = await importFiles(adjudicator, await madeSeries({ slices: 2, variant: 100 + cases++ }))
        const series = made.series[0]
        if (!series) throw new Error('the series for the benchmark was not imported')
        const { id } = await adjudicator.get<Case>(`/cases/${series.case}`)
        return `panel:${id}`
      },
      async crash() {
        await server.kill('SIGKILL')
        server = await startServerProcess(options)
      },
      async close() {
        await server.kill('SIGTERM')
        folder.remove()
      },
    }
  },
}

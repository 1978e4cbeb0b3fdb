/** What all parts measure on: one server with two long documents, and somebody who may see them. */
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client, temporaryFolder } from '../../support/server.ts'
import { answerOf, ended, freePort, startScript } from '../collab/target.ts'
import type { Plan } from './record/people.ts'
import type { Seeded } from './record/seed.ts'
import type { Turns } from './turns.ts'

export interface Bed extends Seeded {
  readonly url: string
  /** Of the administrator. */
  readonly token: string
  readonly person: Client
  /** ms that the server's process takes for the blame of an annotation of the long document, at its newest revision: without the way. */
  blameInside(annotation: string): Promise<number>
  /** Of the server's event loop, since the last call. */
  turns(): Promise<Turns>
  /** Resolves when the server has hardly anything to do: a long document is still being read when a page has it. */
  calm(): Promise<void>
  close(): Promise<void>
}

/** Of the processor in a second: reading a document takes all of it, and to be watched a thousand times a second some 50. */
const CALM_MS = 300

const script = (name: string): string => fileURLToPath(new URL(`./${name}.ts`, import.meta.url))

export async function makeBed(plans: { readonly large: Plan; readonly long: Plan }): Promise<Bed> {
  const folder = temporaryFolder('bench')
  const data = join(folder.path, 'data')
  const seeding = await startScript(script('record/seed'), {}, [data, JSON.stringify(plans)])
  const seeded = await answerOf<Seeded>(seeding, 'seeded')
  await ended(seeding, 'SIGTERM')
  const port = await freePort()
  const env = { PORT: String(port), CONSILIUM_DATA: data, CONSILIUM_DEMO: '1', LOG_LEVEL: 'error' }
  const server: ChildProcess = await startScript(script('server'), env)
  const url = `http://127.0.0.1:${port}`
  const person = new Client(url)
  await person.signIn('vasquez')
  return {
    ...seeded,
    url,
    token: readFileSync(join(data, 'admin-token'), 'utf8').trim(),
    person,
    blameInside: (annotation) =>
      answerOf(server, 'blame', 'blame', {
        document: seeded.long.document,
        annotation,
        at: seeded.long.head,
      }),
    turns: () => answerOf(server, 'turns', 'turns'),
    async calm() {
      const cpuMs = async (): Promise<number> => {
        const { user, system } = await answerOf<NodeJS.CpuUsage>(server, 'cpu', 'cpu')
        return (user + system) / 1_000
      }
      for (let [used, last] = [Number.POSITIVE_INFINITY, await cpuMs()]; used > CALM_MS; ) {
        await sleep(1_000)
        const now = await cpuMs()
        ;[used, last] = [now - last, now]
      }
    },
    async close() {
      await ended(server, 'SIGTERM')
      folder.remove()
    },
  }
}

/** The database goes away under the server: what HTTP and the live channel say then. */
import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let okafor: Client
beforeAll(async () => {
  server = await startTestServer({ demo: true, env: { LOG_LEVEL: 'silent' } })
  okafor = await server.signIn('okafor')
})
afterAll(() => server.close())

const cluster = () => join(server.data, 'postgres')
const postmaster = () => Number(readFileSync(join(cluster(), 'postmaster.pid'), 'utf8').split('\n')[0])

/** Every process of the database. Linux only. */
function processes(): number[] {
  const folder = realpathSync(cluster())
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === folder
      } catch {
        return false // gone meanwhile
      }
    })
}

const until = async (condition: () => Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20))
}

const refusal = async (answer: Response) => [answer.status, ((await answer.json()) as { code?: string }).code]

describe.runIf(process.platform === 'linux')(
  '[I32] while its database is away the server says so, and goes on when it is back',
  () => {
    it('killed: every question is answered 503, never 500, until it is 200 again', async () => {
      process.kill(postmaster(), 'SIGKILL')
      const answers = new Set<number>()
      await until(async () => {
        const answer = await okafor.ask('GET', '/me')
        answers.add(answer.status)
        if (answer.status !== 200) expect(await refusal(answer)).toEqual([503, 'not-ready'])
        return answer.status === 200 && answers.size === 2
      })
      expect([...answers].toSorted()).toEqual([200, 503])
    })

    it('hanging: nobody who asks hangs with it', async () => {
      const frozen = processes()
      for (const pid of frozen) process.kill(pid, 'SIGSTOP')
      try {
        const asked = ['/me', '/projects', '/tokens'].map((path) => okafor.ask('GET', path))
        for (const answer of await Promise.all(asked))
          expect(await refusal(answer)).toEqual([503, 'not-ready'])
        const health = await fetch(`${server.url}/readyz`)
        expect([health.status, await health.json()]).toEqual([
          503,
          expect.objectContaining({ ready: false, reason: 'database' }),
        ])
        expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
      } finally {
        for (const pid of frozen) process.kill(pid, 'SIGCONT')
      }
      await until(async () => (await fetch(`${server.url}/readyz`)).ok)
      expect((await okafor.ask('GET', '/me')).status).toBe(200)
    })
  },
)

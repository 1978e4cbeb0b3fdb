import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ demo: true })
})
afterAll(() => server.close())

const look = (headers: Record<string, string>) => fetch(`${server.url}/metrics`, { headers })

it('[I31] what the server counts is told to administrators only, in Prometheus’ form', async () => {
  const refused = await look({ accept: 'text/html' })
  expect([refused.status, await refused.json()]).toEqual([
    401,
    expect.objectContaining({ code: 'not-signed-in' }),
  ])
  expect((await look((await server.signIn('okafor')).headers())).status).toBe(404)

  const answer = await look((await server.admin()).headers())
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  const text = await answer.text()
  expect(text).toContain('consilium_refusals_total{code="not-signed-in"} 1')
  expect(text).toContain('consilium_journal_queue_rows 0')
  // A counter that was never moved is there too, so that its first step is seen.
  expect(text).toContain('# TYPE consilium_alarms_total counter')
})

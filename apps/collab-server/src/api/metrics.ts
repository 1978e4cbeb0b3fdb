/** `GET /metrics`, outside the API: for an administrator's token (Prometheus: `authorization: { credentials }`) or session. */
import { Refusal } from '@consilium/contract/refusals'
import { Hono } from 'hono'
import type { Services } from '../services.ts'

export function metricsRoute({ metrics, whoIs }: Pick<Services, 'metrics' | 'whoIs'>): Hono {
  const route = new Hono()
  route.get('/metrics', async (c) => {
    const who = await whoIs(c.req.raw)
    if (!who) throw new Refusal('not-signed-in')
    if (!who.person.admin) throw new Refusal('not-found')
    c.header('Cache-Control', 'no-store')
    c.header('Content-Type', metrics.contentType)
    return c.body(await metrics.text())
  })
  return route
}

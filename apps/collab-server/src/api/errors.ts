/** Every error of a route becomes an answer: a Refusal as itself, anything else as 500 without details, which go to the log. */
import { Refusal } from '@consilium/contract/refusals'
import type { Context, ErrorHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { isUnavailable } from '../db/errors.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'

const OUR_FAULT = {
  code: 'our-fault',
  message: 'Something went wrong on the server.',
  next: 'Try again. If it happens again, tell whoever runs this server.',
}

export function answerErrors(log: Log, metrics: Pick<Metrics, 'refused'>): ErrorHandler {
  return (error, c) => {
    const refusal = error instanceof Refusal ? error : asRefusal(error)
    if (refusal) {
      metrics.refused(refusal.code)
      return refused(c, refusal)
    }
    if (isUnavailable(error)) {
      log.warn({ err: error }, 'the database is away')
      metrics.refused('not-ready')
      return refused(c, new Refusal('not-ready'))
    }
    log.error({ err: error, method: c.req.method, route: c.req.path }, 'a request failed')
    return c.json(OUR_FAULT, 500)
  }
}

export const refused = (c: Context, refusal: Refusal): Response => c.json(refusal.toJSON(), refusal.status)

/** What Hono itself refuses: JSON that is none, a body that is too large. */
function asRefusal(error: unknown): Refusal | null {
  if (error instanceof URIError) return new Refusal('not-found')
  if (!(error instanceof HTTPException)) return null
  if (error.status === 400)
    return new Refusal('invalid-body', { message: 'The body of the request is not valid JSON.', field: '' })
  if (error.status === 413) return new Refusal('too-large')
  return null
}

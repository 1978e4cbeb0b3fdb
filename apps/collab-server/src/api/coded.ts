/**
 * JSON is there as a whole before it is answered: it is coded in one go, in another thread, where that is worth it, and its length is said.
 * The stream that codes whatever else is answered (app.ts) takes longer for a small answer than all the rest.
 */
import type { Context, MiddlewareHandler } from 'hono'
import { chooseCoding, encode } from '../studies/encoding.ts'
import type { ApiEnv } from './env.ts'

/** A few packets more on the way are less than it takes to code them. */
export const SMALL_BYTES = 8 * 1024
/** As `c.json` says it. What is streamed names its characters, too. */
const WHOLE = 'application/json'

/** JSON that is written already. Of a small answer its length is said here, so that nobody reads it again to find it out. */
export function json(c: Context<ApiEnv>, written: string | Uint8Array): Response {
  const length = Buffer.byteLength(written)
  if (length <= SMALL_BYTES) {
    c.header('content-length', String(length))
    c.header('vary', 'accept-encoding')
  }
  c.header('content-type', WHOLE)
  return c.newResponse(written as string | Uint8Array<ArrayBuffer>, 200)
}

export const codeWhole: MiddlewareHandler = async (c, next) => {
  await next()
  const { headers, status } = c.res
  if (headers.get('content-type') !== WHOLE || headers.has('content-length')) return
  const plain = new Uint8Array(await c.res.arrayBuffer())
  const coding = plain.byteLength > SMALL_BYTES ? chooseCoding(c.req.header('accept-encoding')) : 'identity'
  const body = (await encode(plain, coding)) as Uint8Array<ArrayBuffer>
  headers.set('content-length', String(body.byteLength))
  headers.append('vary', 'accept-encoding')
  if (coding !== 'identity') headers.set('content-encoding', coding)
  // Taken away first: Hono would make one answer of both.
  c.res = undefined
  c.res = new Response(body, { status, headers })
}

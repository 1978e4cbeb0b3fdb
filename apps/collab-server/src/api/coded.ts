/**
 * JSON that is here as bytes, coded in one go and in another thread where that is worth it. The stream that codes whatever else is
 * answered (app.ts) takes longer for a small answer than all the rest.
 */
import type { Context } from 'hono'
import { chooseCoding, encode } from '../studies/encoding.ts'
import type { ApiEnv } from './env.ts'

/** A few packets more on the way are less than it takes to code them. */
const SMALL_BYTES = 8 * 1024

export async function coded(c: Context<ApiEnv>, json: Uint8Array): Promise<Response> {
  const coding = json.byteLength > SMALL_BYTES ? chooseCoding(c.req.header('accept-encoding')) : 'identity'
  c.header('content-type', 'application/json; charset=utf-8')
  c.header('vary', 'accept-encoding')
  if (coding === 'identity') c.header('cache-control', 'no-store, no-transform')
  else c.header('content-encoding', coding)
  return c.body((await encode(json, coding)) as Uint8Array<ArrayBuffer>)
}

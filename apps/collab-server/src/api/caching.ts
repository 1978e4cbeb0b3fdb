/** Answers that the asker may keep. Never anybody in between, because who may see them was checked. */
import type { Context } from 'hono'
import type { ApiEnv } from './env.ts'

/** What never changes. */
export const FOR_EVER = 'private, max-age=31536000, immutable'
/** What may change, names people, or shows what they wrote: it is kept, but not shown again before it was asked whether it is still so. */
export const ASKED_AGAIN = 'private, no-cache'

/** Sets the caching headers; answers 304 where the asker has it already. */
export function unchanged(c: Context<ApiEnv>, name: string, keep: string = FOR_EVER): Response | null {
  const tag = `"${name}"`
  c.header('etag', tag)
  c.header('cache-control', keep)
  const asked = (c.req.header('if-none-match') ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''))
  return asked.includes(tag) ? c.body(null, 304) : null
}

/** Nobody waits for a database that hangs: who has waited a while gets `not-ready`, unless the database answers somebody else meanwhile. */
import { Refusal } from '@consilium/contract/refusals'
import type { MiddlewareHandler } from 'hono'
import type { Database } from '../db/open.ts'

const PATIENCE_MS = 2_000

export function patience({ alive }: Pick<Database, 'alive'>): MiddlewareHandler {
  return async (_, next) => {
    let timer: NodeJS.Timeout | undefined
    const inVain = new Promise<never>((_resolve, reject) => {
      timer = setInterval(async () => {
        if (!(await alive())) reject(new Refusal('not-ready'))
      }, PATIENCE_MS)
    })
    try {
      await Promise.race([next(), inVain])
    } finally {
      clearInterval(timer)
    }
  }
}

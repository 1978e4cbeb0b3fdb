/** `/healthz`: the process answers. `/readyz`: it may be given work; 503 says why not. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Database } from './db/open.ts'
import type { Journal } from './journal/journal.ts'

export type Stage = 'starting' | 'ready' | 'stopping'

export interface Readiness {
  readonly ready: boolean
  readonly reason: 'starting' | 'stopping' | 'durability' | 'database' | null
  readonly database: 'embedded' | 'external' | null
  readonly durable: { readonly fsync: boolean; readonly synchronousCommit: string } | null
  /** Documents, by number, in whose journal a fault was found: they accept no changes, the others do. */
  readonly faults: readonly number[]
}

export async function readiness(
  stage: Stage,
  db: Database | null,
  journal: Pick<Journal, 'readBack'> | null,
): Promise<Readiness> {
  const known = db && {
    database: db.embedded ? ('embedded' as const) : ('external' as const),
    durable: { fsync: db.durable.fsync, synchronousCommit: db.durable.synchronousCommit },
  }
  const say = (reason: Readiness['reason']): Readiness => ({
    ready: reason === null,
    reason,
    database: known?.database ?? null,
    durable: known?.durable ?? null,
    faults: [...(journal?.readBack.faults.keys() ?? [])],
  })
  if (stage !== 'ready' || !db) return say(stage === 'stopping' ? 'stopping' : 'starting')
  if (!(await db.alive())) return say('database')
  return say(db.durable.ok ? null : 'durability')
}

/** True where the request was one of these two, and has been answered. */
export function answerHealth(
  request: IncomingMessage,
  response: ServerResponse,
  ask: () => Promise<Readiness>,
): boolean {
  const path = (request.url ?? '').split('?')[0]
  if (path === '/healthz') {
    send(response, 200, { ok: true })
    return true
  }
  if (path !== '/readyz') return false
  ask().then(
    (state) => send(response, state.ready ? 200 : 503, state),
    () => send(response, 503, { ready: false, reason: 'database' }),
  )
  return true
}

export function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify(body))
}

/**
 * What the audit log says of requests: who asked, in which role, about what, from where; and which reads are noted, in one table beside
 * the policy. Whatever shows something of a case is a look at the case unless it is named here.
 */
import type { AuditAct } from '@consilium/contract/audit'
import type { Context } from 'hono'
import type { Noted } from '../audit/audit.ts'
import { fromOf } from '../audit/from.ts'
import type { Services } from '../services.ts'
import { type ApiEnv, signedIn } from './env.ts'

const LOOK: AuditAct = 'opened-case'

const READS: Record<string, AuditAct | null> = {
  // The list of cases shows them; nobody has opened one by that.
  'GET /series/:id/thumbnail': null,
  // Of all documents, and of none in particular.
  'GET /documents/:name/checkpoints': null,
  'GET /documents/:name/at': 'read-history',
  'GET /documents/:name/at/:seq': 'read-history',
  'GET /documents/:name/film/:from': 'read-history',
  'GET /documents/:name/compare/:a/:b': 'read-history',
  'GET /documents/:name/annotations/:id/history': 'read-history',
  'GET /documents/:name/journal': 'exported-history',
  'GET /documents/:name/evidence': 'exported-history',
}
/** Annotations as plain values, for a program. */
const PLAIN = 'json'

type Asked = Pick<Noted, 'by' | 'role' | 'project' | 'case' | 'from'>

/** Of whoever asks, and what they ask about. */
export function asked(c: Context<ApiEnv>): Asked {
  const access = c.get('access')
  return {
    by: c.get('who'),
    role: access?.role ?? null,
    project: access?.project.id ?? null,
    case: access?.case?.id ?? null,
    from: fromOf(c.env.incoming),
  }
}

/** Resolves when it is noted that somebody reads this, where that is noted. `route` as in the policy. */
export async function noteRead(
  { audit }: Pick<Services, 'audit'>,
  c: Context<ApiEnv>,
  route: string,
): Promise<void> {
  if (!route.startsWith('GET ') || !c.get('access')?.case) return
  const known = READS[route]
  if (known === null) return
  const act =
    known === 'read-history' && c.req.query('as') === PLAIN ? 'exported-annotations' : (known ?? LOOK)
  await audit.noteOnce({ act, ...asked(c), by: signedIn(c) })
}

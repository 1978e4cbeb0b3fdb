/** What the policy (policy.ts) has found out before a route runs. */

import type { Role } from '@consilium/crdt-schema/roles'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { Who } from '../people/whoIs.ts'
import type { CaseRecord, ProjectRecord } from '../projects/projects.ts'

export interface Access {
  readonly project: ProjectRecord
  /** Null: an administrator who is no member. */
  readonly role: Role | null
  /** Where the address names a case, or something inside one. */
  readonly case: CaseRecord | null
}

export interface ApiEnv {
  Bindings: HttpBindings
  Variables: {
    /** Null only on routes that are open to anyone. */
    who: Who | null
    /** Set on every route below a project. */
    access: Access
  }
}

/** On routes that are not open to anyone, policy.ts has made sure of it. */
export function signedIn(c: Context<ApiEnv>): Who {
  const who = c.get('who')
  if (!who) throw new Error(`the policy let a stranger through to ${c.req.method} ${c.req.routePath}`)
  return who
}

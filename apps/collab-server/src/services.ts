/**
 * Everything a route or a part of the server may ask another for. Built once, in server.ts; nobody builds a part of it for themselves.
 * `api/<resource>.ts` exports `<resource>Routes(services): Hono<ApiEnv>` with paths below /api; api/app.ts mounts them.
 */
import type { Audit } from './audit/audit.ts'
import type { Config } from './config.ts'
import type { Database } from './db/open.ts'
import type { Journal } from './journal/journal.ts'
import type { Ledger } from './ledger/ledger.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { People } from './people/accounts.ts'
import type { Erasing } from './people/erasing.ts'
import type { FirstAdmin } from './people/firstAdmin.ts'
import type { Memberships } from './people/memberships.ts'
import type { Sessions } from './people/sessions.ts'
import type { Tokens } from './people/tokens.ts'
import type { Tries } from './people/tries.ts'
import type { WhoIs } from './people/whoIs.ts'
import type { Priors } from './projects/priors.ts'
import type { Projects } from './projects/projects.ts'
import type { Redactions } from './revisions/redactions.ts'
import type { Room } from './room/room.ts'
import type { Site } from './site.ts'
import type { Studies } from './studies/studies.ts'

export interface Services {
  readonly config: Config
  readonly log: Log
  readonly metrics: Metrics
  readonly db: Database
  readonly site: Site
  readonly people: People
  readonly erasing: Erasing
  readonly firstAdmin: FirstAdmin
  readonly sessions: Sessions
  readonly tokens: Tokens
  readonly tries: Tries
  readonly whoIs: WhoIs
  readonly memberships: Memberships
  readonly projects: Projects
  readonly priors: Priors
  readonly journal: Journal
  readonly ledger: Ledger
  readonly audit: Audit
  readonly redactions: Redactions
  readonly room: Room
  readonly studies: Studies
}

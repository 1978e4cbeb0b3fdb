/**
 * Who may ask for what: every route of the API, in one table. A route that is not in it does not exist for anybody.
 * Runs before any route: address, sign-in, site of origin, membership, right; then the look at a case is noted (noting.ts). What a person may
 * not know of answers like what does not exist.
 */
import { Refusal } from '@consilium/contract/refusals'
import { parseDocumentName } from '@consilium/crdt-schema/documents'
import { may, type Right, type Role } from '@consilium/crdt-schema/roles'
import type { MiddlewareHandler } from 'hono'
import { TrieRouter } from 'hono/router/trie-router'
import { eq } from '../db/drizzle.ts'
import { ID } from '../db/ids.ts'
import { series } from '../db/studies.ts'
import { bringsToken, type Who } from '../people/whoIs.ts'
import type { Services } from '../services.ts'
import { findHeld } from '../studies/held.ts'
import type { Access, ApiEnv } from './env.ts'
import { noteRead } from './noting.ts'

/** What the first parameter of the address names. */
type Place = 'project' | 'case' | 'series' | 'import' | 'held' | 'document'
export type Policy = 'anyone' | 'signed-in' | 'admin' | { readonly right: Right; readonly in: Place }

const to = (right: Right, place: Place): Policy => ({ right, in: place })

export const POLICIES: Record<string, Policy> = {
  'GET /welcome': 'anyone',
  'POST /session': 'anyone',
  'POST /session/demo': 'anyone',
  'POST /first-admin': 'anyone',
  'GET /openapi.json': 'anyone',
  'GET /docs': 'anyone',
  'GET /docs/:file': 'anyone',

  'DELETE /session': 'signed-in',
  'GET /me': 'signed-in',
  'GET /me/sessions': 'signed-in',
  'DELETE /me/sessions/:id': 'signed-in',
  'GET /tokens': 'signed-in',
  'POST /tokens': 'signed-in',
  'DELETE /tokens/:id': 'signed-in',
  'GET /projects': 'signed-in',

  'GET /people': 'admin',
  'POST /people': 'admin',
  'POST /people/:id/erase': 'admin',
  'POST /projects': 'admin',
  'GET /backup': 'admin',
  'GET /backup/keys': 'admin',

  'GET /projects/:id': to('see', 'project'),
  'PATCH /projects/:id': to('manage', 'project'),
  'GET /projects/:id/members': to('see', 'project'),
  'PUT /projects/:id/members/:person': to('manage', 'project'),
  'DELETE /projects/:id/members/:person': to('manage', 'project'),
  'GET /projects/:id/cases': to('see', 'project'),
  'POST /projects/:id/imports': to('import', 'project'),
  'POST /imports/:id/known': to('import', 'import'),
  'POST /imports/:id/files': to('import', 'import'),
  'POST /imports/:id/batches': to('import', 'import'),
  'PUT /imports/:id/parts/:sha256': to('import', 'import'),
  'POST /imports/:id/finish': to('import', 'import'),
  'GET /imports/:id': to('import', 'import'),
  'DELETE /imports/:id': to('import', 'import'),

  'GET /projects/:id/quarantine': to('import', 'project'),
  'GET /quarantine/:id': to('import', 'held'),
  'GET /quarantine/:id/pictures/:n': to('import', 'held'),
  'POST /quarantine/:id/clear': to('import', 'held'),
  'DELETE /quarantine/:id': to('import', 'held'),

  'GET /cases/:id': to('see', 'case'),
  'PUT /cases/:id/phase': to('decide', 'case'),
  'PUT /cases/:id/prior': to('import', 'case'),
  'GET /cases/:id/series': to('see', 'case'),
  'GET /series/:id': to('see', 'series'),
  'GET /series/:id/packs/:n': to('see', 'series'),
  'GET /series/:id/lower/packs/:n': to('see', 'series'),
  'GET /series/:id/frames/:n': to('see', 'series'),
  'GET /series/:id/thumbnail': to('see', 'series'),

  'POST /documents/:name/leases': to('see', 'document'),
  'GET /documents/:name/authors': to('see', 'document'),
  'GET /documents/:name/revisions': to('see', 'document'),
  'GET /documents/:name/at': to('see', 'document'),
  'GET /documents/:name/at/:seq': to('see', 'document'),
  'GET /documents/:name/timeline': to('see', 'document'),
  'GET /documents/:name/film/:from': to('see', 'document'),
  'GET /documents/:name/names': to('see', 'document'),
  'POST /documents/:name/names': to('discuss', 'document'),
  'POST /documents/:name/restore': to('discuss', 'document'),
  'POST /documents/:name/redactions': to('redact', 'document'),
  'GET /documents/:name/compare/:a/:b': to('see', 'document'),
  'GET /documents/:name/annotations/:id/history': to('see', 'document'),
  'GET /documents/:name/annotations/:id/blame': to('see', 'document'),
  'GET /documents/:name/blame': to('see', 'document'),
  'GET /documents/:name/chain': to('see', 'document'),
  'GET /documents/:name/journal': to('audit', 'document'),
  'GET /documents/:name/evidence': to('audit', 'document'),
  'GET /documents/:name/checkpoints': to('audit', 'document'),
  'GET /documents/:name/proof/:seq': to('audit', 'document'),
  'GET /checkpoints/latest': 'signed-in',
  'GET /checkpoints': 'admin',

  'GET /projects/:id/audit': to('audit', 'project'),
  'GET /projects/:id/audit.csv': to('audit', 'project'),
  'GET /projects/:id/audit.json': to('audit', 'project'),
  'GET /audit': 'admin',
  'GET /audit.csv': 'admin',
  'GET /audit.json': 'admin',
  'GET /audit/rows': 'admin',
}

/** What an administrator may do in a project without being its member: run it, not take part in it. */
const ADMIN_RIGHTS: readonly Right[] = ['see', 'import', 'manage', 'audit']

export const mayIn = (who: Who, role: Role | null, right: Right): boolean =>
  may(role, right) || (who.person.admin && ADMIN_RIGHTS.includes(right))

export const READS: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/** `base` is where the API is mounted. */
export function enforcePolicy(services: Services, base: string): MiddlewareHandler<ApiEnv> {
  const table = new TrieRouter<readonly [route: string, Policy]>()
  for (const [route, policy] of Object.entries(POLICIES)) {
    const [method = '', path = ''] = route.split(' ')
    table.add(method, path, [route, policy])
  }

  return async (c, next) => {
    const path = c.req.path.slice(base.length)
    const [match] = table.match(c.req.method === 'HEAD' ? 'GET' : c.req.method, path)[0]
    if (!match) throw new Refusal('not-found')
    const [[route, policy], parameters] = match as [readonly [string, Policy], Record<string, string>]
    // Looked up while it is found out who asks: one wait for the database instead of two. Who says nothing of themselves makes no work.
    const saysWho = c.req.raw.headers.has('cookie') || bringsToken(c.req.raw)
    const where = typeof policy === 'object' && saysWho ? find(services, policy.in, parameters) : null
    where?.catch(() => undefined)
    const who = await services.whoIs(c.req.raw)
    c.set('who', who)
    if (!READS.has(c.req.method)) mustComeFromUs(c.req.raw, services, who)
    if (policy === 'anyone') return next()
    if (!who) throw new Refusal('not-signed-in')
    if (policy === 'admin' && !who.person.admin)
      throw new Refusal('not-allowed', { message: 'Only an administrator may do this.' })
    if (typeof policy === 'object') {
      c.set('access', await accessTo(services, who, policy.right, await where))
      await noteRead(services, c, route)
    }
    await next()
    if (who.session.cookie !== null) c.header('Set-Cookie', who.session.cookie, { append: true })
  }
}

/** A browser adds the cookie to whatever site asks; it also says which site that is. A token is only brought by who has it. */
function mustComeFromUs(request: Request, { site }: Services, who: Who | null): void {
  const origin = request.headers.get('origin')
  if (origin === null ? who?.session.kind !== 'cookie' : site.origins.has(origin)) return
  if (origin !== null && origin !== 'null' && bringsToken(request)) return
  throw new Refusal('wrong-origin')
}

/** Refuses with `not-found` where the place does not exist, or where this person may not even know that it does. */
async function accessTo(services: Services, who: Who, right: Right, found: Found | null): Promise<Access> {
  const project = found && (await services.projects.byId(found.projectId))
  if (!found || !project) throw new Refusal('not-found')
  const role = await services.memberships.roleIn(project.id, who.person.id)
  if (!mayIn(who, role, 'see')) throw new Refusal('not-found')
  if (!mayIn(who, role, right)) throw new Refusal('not-allowed')
  return { project, role, case: found.case }
}

interface Found {
  readonly projectId: string
  readonly case: Access['case']
}

async function find(
  services: Services,
  place: Place,
  parameters: Readonly<Record<string, string>>,
): Promise<Found | null> {
  const name = decodeURIComponent(Object.values(parameters)[0] ?? '')
  const { orm } = services.db
  const ofCase = async (id: string) => {
    const record = ID.test(id) ? await services.projects.caseById(id) : null
    return record && { projectId: record.projectId, case: record }
  }
  if (place === 'document') {
    const document = parseDocumentName(name)
    return document?.space === 'panel' ? ofCase(document.caseId) : null
  }
  if (!ID.test(name)) return null
  if (place === 'project') return { projectId: name, case: null }
  if (place === 'case') return ofCase(name)
  if (place === 'import') {
    const projectId = await services.studies.imports.projectOf(name)
    return projectId === null ? null : { projectId, case: null }
  }
  if (place === 'held') {
    const held = await findHeld(orm, name)
    return held && { projectId: held.project, case: null }
  }
  const [row] = await orm.select({ case: series.case }).from(series).where(eq(series.id, name))
  return row ? ofCase(row.case) : null
}

/** The worklist, one case with all a workspace needs to open, and its phase. */
import { NewPrior } from '@consilium/contract/prior'
import { Case, CaseDetail, NewPhase } from '@consilium/contract/projects'
import { Refusal } from '@consilium/contract/refusals'
import { panelOf } from '@consilium/crdt-schema/documents'
import { Hono } from 'hono'
import { z } from 'zod'
import { publicPerson } from '../people/accounts.ts'
import type { Services } from '../services.ts'
import { Tallies } from '../studies/tallies.ts'
import { caseOf, casesOf, type WorklistParts } from '../studies/worklist.ts'
import { body, promises, unsaidBody } from './describe.ts'
import { type ApiEnv, signedIn } from './env.ts'
import { asked } from './noting.ts'

export function caseRoutes({
  audit,
  db,
  journal,
  log,
  memberships,
  priors,
  projects,
  room,
}: Services): Hono<ApiEnv> {
  const parts: WorklistParts = { db, tallies: new Tallies(journal, log), here: (caseId) => room.here(caseId) }
  const routes = new Hono<ApiEnv>()

  routes.get(
    '/projects/:id/cases',
    promises({
      tag: 'Studies',
      summary: 'The cases of a project, newest first',
      answer: z.array(Case),
      refusals: ['not-signed-in', 'not-found'],
    }),
    async (c) => c.json(await casesOf(parts, c.get('access').project.id)),
  )

  routes.get(
    '/cases/:id',
    promises({
      tag: 'Studies',
      summary: 'One case',
      answer: CaseDetail,
      refusals: ['not-signed-in', 'not-found'],
    }),
    async (c) => {
      const { project, role } = c.get('access')
      const found = await caseOf(parts, c.req.param('id'))
      if (!found) throw new Refusal('not-found')
      const members = await memberships.membersOf(project.id)
      return c.json({
        ...found,
        document: panelOf(found.id),
        role,
        members: members.map((member) => ({ person: publicPerson(member.person), role: member.role })),
        labels: await projects.labelsOf(project.id),
        ...(await projects.settingsOf(project.id)),
        prior: await priors.of(found.id),
        projectTitle: project.title,
        projectKey: project.key,
      } satisfies CaseDetail)
    },
  )

  routes.put(
    '/cases/:id/phase',
    promises({
      tag: 'Studies',
      summary: 'Decide a case, or reopen it: while it is decided its annotations and decisions stand',
      answer: Case,
      refusals: [
        'not-signed-in',
        'not-allowed',
        'not-found',
        'invalid-body',
        'wrong-origin',
        'case-closed',
        'not-durable',
      ],
    }),
    body(NewPhase),
    async (c) => {
      const id = c.req.param('id')
      const before = c.get('access').case?.phase ?? ''
      if (before === 'signed') throw new Refusal('case-closed')
      const { phase } = c.req.valid('json')
      await audit.note({ act: 'set-phase', ...asked(c), detail: { phase, before } })
      await projects.setPhase(id, phase, signedIn(c))
      const found = await caseOf(parts, id)
      if (!found) throw new Refusal('not-found')
      return c.json(found satisfies Case)
    },
  )

  routes.put(
    '/cases/:id/prior',
    promises({
      tag: 'Studies',
      summary: 'Lay an earlier case beside it: {"case":id,"days":n}, or null for none',
      refusals: ['not-signed-in', 'not-allowed', 'not-found', 'invalid-body', 'wrong-origin'],
    }),
    unsaidBody(NewPrior),
    async (c) => {
      const { case: of } = c.get('access')
      if (!of) throw new Refusal('not-found')
      const { case: wanted, days } = c.req.valid('json')
      const prior = wanted === null ? null : await priors.fit(of, wanted)
      const before = (await priors.of(of.id))?.key ?? 'none'
      const detail = { prior: prior?.key ?? 'none', ...(prior && days !== null ? { days } : {}), before }
      await audit.note({ act: 'set-prior', ...asked(c), detail })
      await priors.set(of.id, prior && { case: prior.id, days })
      return c.body(null, 204)
    },
  )

  return routes
}

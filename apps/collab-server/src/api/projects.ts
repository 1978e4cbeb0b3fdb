/** Projects and their members. */
import { Member } from '@consilium/contract/people'
import { NewMember, NewProject, Project, ProjectChange } from '@consilium/contract/projects'
import { Refusal } from '@consilium/contract/refusals'
import type { Role } from '@consilium/crdt-schema/roles'
import { Hono } from 'hono'
import { z } from 'zod'
import { publicPerson } from '../people/accounts.ts'
import type { ProjectRecord } from '../projects/projects.ts'
import type { Services } from '../services.ts'
import { body, promises, unsaidBody } from './describe.ts'
import { type ApiEnv, signedIn } from './env.ts'
import { asked } from './noting.ts'

export function projectRoutes({ audit, people, memberships, projects }: Services): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>()

  const shown = async (project: ProjectRecord, role: Role | null): Promise<Project> => ({
    ...project,
    role,
    labels: await projects.labelsOf(project.id),
    ...(await projects.settingsOf(project.id)),
  })

  routes.get(
    '/projects',
    promises({
      tag: 'Projects',
      summary: 'Projects I am a member of; all of them for an administrator',
      answer: z.array(Project),
      refusals: ['not-signed-in'],
    }),
    async (c) => {
      const { person } = signedIn(c)
      const roles = await memberships.rolesOf(person.id)
      const mine = (await projects.list()).filter((project) => person.admin || roles.has(project.id))
      return c.json(await Promise.all(mine.map((project) => shown(project, roles.get(project.id) ?? null))))
    },
  )

  routes.post(
    '/projects',
    promises({
      tag: 'Projects',
      summary: 'Begin a project',
      answer: Project,
      status: 201,
      refusals: ['not-signed-in', 'not-allowed', 'name-taken', 'invalid-body', 'wrong-origin'],
    }),
    body(NewProject),
    async (c) => {
      const { labels = [], ...wanted } = c.req.valid('json')
      const project = await projects.create({ ...wanted, labels })
      await audit.note({ act: 'made-project', ...asked(c), project: project.id })
      return c.json(await shown(project, null), 201)
    },
  )

  routes.get(
    '/projects/:id',
    promises({
      tag: 'Projects',
      summary: 'One project',
      answer: Project,
      refusals: ['not-signed-in', 'not-found'],
    }),
    async (c) => {
      const { project, role } = c.get('access')
      return c.json(await shown(project, role))
    },
  )

  routes.patch(
    '/projects/:id',
    promises({
      tag: 'Projects',
      summary: 'How its cases open, and first keys: {"hanging":[rules],"keymap":file}',
      answer: Project,
      refusals: ['not-signed-in', 'not-allowed', 'not-found', 'invalid-body', 'wrong-origin'],
    }),
    unsaidBody(ProjectChange),
    async (c) => {
      const { project, role } = c.get('access')
      const { hanging, keymap } = c.req.valid('json')
      if (hanging) await audit.note({ act: 'set-hanging', ...asked(c), detail: { rules: hanging.length } })
      if (keymap !== undefined)
        await audit.note({ act: 'set-keymap', ...asked(c), detail: { profile: keymap?.profile ?? 'none' } })
      await projects.setSettings(project.id, {
        ...(hanging ? { hanging } : {}),
        ...(keymap === undefined ? {} : { keymap }),
      })
      return c.json(await shown(project, role))
    },
  )

  routes.get(
    '/projects/:id/members',
    promises({
      tag: 'Projects',
      summary: 'Who is in a project, in which role',
      answer: z.array(Member),
      refusals: ['not-signed-in', 'not-found'],
    }),
    async (c) => {
      const members = await memberships.membersOf(c.get('access').project.id)
      return c.json(members.map(({ person, role }): Member => ({ person: publicPerson(person), role })))
    },
  )

  routes.put(
    '/projects/:id/members/:person',
    promises({
      tag: 'Projects',
      summary: 'Give a person a role',
      answer: Member,
      refusals: ['not-signed-in', 'not-allowed', 'not-found', 'invalid-body', 'wrong-origin'],
    }),
    body(NewMember),
    async (c) => {
      const { role } = c.req.valid('json')
      const person = await people.byHandle(c.req.param('person'))
      if (!person || person.erased) throw new Refusal('not-found')
      const project = c.get('access').project.id
      const before = (await memberships.roleIn(project, person.id)) ?? 'none'
      await audit.note({ act: 'set-role', ...asked(c), subject: person.id, detail: { role, before } })
      await memberships.set(project, person.id, role, signedIn(c))
      return c.json({ person: publicPerson(person), role } satisfies Member)
    },
  )

  routes.delete(
    '/projects/:id/members/:person',
    promises({
      tag: 'Projects',
      summary: 'Take a person out of a project',
      refusals: ['not-signed-in', 'not-allowed', 'not-found', 'wrong-origin'],
    }),
    async (c) => {
      const person = await people.byHandle(c.req.param('person'))
      const project = c.get('access').project.id
      const before = person && (await memberships.roleIn(project, person.id))
      if (!person || !before) throw new Refusal('not-found')
      await audit.note({ act: 'removed-member', ...asked(c), subject: person.id, detail: { before } })
      if (!(await memberships.remove(project, person.id, signedIn(c)))) throw new Refusal('not-found')
      return c.body(null, 204)
    },
  )

  return routes
}

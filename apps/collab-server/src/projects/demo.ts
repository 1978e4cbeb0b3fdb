/**
 * The demo project: made on an empty installation, so that the product can be tried before anything is set up.
 * Its people are not secret: anybody who can open the page may sign in as one of them. CONSILIUM_DEMO=0 makes none and lets none in.
 */
import type { Welcome } from '@consilium/contract/people'
import type { Role } from '@consilium/crdt-schema/roles'
import { publicPerson } from '../people/accounts.ts'
import type { Services } from '../services.ts'

/** Printed on the console; the sign-in page has a button for each person. */
export const DEMO_PASSWORD = 'consilium-demo'

const PEOPLE: readonly { name: string; login: string; credential: string; role: Role }[] = [
  { name: 'Dr A. Okafor', login: 'okafor', credential: 'thoracic radiology', role: 'reader' },
  { name: 'Dr J. Lindqvist', login: 'lindqvist', credential: 'radiology', role: 'reader' },
  { name: 'Prof. H. Vasquez', login: 'vasquez', credential: 'thoracic radiology', role: 'adjudicator' },
  { name: 'I. Solberg', login: 'solberg', credential: 'study coordinator', role: 'observer' },
]

const PROJECT = {
  title: 'Lung nodule consensus',
  key: 'LN',
  demo: true,
  labels: [
    { key: 'solid-nodule', title: 'Solid nodule', colour: 1 },
    { key: 'part-solid-nodule', title: 'Part-solid nodule', colour: 2 },
    { key: 'ground-glass-nodule', title: 'Ground-glass nodule', colour: 3 },
    { key: 'lymph-node', title: 'Lymph node', colour: 4 },
    { key: 'calcification', title: 'Calcification', colour: 5 },
    { key: 'vessel', title: 'Vessel or other normal structure', colour: 6 },
    { key: 'other', title: 'Other finding', colour: 7 },
  ],
}

type Needs = Pick<Services, 'config' | 'people' | 'projects' | 'memberships'>

/** Does nothing unless nobody and nothing is here yet. People come first: where a start is cut off, the next one goes on. */
export async function makeDemo({ config, people, projects, memberships }: Needs): Promise<void> {
  if (!config.demo || (await projects.list()).length > 0) return
  const here = new Map((await people.list()).map((person) => [person.login, person]))
  if ([...here.keys()].some((login) => !PEOPLE.some((person) => person.login === login))) return
  const cast = []
  for (const { role, ...person } of PEOPLE)
    cast.push({
      role,
      person: here.get(person.login) ?? (await people.create({ ...person, password: DEMO_PASSWORD })),
    })
  const project = await projects.create(PROJECT)
  for (const { person, role } of cast) await memberships.set(project.id, person.id, role, null)
}

/** The demo project, while it is offered. */
export async function demoProject({
  config,
  projects,
}: Pick<Needs, 'config' | 'projects'>): Promise<{ id: string } | null> {
  return config.demo ? ((await projects.list()).find((project) => project.demo) ?? null) : null
}

/** Who may be signed in as by one click. Only those made with the demo: who was added to the project later is a real person. */
export async function demoPeople(services: Needs): Promise<Welcome['demo']> {
  const project = await demoProject(services)
  if (!project) return []
  const members = await services.memberships.membersOf(project.id)
  return PEOPLE.flatMap(({ login }) => members.filter((member) => member.person.login === login)).map(
    ({ person, role }) => ({
      person: publicPerson(person),
      role,
    }),
  )
}

/** Finds the project or the case a person means by its id, key or title. */
import type { Case, Project } from '@consilium/contract/projects'
import { Failure } from './failure.ts'
import type { Link } from './link.ts'

/** Without a name: the only project there is. */
export async function findProject(link: Link, name: string | undefined): Promise<Project> {
  const projects = await link.call<Project[]>('GET', '/projects')
  const list = projects.map((p) => `${p.key} (${p.title})`).join(', ')
  if (name === undefined) {
    const [only, ...others] = projects
    if (!only) throw new Failure('There is no project yet. Make one on the page, or ask an administrator.')
    if (others.length > 0) throw new Failure(`There are several projects: ${list}. Name one with --project.`)
    return only
  }
  const wanted = name.toLowerCase()
  const found = projects.find(
    (p) => p.id === name || p.key.toLowerCase() === wanted || p.title.toLowerCase() === wanted,
  )
  if (!found) throw new Failure(`There is no project "${name}"${list ? `; there is ${list}` : ''}.`)
  return found
}

export async function findCase(link: Link, name: string): Promise<Case> {
  const wanted = name.toLowerCase()
  const projects = await link.call<Project[]>('GET', '/projects')
  for (const project of projects) {
    const cases = await link.call<Case[]>('GET', `/projects/${project.id}/cases`)
    const found = cases.find((one) => one.id === name || one.key.toLowerCase() === wanted)
    if (found) return found
  }
  throw new Failure(`There is no case "${name}", or you may not see it.`)
}

/** What the one who looks may do in a project. The page hides by it; the server decides. */
import type { Project } from '@consilium/contract/projects'
import { may, type Right } from '@consilium/crdt-schema/roles'

export function mayIn(project: Pick<Project, 'role'> | undefined, admin: boolean, right: Right): boolean {
  if (!project) return false
  // An admin runs the installation: brings studies in, sets members and audits, but is no reader by that.
  if (admin && (right === 'import' || right === 'manage' || right === 'audit')) return true
  return may(project.role, right)
}

const LAST = 'consilium.project'

export function rememberProject(id: string): void {
  try {
    localStorage.setItem(LAST, id)
  } catch {
    // Storage may be forbidden; then the first project is shown next time.
  }
}

export function lastProject(): string | null {
  try {
    return localStorage.getItem(LAST)
  } catch {
    return null
  }
}

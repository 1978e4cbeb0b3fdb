/** Whoever runs the server that tests/e2e/run.ts has started: gives roles, ends sessions, and takes the database away for a while. */
import { readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from '../support/server.ts'

function given(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: start these tests by tests/e2e/run.ts`)
  return value
}

const administrator = (): Client =>
  Client.withToken(
    given('CONSILIUM_E2E_URL'),
    readFileSync(join(given('CONSILIUM_E2E_DATA'), 'admin-token'), 'utf8').trim(),
  )

interface Member {
  readonly person: { readonly id: string; readonly name: string }
}

export interface Account {
  readonly name: string
  readonly login: string
  readonly password: string
}

/** Somebody whom only these tests know; with a role, of the demo's project. */
export async function makeAccount(
  account: Account,
  { role, admin = false }: { readonly role?: string; readonly admin?: boolean } = {},
): Promise<void> {
  await administrator().post('/people', { ...account, admin })
  if (role === undefined) return
  const { id } = await inInstallation(account.name)
  await setRole(id, role)
}

async function inInstallation(name: string): Promise<Member['person']> {
  const people = await administrator().get<Member['person'][]>('/people')
  const found = people.find((person) => person.name === name)
  if (!found) throw new Error(`there is nobody called ${name}`)
  return found
}

async function demoProject(admin: Client): Promise<string> {
  const projects = await admin.get<{ id: string; key: string }[]>('/projects')
  const demo = projects.find(({ key }) => key === 'LN')
  if (!demo) throw new Error('the demo’s project is not there')
  return demo.id
}

/** In the demo's project. */
async function setRole(person: string, role: string): Promise<void> {
  const admin = administrator()
  await admin.put(`/projects/${await demoProject(admin)}/members/${person}`, { role })
}

/** Returns its id. */
export async function makeProject(
  title: string,
  key: string,
  members: readonly (readonly [name: string, role: string])[],
): Promise<string> {
  const { id } = await administrator().post<{ id: string }>('/projects', { title, key })
  for (const [name, role] of members) {
    const person = await inInstallation(name)
    await administrator().put(`/projects/${id}/members/${person.id}`, { role })
  }
  return id
}

/** In the demo's project. */
export async function giveRole(name: string, role: string): Promise<void> {
  const admin = administrator()
  const members = await admin.get<Member[]>(`/projects/${await demoProject(admin)}/members`)
  const member = members.find(({ person }) => person.name.includes(name))
  if (!member) throw new Error(`there is no member called ${name}`)
  await setRole(member.person.id, role)
}

/**
 * Kills the embedded database, with everything it was doing, and keeps it from coming back: its folder is moved away, so that every
 * attempt of the server to start it again fails. Returns the way to let it come back.
 */
export async function stopDatabase(): Promise<() => void> {
  const folder = join(given('CONSILIUM_E2E_DATA'), 'postgres')
  const away = `${folder}.away`
  const pid = Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0])
  renameSync(folder, away)
  process.kill(pid, 'SIGKILL')
  // Its children notice that it is gone, and follow.
  while (isAlive(pid)) await sleep(10)
  return () => renameSync(away, folder)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

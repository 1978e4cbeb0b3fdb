/**
 * Who has which role in which project. The gate asks for every change, so answers are kept in memory;
 * every change goes through here, forgets the kept answer and is told to whoever listens (the room closes or re-judges its connections,
 * and writes it into the journals).
 */
import type { Role } from '@consilium/crdt-schema/roles'
import { and, eq, isNull } from '../db/drizzle.ts'
import type { Database } from '../db/open.ts'
import { people } from '../db/people.ts'
import { members } from '../db/projects.ts'
import type { Notice } from '../notice.ts'
import { byName } from './accounts.ts'
import { type Identities, PERSON_COLUMNS, type PersonRecord } from './identities.ts'
import type { Who } from './whoIs.ts'

export interface MembershipChange {
  readonly projectId: string
  readonly personId: number
  /** Null: no longer a member. */
  readonly role: Role | null
  /** Whose doing it is; null: the server's own (the demo). */
  readonly by: Who | null
}

export interface Memberships {
  roleIn(projectId: string, personId: number): Promise<Role | null>
  /** Project id -> role. */
  rolesOf(personId: number): Promise<Map<string, Role>>
  membersOf(projectId: string): Promise<{ person: PersonRecord; role: Role }[]>
  set(projectId: string, personId: number, role: Role, by?: Who | null): Promise<void>
  /** False where the person was no member. */
  remove(projectId: string, personId: number, by?: Who | null): Promise<boolean>
  /** Told after the change is in the database; whoever made it waits for the listeners. */
  onChange(listener: (change: MembershipChange) => void | Promise<void>): () => void
}

export function createMemberships(
  { orm }: Pick<Database, 'orm'>,
  identities: Pick<Identities, 'ofAll'>,
  changes: Notice<MembershipChange>,
): Memberships {
  const known = new Map<string, Role | null>()
  /** An answer read before a change must not be kept after it. */
  let epoch = 0
  const keyOf = (projectId: string, personId: number) => `${projectId} ${personId}`

  /** Resolves when the change stands in every journal that it concerns. */
  async function changed(change: MembershipChange): Promise<void> {
    epoch++
    known.delete(keyOf(change.projectId, change.personId))
    const [failure] = await changes.tell(change)
    if (failure) throw failure
  }

  /** One change after the other: they are told in the order in which they stand in the database. */
  let turn: Promise<unknown> = Promise.resolve()
  function inTurn<T>(change: () => Promise<T>): Promise<T> {
    const mine = turn.then(change)
    turn = mine.catch(() => undefined) // told to whoever asked
    return mine
  }

  return {
    async roleIn(projectId, personId) {
      const key = keyOf(projectId, personId)
      const kept = known.get(key)
      if (kept !== undefined) return kept
      const asked = epoch
      const [row] = await orm
        .select({ role: members.role })
        .from(members)
        .where(and(eq(members.project, projectId), eq(members.person, personId)))
      const role = row?.role ?? null
      if (asked === epoch) known.set(key, role)
      return role
    },
    async rolesOf(personId) {
      const rows = await orm
        .select({ project: members.project, role: members.role })
        .from(members)
        .where(eq(members.person, personId))
      return new Map(rows.map((row) => [row.project, row.role]))
    },
    async membersOf(projectId) {
      const rows = await orm
        .select({ person: PERSON_COLUMNS, role: members.role })
        .from(members)
        .innerJoin(people, eq(people.id, members.person))
        .where(and(eq(members.project, projectId), isNull(people.erasedAt)))
      const persons = await identities.ofAll(rows.map(({ person }) => person))
      return rows
        .map(({ role }, n) => ({ person: persons[n] as PersonRecord, role }))
        .sort((a, b) => byName(a.person, b.person))
    },
    set: (projectId, personId, role, by = null) =>
      inTurn(async () => {
        await orm
          .insert(members)
          .values({ project: projectId, person: personId, role })
          .onConflictDoUpdate({ target: [members.project, members.person], set: { role } })
        await changed({ projectId, personId, role, by })
      }),
    remove: (projectId, personId, by = null) =>
      inTurn(async () => {
        const gone = await orm
          .delete(members)
          .where(and(eq(members.project, projectId), eq(members.person, personId)))
          .returning({ person: members.person })
        if (gone.length > 0) await changed({ projectId, personId, role: null, by })
        return gone.length > 0
      }),
    onChange: changes.on,
  }
}

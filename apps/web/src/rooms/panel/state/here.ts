/** The people of a case as they stand in its header. Pure. */
import type { Peer } from '../../../session/presence.ts'

/** One avatar: a person with all their pages. */
export interface Here {
  readonly id: string
  readonly name: string
  readonly initials: string
  readonly role: string | null
  readonly colour: number
  readonly pages: number
  readonly followsMe: boolean
}

/**
 * Everybody but `me`, by colour. A cursor moves many times a second and changes nothing here: who is as before stays the same object, and
 * where nobody is another the list stays `before`.
 */
export function hereOf(peers: readonly Peer[], me: string, before: readonly Here[]): readonly Here[] {
  const people = new Map<string, Here>()
  for (const { user, following } of peers) {
    if (user.id === me) continue
    const known = people.get(user.id)
    people.set(user.id, {
      id: user.id,
      name: user.name,
      initials: user.initials,
      role: user.role,
      colour: user.colour,
      pages: (known?.pages ?? 0) + 1,
      followsMe: (known?.followsMe ?? false) || following === me,
    })
  }
  const now = [...people.values()]
    .map((person) => before.find((one) => alike(one, person)) ?? person)
    .sort((a, b) => a.colour - b.colour || a.name.localeCompare(b.name))
  return now.length === before.length && now.every((one, i) => one === before[i]) ? before : now
}

const alike = (a: Here, b: Here): boolean =>
  a.id === b.id &&
  a.name === b.name &&
  a.initials === b.initials &&
  a.role === b.role &&
  a.colour === b.colour &&
  a.pages === b.pages &&
  a.followsMe === b.followsMe

/** Whoever asks, as the journal writes them down. */
import type { Role } from '@consilium/crdt-schema/roles'
import type { Holder } from '../journal/leases.ts'
import type { Who } from './whoIs.ts'

export const holderOf = ({ person, session }: Who, role: Role | null): Holder => ({
  person: person.id,
  id: person.handle,
  name: person.name,
  initials: person.initials,
  credential: person.credential,
  role,
  session: session.handle,
})

/** Who is there. Some clientIDs are small and some need all of their 32 bits: which of two is larger decides conflicts. */
import type { Role } from '@consilium/crdt-schema/roles'

export interface Somebody {
  readonly person: number
  readonly role: Role | null
  /** The clientID of their page, under which they write nothing but what they do on it; null for those who have nothing to do there. */
  readonly page: number | null
  /** Those that they forge under. */
  readonly clients: readonly number[]
}

export const PEOPLE: readonly Somebody[] = [
  { person: 1, role: 'reader', page: 150_000_001, clients: [101, 3_000_000_101] },
  { person: 2, role: 'reader', page: 4_294_967_000, clients: [201, 2_000_000_202] },
  { person: 3, role: 'adjudicator', page: 20_003, clients: [301, 4_000_000_303] },
  { person: 4, role: 'manager', page: 90_000, clients: [401] },
  { person: 5, role: 'observer', page: null, clients: [501] },
  { person: 6, role: null, page: null, clients: [601] },
]
/** Nobody's, until somebody writes under them. */
export const UNLEASED: readonly number[] = [777, 4_100_000_777]

export const leasedTo = ({ page, clients }: Somebody): readonly number[] =>
  page === null ? clients : [page, ...clients]

export const CLIENTS: readonly number[] = [...PEOPLE.flatMap(leasedTo), ...UNLEASED]

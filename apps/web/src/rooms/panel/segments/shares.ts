/** Voxels by clientID as shares of people: one person writes under a new clientID with each page. Pure. */
import type { KnownAuthor } from '../../../session/authors.ts'

export interface Share {
  readonly known: KnownAuthor
  readonly voxels: number
  /** Of all of the segment, 0 to 1. */
  readonly share: number
}

/** The most first. Who is not known yet counts in the whole. */
export function sharesOf(
  voxels: ReadonlyMap<number, number>,
  knownOf: (client: number) => KnownAuthor | null,
): Share[] {
  const people = new Map<string, { readonly known: KnownAuthor; voxels: number }>()
  let all = 0
  for (const [client, count] of voxels) {
    all += count
    const known = knownOf(client)
    if (!known) continue
    const person = people.get(known.author.id)
    if (person) person.voxels += count
    else people.set(known.author.id, { known, voxels: count })
  }
  return [...people.values()]
    .map(({ known, voxels }) => ({ known, voxels, share: voxels / all }))
    .sort((a, b) => b.voxels - a.voxels)
}

/**
 * The journal as it lies on the disk at the end, read without any of the server's memory: numbered without holes, chained, every clock of
 * every clientID once and in order, under a lease that was issued before to the very person who might then make the change.
 */
import type { RootName } from '@consilium/crdt-schema/documents'
import { creatorOf } from '@consilium/crdt-schema/entry'
import type { Role } from '@consilium/crdt-schema/roles'
import * as Y from 'yjs'
import { hashOf, originOf, sameHash } from '../../apps/collab-server/src/journal/chain.ts'
import type { Planned } from '../../apps/collab-server/src/journal/insert.ts'
import { roleOfCode } from '../../apps/collab-server/src/journal/rows.ts'
import { updateOf } from '../../apps/collab-server/src/journal/update.ts'
import { hasHole, Shadow, withRoots } from '../fuzz/oracle.ts'
import { forbidden } from './authority.ts'
import type { House, Standing } from './house.ts'

/** Clocks [clock, clock + len) of a clientID. */
export interface Range {
  readonly client: number
  readonly clock: number
  readonly len: number
}

export class Replay {
  readonly faults: string[] = []
  readonly #house: House
  readonly #shadow = new Shadow(withRoots(new Y.Doc()))
  readonly #leases = new Map<number, { readonly client: number; readonly person: number }>()
  readonly #owners = new Map<number, number>()
  /** Of an annotation those who ever had the last word on whether it is retired. */
  readonly #retirements = new Map<string, Set<number>>()

  constructor(house: House) {
    this.#house = house
    let previous = originOf(house.disk)
    for (const [n, planned] of house.disk.rows.entries()) {
      const { row } = planned
      if (row.seq !== n + 1) this.faults.push(`row ${row.seq} stands in place ${n + 1}`)
      if (!sameHash(row.hash, hashOf(previous, row, row.bytes)))
        this.faults.push(`row ${row.seq} breaks the chain`)
      previous = row.hash
      if (planned.issues) this.#lease(planned.issues)
      const update = updateOf(row)
      if (update) this.#edit(planned, update)
    }
    if (hasHole(this.doc)) this.faults.push('the journal has a hole')
  }

  get doc(): Y.Doc {
    return this.#shadow.doc
  }

  ownerOf(client: number): number | undefined {
    return this.#owners.get(client)
  }

  /** Somebody else had a say in whether it is retired. */
  wasRetiredByOther(annotation: string, person: number): boolean {
    return [...(this.#retirements.get(annotation) ?? [])].some((by) => by !== person)
  }

  #lease({ id, client, person }: NonNullable<Planned['issues']>): void {
    if (this.#leases.has(id) || this.#owners.has(client)) this.faults.push(`${client} was leased twice`)
    this.#leases.set(id, { client, person })
    this.#owners.set(client, person)
  }

  #edit({ row, spans }: Planned, update: Uint8Array): void {
    const person = this.#leases.get(row.lease)?.person
    if (person === undefined) return void this.faults.push(`row ${row.seq} stands under no lease`)
    for (const { lease, clock, len } of [row, ...spans]) {
      const held = this.#leases.get(lease)
      if (held?.person !== person) this.faults.push(`row ${row.seq} stands under the lease of another`)
      else if (len > 0 && Y.getState(this.doc.store, held.client) !== clock)
        this.faults.push(`row ${row.seq} does not go on where ${held.client} ended`)
    }
    const differences = this.#shadow.apply(update)
    for (const { lease, clock, len } of [row, ...spans]) {
      const client = this.#leases.get(lease)?.client ?? 0
      if (len > 0 && Y.getState(this.doc.store, client) !== clock + len)
        this.faults.push(`row ${row.seq} does not hold what it says`)
    }
    const standing = this.#house.judgedBy.get(row.bytes)
    if (!standing) this.faults.push(`nobody judged row ${row.seq}`)
    else this.#judge(row.seq, person, roleOfCode(row.role), standing, differences)
    this.#noteRetirements()
  }

  /** By who said it last, not by what is said: two people may give the same reason. */
  #noteRetirements(): void {
    for (const [id, annotation] of this.doc.getMap<Y.Map<unknown>>('annotations')) {
      const client = annotation._map.get('retired')?.id.client
      const person = client === undefined ? undefined : this.#owners.get(client)
      if (person === undefined) continue
      const those = this.#retirements.get(id) ?? new Set()
      this.#retirements.set(id, those.add(person))
    }
  }

  #judge(
    seq: number,
    person: number,
    role: Role | null,
    { roles, phase }: Standing,
    differences: ReadonlySet<string>,
  ): void {
    if (role !== (roles.get(person) ?? null)) this.faults.push(`row ${seq} names another role`)
    for (const difference of differences) {
      const [root, entry = '', field = null] = difference.split(' ') as [RootName, string, string?]
      const isNew = differences.has(`${root} ${entry}`) && this.doc.getMap(root).has(entry)
      const own = this.#owners.get(creatorOf(entry) ?? -1) === person
      const why = forbidden({ role, phase, root, field, own, isNew })
      if (why !== null) this.faults.push(`row ${seq}, ${difference}: ${why}`)
    }
  }
}

export const holds = (doc: Y.Doc, { client, clock, len }: Range): boolean =>
  len === 0 || Y.getState(doc.store, client) >= clock + len

export function hasDeleted(doc: Y.Doc, { client, clock, len }: Range): boolean {
  if (!holds(doc, { client, clock, len })) return false
  return (doc.store.clients.get(client) ?? []).every(
    ({ id, length, deleted }) => deleted || id.clock + length <= clock || id.clock >= clock + len,
  )
}

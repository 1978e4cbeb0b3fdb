/**
 * Who is here. What a page says of itself is overwritten by what the server knows: name, initials, role, colour. What does not look like
 * presence is left out, so that one page can never break another's. How it gets to the others: appearance.ts.
 */
import { colourBeside, colourOfPerson } from '@consilium/contract/colour'
import { type Identity, Presence } from '@consilium/contract/live'
import type { PersonRecord } from '../people/accounts.ts'
import { MAX_DRAFT_BYTES, MAX_PRESENCE_BYTES } from './limits.ts'

/**
 * Who has one document open, and in which colour: their own where nobody else has it. Whoever leaves keeps theirs, as long as there are
 * others: what they left behind is still on the screen.
 */
export class Attendance {
  readonly #here = new Map<
    number,
    { readonly person: PersonRecord; readonly colour: number; readonly connections: Set<unknown> }
  >()

  /** By person, of everybody who was here. */
  readonly #given = new Map<number, number>()

  /** Two pages of one person share a colour. */
  join(person: PersonRecord, connection: unknown): void {
    const known = this.#here.get(person.id)
    if (known) known.connections.add(connection)
    else
      this.#here.set(person.id, {
        person,
        colour: this.#colourFor(person),
        connections: new Set([connection]),
      })
  }

  leave(person: PersonRecord, connection: unknown): void {
    const known = this.#here.get(person.id)
    known?.connections.delete(connection)
    if (known?.connections.size === 0) this.#here.delete(person.id)
  }

  colourOf(personId: number): number {
    return this.#here.get(personId)?.colour ?? 0
  }

  people(): PersonRecord[] {
    return [...this.#here.values()].map((one) => one.person)
  }

  /** What they had here before, or what nobody was given, or at least nobody has who is here. */
  #colourFor({ id, handle }: PersonRecord): number {
    const here = new Set([...this.#here.values()].map((one) => one.colour))
    const before = this.#given.get(id)
    const own = before ?? colourOfPerson(handle)
    const given = before === undefined ? new Set([...this.#given.values(), ...here]) : here
    const wished = colourBeside(own, given)
    const colour = here.has(wished) ? colourBeside(own, here) : wished
    this.#given.set(id, colour)
    return colour
  }
}

const bytesOf = (value: unknown): number => JSON.stringify(value)?.length ?? 0

/** The state as the others may see it, or null where nothing of it may be passed on. Never throws. */
export function stamped(state: unknown, user: Identity): Presence | null {
  if (typeof state !== 'object' || state === null) return null
  const said = state as Record<string, unknown>
  const kept: Record<string, unknown> = {}
  for (const [field, schema] of Object.entries(Presence.shape)) {
    if (field === 'user' || !(field in said)) continue
    const parsed = schema.safeParse(said[field])
    if (!parsed.success || parsed.data === undefined) continue
    if ((field === 'draft' || field === 'stroke') && bytesOf(parsed.data) > MAX_DRAFT_BYTES) continue
    kept[field] = parsed.data
  }
  const { draft: _draft, stroke: _stroke, ...rest } = kept
  if (bytesOf(rest) > MAX_PRESENCE_BYTES) return null
  return { ...kept, user } as Presence
}

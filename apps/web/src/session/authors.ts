/**
 * Who stands behind each clientID of a document. Authorship is bound by the server to leases; the page learns it from
 * `GET /api/documents/:name/authors`, from journal messages and from presence, and asks again when an unknown clientID shows up.
 * Everybody has their own colour (contract/colour.ts) unless somebody in this document has it already.
 */
import { colourBeside, colourOfPerson } from '@consilium/contract/colour'
import type { Author, Authors as AuthorsBody } from '@consilium/contract/revisions'
import { creatorOf, type EntryKey } from '@consilium/crdt-schema/entry'
import type { Role } from '@consilium/crdt-schema/roles'
import { Topic } from './topic.ts'

export interface KnownAuthor {
  readonly author: Author
  readonly role: Role | null
  /** 0 to 5. */
  readonly colour: number
}

/** Waits between questions about clientIDs that stay unknown, ms. */
const ASK_AGAIN_MS = [0, 500, 2_000, 10_000, 60_000] as const

export class Authors {
  readonly changed = new Topic<void>()
  readonly #fetch: () => Promise<AuthorsBody>
  readonly #clients = new Map<number, { author: Author; role: Role | null }>()
  readonly #stamped = new Map<string, number>()
  readonly #given = new Map<string, number>()
  #unknown = new Set<number>()
  #tries = 0
  #timer: ReturnType<typeof setTimeout> | null = null
  #destroyed = false

  constructor(fetch: () => Promise<AuthorsBody>) {
    this.#fetch = fetch
  }

  async load(): Promise<void> {
    const body = await this.#fetch()
    for (const { client, author, role } of body.clients) this.#learn(client, author, role)
    this.#unknown = new Set([...this.#unknown].filter((client) => !this.#clients.has(client)))
    this.changed.emit()
  }

  /** Null while unknown; then it is asked for. */
  byClient(client: number): KnownAuthor | null {
    const known = this.#clients.get(client)
    if (!known) {
      this.#ask(client)
      return null
    }
    return { ...known, colour: this.colourOf(known.author.id) }
  }

  byEntry(key: EntryKey): KnownAuthor | null {
    const client = creatorOf(key)
    return client === null ? null : this.byClient(client)
  }

  /** 0 to 5. The server's stamp counts where there is one; who is not here keeps what they were given first. */
  colourOf(person: string): number {
    const known = this.#stamped.get(person) ?? this.#given.get(person)
    if (known !== undefined) return known
    const taken = new Set([...this.#stamped.values(), ...this.#given.values()])
    const colour = colourBeside(colourOfPerson(person), taken)
    this.#given.set(person, colour)
    return colour
  }

  /** From a journal message: no question needed. */
  note(client: number, author: Author, role: Role | null): void {
    if (this.#clients.has(client)) return
    this.#learn(client, author, role)
    this.#unknown.delete(client)
    this.changed.emit()
  }

  /** From presence, where the server has stamped the colour. */
  stamp(person: string, colour: number): void {
    if (this.#stamped.get(person) === colour) return
    this.#stamped.set(person, colour)
    for (const [other, given] of this.#given)
      if (given === colour || other === person) this.#given.delete(other)
    this.changed.emit()
  }

  destroy(): void {
    this.#destroyed = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.changed.clear()
  }

  #learn(client: number, author: Author, role: Role | null): void {
    this.#clients.set(client, { author, role })
    this.colourOf(author.id)
  }

  #ask(client: number): void {
    if (!this.#unknown.has(client)) {
      this.#unknown.add(client)
      this.#tries = 0
    }
    this.#schedule()
  }

  #schedule(): void {
    if (this.#timer !== null || this.#destroyed) return
    const wait = ASK_AGAIN_MS[Math.min(this.#tries, ASK_AGAIN_MS.length - 1)]
    this.#timer = setTimeout(() => void this.#askNow(), wait)
  }

  async #askNow(): Promise<void> {
    this.#tries += 1
    try {
      await this.load()
    } catch {
      // Not reachable just now: the question stays open and is put again below.
    }
    this.#timer = null
    if (this.#unknown.size > 0) this.#schedule()
  }
}

/** Requests that have a document open for as long as they work in it. What one writes is judged as a page's changes are, and ends with its session. */
import { Refusal } from '@consilium/contract/refusals'
import { parseDocumentName } from '@consilium/crdt-schema/documents'
import type { Role } from '@consilium/crdt-schema/roles'
import { holderOf } from '../people/holder.ts'
import type { Who } from '../people/whoIs.ts'
import type { Services } from '../services.ts'
import type { Append, Writer } from './admit.ts'
import type { Heard } from './heard.ts'
import type { Transport } from './hocuspocus.ts'
import type { LiveDocument } from './live.ts'
import type { Visitor } from './visitor.ts'

export interface Visits {
  /** Opens a document for a request, as a page would, for as long as `work` takes. */
  visit<T>(name: string, who: Who, request: Request, work: (visitor: Visitor) => Promise<T>): Promise<T>
  /** Nothing more of that session is taken. Returns what of it is being written still. */
  ended(session: string): readonly Promise<unknown>[]
}

type VisitsParts = Pick<Services, 'journal' | 'memberships' | 'projects' | 'whoIs'> & {
  /** By project and person. */
  readonly roles: Heard<Role | null>
  readonly lives: ReadonlyMap<string, LiveDocument>
  readonly opened: Transport['opened']
}

interface Guest {
  /** Handle of the session or token it came with. */
  readonly session: string
  /** False from the moment that ended. */
  valid: boolean
  readonly writing: Set<Promise<unknown>>
}

export function createVisits(parts: VisitsParts): Visits {
  const { journal, memberships, projects, whoIs, roles, lives, opened } = parts
  const guests = new Set<Guest>()

  async function visitAs<T>(
    guest: Guest,
    name: string,
    who: Who,
    work: (visitor: Visitor) => Promise<T>,
  ): Promise<T> {
    const found = await projects.caseById(parseDocumentName(name)?.caseId ?? '')
    if (!found) throw new Refusal('not-found')
    const { person } = who
    const key = `${found.projectId} ${person.id}`
    await roles.learn(key, () => memberships.roleIn(found.projectId, person.id))
    const role = () => roles.of(key) ?? null
    const bind = async (own: number) => {
      await journal.bind(await journal.open(name), holderOf(who, role()), own)
    }
    const append: Append = (book, draft) => {
      const row = journal.append(book, draft)
      guest.writing.add(row)
      return row.finally(() => guest.writing.delete(row))
    }
    return opened(name, (document) => {
      const live = lives.get(name)
      if (live?.ydoc !== document || !live.book.valid) throw new Refusal('not-ready')
      const writer: Writer = { person: person.id, client: null, role, valid: () => guest.valid, bind }
      return work({ live, writer, append })
    })
  }

  return {
    async visit(name, who, request, work) {
      const guest: Guest = { session: who.session.handle, valid: true, writing: new Set() }
      guests.add(guest)
      try {
        // Their session may have ended before we listened.
        if (!(await whoIs(request))) throw new Refusal('not-signed-in')
        return await visitAs(guest, name, who, work)
      } finally {
        guests.delete(guest)
      }
    },
    ended(session) {
      const theirs = [...guests].filter((guest) => guest.session === session)
      for (const guest of theirs) guest.valid = false
      return theirs.flatMap(({ writing }) => [...writing])
    },
  }
}

/**
 * The live channel: who may open which document, and what happens to those who have one open when something about them changes.
 * It holds the documents that are open and the sockets; everything lasting is in the journal.
 */
import type { LiveToken, ServerMessage } from '@consilium/contract/live'
import type { Person } from '@consilium/contract/people'
import type { Prior } from '@consilium/contract/prior'
import { Refusal } from '@consilium/contract/refusals'
import { panelOf, parseDocumentName } from '@consilium/crdt-schema/documents'
import type { Phase } from '@consilium/crdt-schema/policy'
import { may, type Role } from '@consilium/crdt-schema/roles'
import type { Connection, Document } from '@hocuspocus/server'
import type { Config } from '../config.ts'
import { publicPerson } from '../people/accounts.ts'
import { holderOf } from '../people/holder.ts'
import type { MembershipChange } from '../people/memberships.ts'
import type { Ended } from '../people/sessions.ts'
import type { PriorChange } from '../projects/priors.ts'
import type { PhaseChange } from '../projects/projects.ts'
import type { Services } from '../services.ts'
import type { Catalogue } from '../studies/catalogue.ts'
import { Turnstile } from '../turnstile.ts'
import { Heard } from './heard.ts'
import { createTransport, type Place } from './hocuspocus.ts'
import { createIngress, type Ingress } from './ingress.ts'
import type { Visit } from './inlet.ts'
import { LiveDocument, liveParts } from './live.ts'
import { News } from './news.ts'
import { seriesOfCase } from './pictures.ts'
import { refuse } from './refuse.ts'
import { CLOSE, type Seat } from './seat.ts'
import { beAlone } from './twins.ts'
import { createVisits, type Visits } from './visits.ts'

export interface Room extends Pick<Ingress, 'handleUpgrade'>, Pick<Visits, 'visit'> {
  /** Null where nobody has it open. */
  live(name: string): LiveDocument | null
  /** Who has the case's shared document open now. */
  here(caseId: string): Person[]
  close(): Promise<void>
}

export type RoomParts = Pick<
  Services,
  | 'db'
  | 'log'
  | 'metrics'
  | 'journal'
  | 'audit'
  | 'sessions'
  | 'memberships'
  | 'projects'
  | 'priors'
  | 'whoIs'
> & {
  readonly config: Pick<Config, 'socketsPerSecond'>
  readonly studies: { readonly catalogue: Pick<Catalogue, 'find' | 'hasAny'> }
}

/** Documents of a project that are written to at once, where a change concerns all of them. */
const RECORDED_AT_ONCE = 8

export function createRoom(parts: RoomParts): Room {
  const {
    config,
    db,
    log,
    metrics,
    journal,
    audit,
    sessions,
    memberships,
    projects,
    priors,
    studies,
    whoIs,
  } = parts
  const lives = new Map<string, LiveDocument>()
  const shared = liveParts(journal, log, metrics.alarm)
  const roles = new Heard<Role | null>()
  const phases = new Heard<Phase>()
  const beside = new Heard<Prior | null>()
  const roleOf = (projectId: string, personId: number): Role | null =>
    roles.of(`${projectId} ${personId}`) ?? null
  const phaseOf = (caseId: string): Phase => phases.of(caseId) ?? 'signed'

  const { hocuspocus, settled, opened } = createTransport(
    {
      enter,
      load,
      live: (name) => lives.get(name) ?? null,
      hello: (live, { writer }) =>
        JSON.stringify({
          t: 'hello',
          role: writer.role(),
          phase: live.phase(),
          durable: db.durable.ok,
          paused: journal.paused.now,
          prior: beside.of(live.caseId) ?? null,
        } satisfies ServerMessage),
      forget(name) {
        const live = lives.get(name)
        lives.delete(name)
        live?.detach()
        live?.put()
        journal.settled()
      },
    },
    { append: journal.append, log, metrics },
  )
  const ingress = createIngress(
    whoIs,
    (face, request, seat) => hocuspocus.handleConnection(face, request, { seat }),
    log,
    config,
  )
  const visits = createVisits({ journal, memberships, projects, whoIs, roles, lives, opened })
  sessions.onEnded(sessionEnded)
  memberships.onChange(roleChanged)
  projects.onPhase(phaseChanged)
  priors.onChange(priorChanged)
  journal.paused.on((paused) => {
    const text = JSON.stringify({ t: 'saving', paused } satisfies ServerMessage)
    for (const live of lives.values()) documentOf(live).relayStateless(text)
  })
  metrics.watch('consilium_open_documents', 'Documents that somebody has open', () => lives.size)
  metrics.watch('consilium_open_connections', 'Documents open on sockets', () =>
    [...lives.values()].reduce((sum, live) => sum + documentOf(live).getConnectionsCount(), 0),
  )

  /** Whoever may not see it learns nothing, not even that it exists. */
  async function enter(name: string, seat: Seat, { client, seen }: LiveToken): Promise<Visit> {
    const parsed = parseDocumentName(name)
    const found = parsed?.space === 'panel' ? await projects.caseById(parsed.caseId) : null
    if (!found) throw new Refusal('not-found')
    const { person } = seat.who
    const role = () => roleOf(found.projectId, person.id)
    // An administrator may look without being a member; what they write is judged by their role, which is none.
    const maySee = () => may(role(), 'see') || person.admin
    await roles.learn(`${found.projectId} ${person.id}`, () => memberships.roleIn(found.projectId, person.id))
    if (!maySee()) throw new Refusal('not-found')
    const book = await journal.open(name)
    if (seen && !(await journal.has(book, seen))) {
      // What this page was told is saved is not in the database: it was cut, or restored from an older copy.
      metrics.alarm('record-cut', { doc: book.doc, head: book.head.seq, seen: seen.seq })
      throw new Refusal('record-cut')
    }
    if (client !== null && book.leases.byClient.get(client)?.person !== person.id)
      throw new Refusal('foreign-authorship')
    await audit.noteOnce({
      act: 'opened-case',
      by: seat.who,
      role: role(),
      project: found.projectId,
      case: found.id,
      from: seat.from,
    })
    const live = lives.get(name)
    if (live) await beAlone(documentOf(live), seat, client)
    if (!seat.valid) throw new Refusal('not-signed-in')
    if (!maySee()) throw new Refusal('not-found')
    const bind = async (own: number) => {
      await journal.bind(book, holderOf(seat.who, role()), own)
    }
    return { writer: { person: person.id, client, role, valid: () => seat.valid, bind }, maySee }
  }

  async function load(document: Document, name: string): Promise<void> {
    const { caseId = '' } = parseDocumentName(name) ?? {}
    const found = await projects.caseById(caseId)
    if (!found) throw new Error('a document without a case was let in')
    const { projectId } = found
    const labels = new Set((await projects.labelsOf(projectId)).map(({ key }) => key))
    await phases.learn(caseId, async () => (await projects.caseById(caseId))?.phase ?? found.phase)
    await beside.learn(caseId, () => priors.of(caseId))
    const book = await journal.open(name)
    const findSeries = seriesOfCase(studies.catalogue, caseId, journal.reached)
    const news = new News(document, book, log)
    const live = new LiveDocument(
      document,
      book,
      { caseId, projectId, phase: () => phaseOf(caseId), labels: () => labels, findSeries },
      shared,
      { row: (row) => news.add(row), lost: () => closeDocument(document) },
    )
    try {
      await live.load()
    } catch (error) {
      live.detach()
      throw error
    }
    lives.set(name, live)
  }

  /** What is in memory is no longer the truth: everybody comes back and it is read again. */
  function closeDocument(document: Document): void {
    for (const connection of document.getConnections())
      seatOf(connection).close(CLOSE.tryAgain, 'the document is read again')
  }

  async function sessionEnded(ended: Ended): Promise<void> {
    ingress.end(ended)
    // What the session is writing now, before it is waited for what its pages had sent.
    const writing = visits.ended(ended.handle)
    await settled((seat) => seat.who.session.handle === ended.handle)
    await Promise.allSettled(writing)
  }

  function tellRights(live: LiveDocument, connection: Connection): void {
    const role = roleOf(live.projectId, seatOf(connection).who.person.id)
    const message: ServerMessage = { t: 'rights', role, phase: live.phase() }
    connection.sendStateless(JSON.stringify(message))
  }

  async function roleChanged({ projectId, personId, role, by }: MembershipChange): Promise<void> {
    roles.change(`${projectId} ${personId}`, role)
    for (const live of lives.values()) {
      if (live.projectId !== projectId) continue
      for (const connection of documentOf(live).getConnections()) {
        const { person } = seatOf(connection).who
        if (person.id !== personId) continue
        if (may(role, 'see') || person.admin) {
          tellRights(live, connection)
          seatOf(connection).restamp(live.name)
        } else refuse(connection, new Refusal('not-a-member'))
      }
    }
    // In the journal of every document of the project, so that the role at each row can be checked without the table of members.
    const holder = by && holderOf(by, await memberships.roleIn(projectId, by.person.id))
    const few = new Turnstile(RECORDED_AT_ONCE)
    const change = { person: personId, role, by: holder }
    await Promise.all(
      (await projects.casesOf(projectId)).map(({ id }) =>
        few.pass(() => journal.recordRole(panelOf(id), change)),
      ),
    )
  }

  async function phaseChanged({ caseId, phase, by }: PhaseChange): Promise<void> {
    phases.change(caseId, phase)
    const live = lives.get(panelOf(caseId))
    if (live) for (const connection of documentOf(live).getConnections()) tellRights(live, connection)
    const projectId = live?.projectId ?? (await projects.caseById(caseId))?.projectId ?? ''
    const holder = holderOf(by, await memberships.roleIn(projectId, by.person.id))
    await journal.recordPhase(panelOf(caseId), { phase, by: holder })
  }

  function priorChanged({ caseId, prior }: PriorChange): void {
    beside.change(caseId, prior)
    const live = lives.get(panelOf(caseId))
    if (live) documentOf(live).relayStateless(JSON.stringify({ t: 'prior', prior } satisfies ServerMessage))
  }

  return {
    handleUpgrade: ingress.handleUpgrade,
    visit: visits.visit,
    live: (name) => lives.get(name) ?? null,
    here: (caseId) => (lives.get(panelOf(caseId))?.attendance.people() ?? []).map(publicPerson),
    async close() {
      ingress.close()
      hocuspocus.closeConnections()
      await settled(() => true)
      shared.checks.close()
      for (const live of lives.values()) live.detach()
      lives.clear()
    },
  }
}

const documentOf = (live: LiveDocument): Document => live.ydoc as Document

const seatOf = (connection: Connection): Seat => (connection.context as Place).seat

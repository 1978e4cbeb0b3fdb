/**
 * The server, as typed calls. Every answer is parsed against the contract where it enters the page, so that what lies behind can trust it.
 * A no of the server is thrown as a `Refusal`, no answer at all as `Unreachable`. Nothing is retried here; lists that refetch do that.
 */
import type { AuditQuery } from '@consilium/contract/audit'
import type { HangingRule } from '@consilium/contract/hangingRules'
import type { NewName, NewRedaction, NewRestore } from '@consilium/contract/history'
import type { KeymapFile } from '@consilium/contract/keymap'
import {
  type Erase,
  FirstAdmin,
  IssuedToken,
  Me,
  Member,
  NewPerson,
  NewToken,
  Person,
  type Role,
  Session,
  SignIn,
  Token,
  Welcome,
} from '@consilium/contract/people'
import type { NewPrior } from '@consilium/contract/prior'
import { Case, CaseDetail, type NewPhase, NewProject, Project } from '@consilium/contract/projects'
import { REFUSALS, Refusal, type RefusalCode } from '@consilium/contract/refusals'
import { Authors, ChainReport, Leases, Revisions } from '@consilium/contract/revisions'
import {
  type Clearance,
  HeldPictures,
  Import,
  KnownAnswer,
  type KnownQuery,
  Series,
} from '@consilium/contract/studies'
import { z } from 'zod'
import { takeAnswer } from './ahead/answers.ts'
import { Unexpected, Unreachable } from './errors.ts'

const RefusalBody = z.object({
  code: z.string(),
  message: z.string(),
  next: z.string(),
  field: z.string().optional(),
})

/** What the server's body says about its no, as an error to throw. */
export function refusalFrom(status: number, body: unknown): Error {
  const parsed = RefusalBody.safeParse(body)
  if (!parsed.success || !(parsed.data.code in REFUSALS)) return new Unexpected(`status ${status}`, body)
  const { code, message, field } = parsed.data
  return new Refusal(code as RefusalCode, field === undefined ? { message } : { message, field })
}

type Method = 'GET' | 'PATCH' | 'POST' | 'PUT' | 'DELETE'

async function send(method: Method, path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  const init: RequestInit = { method, credentials: 'same-origin', headers: { accept: 'application/json' } }
  if (body !== undefined) {
    init.headers = { ...init.headers, 'content-type': 'application/json' }
    init.body = JSON.stringify(body)
  }
  if (signal) init.signal = signal
  let response: Response
  try {
    response = await ((method === 'GET' && takeAnswer(path)) || fetch(`/api${path}`, init))
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new Unreachable(cause)
  }
  if (response.ok) return response
  // Behind a proxy without a server: the answer is not ours.
  if (response.status === 502 || response.status === 504) throw new Unreachable(response.status)
  throw refusalFrom(response.status, await response.json().catch(() => null))
}

/** What an answer must be. Making schemas takes a page time: those that no room begins with come with the first question. */
type Asked<S extends z.ZodType> = S | (() => Promise<S>)

const later =
  <Schemas, S extends z.ZodType>(load: () => Promise<Schemas>, pick: (schemas: Schemas) => S) =>
  (): Promise<S> =>
    load().then(pick, (cause) => {
      throw new Unreachable(cause)
    })

type History = typeof import('@consilium/contract/history')
const history = <S extends z.ZodType>(pick: (schemas: History) => S): Asked<S> =>
  later(() => import('@consilium/contract/history'), pick)

async function call<S extends z.ZodType>(
  method: Method,
  path: string,
  asked: Asked<S>,
  body?: unknown,
  signal?: AbortSignal,
): Promise<z.infer<S>> {
  // Before the question: what was done is never told as failed because its schema did not come.
  const schema = typeof asked === 'function' ? await asked() : asked
  const response = await send(method, path, body, signal)
  const parsed = schema.safeParse(await response.json().catch(() => undefined))
  if (!parsed.success) throw new Unexpected(`${method} ${path}`, parsed.error)
  return parsed.data
}

const get = <S extends z.ZodType>(path: string, asked: Asked<S>, signal?: AbortSignal): Promise<z.infer<S>> =>
  call('GET', path, asked, undefined, signal)

/** For acts whose answer says nothing that the page needs. */
const act = async (method: Method, path: string, body?: unknown): Promise<void> => {
  await send(method, path, body)
}

const id = encodeURIComponent

const queryString = (query: Readonly<Record<string, string | number | undefined>>): string => {
  const said = Object.entries(query).filter(([, value]) => value !== undefined)
  return said.length === 0
    ? ''
    : `?${new URLSearchParams(said.map(([name, value]) => [name, String(value)]))}`
}

const auditPath = (project: string | null): string =>
  project === null ? '/audit' : `/projects/${id(project)}/audit`

export const api = {
  welcome: () => get('/welcome', Welcome),
  signIn: (body: z.input<typeof SignIn>) => act('POST', '/session', body),
  signInAsDemo: (person: string) => act('POST', '/session/demo', { person }),
  signOut: () => act('DELETE', '/session'),
  firstAdmin: (body: z.input<typeof FirstAdmin>) => act('POST', '/first-admin', body),

  me: () => get('/me', Me),
  sessions: () => get('/me/sessions', z.array(Session)),
  revokeSession: (session: string) => act('DELETE', `/me/sessions/${id(session)}`),
  tokens: () => get('/tokens', z.array(Token)),
  newToken: (body: z.input<typeof NewToken>) => call('POST', '/tokens', IssuedToken, body),
  revokeToken: (token: string) => act('DELETE', `/tokens/${id(token)}`),
  people: () => get('/people', z.array(Person)),
  erasePerson: (person: string, body: Erase) => act('POST', `/people/${id(person)}/erase`, body),
  newPerson: (body: z.input<typeof NewPerson>) => call('POST', '/people', Person, body),

  projects: () => get('/projects', z.array(Project)),
  project: (project: string) => get(`/projects/${id(project)}`, Project),
  newProject: (body: z.input<typeof NewProject>) => call('POST', '/projects', Project, body),
  setKeymap: (project: string, keymap: KeymapFile | null) =>
    call('PATCH', `/projects/${id(project)}`, Project, { keymap }),
  setHanging: (project: string, hanging: readonly HangingRule[]) =>
    call('PATCH', `/projects/${id(project)}`, Project, { hanging }),
  members: (project: string) => get(`/projects/${id(project)}/members`, z.array(Member)),
  setMember: (project: string, person: string, role: z.infer<typeof Role>) =>
    act('PUT', `/projects/${id(project)}/members/${id(person)}`, { role }),
  removeMember: (project: string, person: string) =>
    act('DELETE', `/projects/${id(project)}/members/${id(person)}`),
  /** Of one project, or of the whole installation. */
  audit: (project: string | null, query: Partial<AuditQuery>, signal?: AbortSignal) =>
    get(
      `${auditPath(project)}${queryString(query)}`,
      later(
        () => import('@consilium/contract/audit'),
        ({ AuditPage }) => AuditPage,
      ),
      signal,
    ),
  cases: (project: string) => get(`/projects/${id(project)}/cases`, z.array(Case)),
  setPhase: (caseId: string, phase: z.infer<typeof NewPhase>['phase']) =>
    act('PUT', `/cases/${id(caseId)}/phase`, { phase }),
  setPrior: (caseId: string, prior: z.input<typeof NewPrior>) =>
    act('PUT', `/cases/${id(caseId)}/prior`, prior),
  case: (caseId: string) => get(`/cases/${id(caseId)}`, CaseDetail),

  newImport: (project: string) => call('POST', `/projects/${id(project)}/imports`, Import, {}),
  finishImport: (importId: string) => call('POST', `/imports/${id(importId)}/finish`, Import, {}),
  import: (importId: string) => get(`/imports/${id(importId)}`, Import),
  knownFiles: (importId: string, files: KnownQuery['files'], signal: AbortSignal) =>
    call('POST', `/imports/${id(importId)}/known`, KnownAnswer, { files }, signal),
  /** Cancels it; what came is deleted. */
  dropImport: (importId: string) => act('DELETE', `/imports/${id(importId)}`),
  quarantine: (project: string) => get(`/projects/${id(project)}/quarantine`, z.array(HeldPictures)),
  held: (held: string) => get(`/quarantine/${id(held)}`, HeldPictures),
  clearHeld: (held: string, body: Clearance) =>
    call('POST', `/quarantine/${id(held)}/clear`, z.object({ series: z.array(Series) }), body),
  discardHeld: (held: string) => act('DELETE', `/quarantine/${id(held)}`),
  seriesOf: (caseId: string) => get(`/cases/${id(caseId)}/series`, z.array(Series)),
  series: (series: string) => get(`/series/${id(series)}`, Series),

  leases: (document: string, count: number) =>
    call('POST', `/documents/${id(document)}/leases`, Leases, { count }),
  authors: (document: string) => get(`/documents/${id(document)}/authors`, Authors),
  revisions: (document: string, page: { before?: number; limit?: number; kind?: 'redact' } = {}) =>
    get(`/documents/${id(document)}/revisions${queryString(page)}`, Revisions),
  /** Yjs update of the document as it was after revision `seq`. */
  at: async (document: string, seq: number): Promise<Uint8Array> => {
    const response = await send('GET', `/documents/${id(document)}/at/${seq}`, undefined)
    return new Uint8Array(await response.arrayBuffer())
  },
  /** In which revision every item was written, as session/masks/written.ts reads it. */
  written: async (document: string): Promise<Uint8Array> => {
    const response = await send('GET', `/documents/${id(document)}/blame`, undefined)
    return new Uint8Array(await response.arrayBuffer())
  },
  /** Acts of painting that lay in lanes after revision `seq` and were archived since. */
  archive: async (document: string, seq: number): Promise<Uint8Array> => {
    const response = await send('GET', `/documents/${id(document)}/at/${seq}?as=painting`, undefined)
    return new Uint8Array(await response.arrayBuffer())
  },
  chain: (document: string) => get(`/documents/${id(document)}/chain`, ChainReport),
  timeline: (document: string, from: number) =>
    get(
      `/documents/${id(document)}/timeline?from=${from}`,
      history((made) => made.Timeline),
    ),
  /** Updates of the rows after `from`, as session/film/segment.ts reads them. */
  film: async (document: string, from: number): Promise<Uint8Array> => {
    const response = await send('GET', `/documents/${id(document)}/film/${from}`, undefined)
    return new Uint8Array(await response.arrayBuffer())
  },
  compare: (document: string, a: number, b: number, signal?: AbortSignal) =>
    get(
      `/documents/${id(document)}/compare/${a}/${b}`,
      history((made) => made.Comparison),
      signal,
    ),
  blame: (document: string, annotation: string, at: number, signal?: AbortSignal) =>
    get(
      `/documents/${id(document)}/annotations/${id(annotation)}/blame?at=${at}`,
      history((made) => made.Blame),
      signal,
    ),
  /** Every revision of one annotation, newest first. */
  life: (document: string, annotation: string, before: number | null, signal?: AbortSignal) => {
    const query = before === null ? '' : `?before=${before}`
    return get(
      `/documents/${id(document)}/annotations/${id(annotation)}/history${query}`,
      history((made) => made.EntryHistory),
      signal,
    )
  },
  names: (document: string) =>
    get(
      `/documents/${id(document)}/names`,
      history((made) => made.NamedMoments),
    ),
  nameMoment: (document: string, body: NewName) =>
    call(
      'POST',
      `/documents/${id(document)}/names`,
      history((made) => made.NamedMoment),
      body,
    ),
  takeOut: (document: string, body: NewRedaction) =>
    call(
      'POST',
      `/documents/${id(document)}/redactions`,
      history((made) => made.Redacted),
      body,
    ),
  restore: (document: string, body: NewRestore) =>
    call(
      'POST',
      `/documents/${id(document)}/restore`,
      history((made) => made.Restored),
      body,
    ),
}

/** All of the log that meets these conditions, as a file. */
export const auditFile = (project: string | null, query: Partial<AuditQuery>, kind: 'csv' | 'json'): string =>
  `/api${auditPath(project)}.${kind}${queryString(query)}`

/** One frame of pictures that wait for a person. */
export const heldPicture = (held: string, frame: number): string =>
  `/api/quarantine/${id(held)}/pictures/${frame}`

/** Small picture of a series, for lists. */
export const thumbnailOf = (series: string): string => `/api/series/${id(series)}/thumbnail`

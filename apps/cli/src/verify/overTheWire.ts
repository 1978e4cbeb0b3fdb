/** The record of a running server as the verifier reads it: what is stored there, a page at a time; every hash is computed here. */
import type { AuditRow } from '@consilium/contract/audit'
import type { CheckpointLog, DocumentEvidence, JournalRow } from '@consilium/contract/checkpoints'
import type { Case, Project } from '@consilium/contract/projects'
import { panelOf } from '@consilium/crdt-schema/documents'
import { NotThere } from '../failure.ts'
import type { Link } from '../link.ts'
import { findCase } from '../projects.ts'

type Logged = CheckpointLog['items'][number]

const at = (document: string, what: string): string => `/documents/${encodeURIComponent(document)}/${what}`

/** Null where nothing was ever written to it. */
export async function evidence(link: Link, document: string): Promise<DocumentEvidence | null> {
  try {
    return await link.call<DocumentEvidence>('GET', at(document, 'evidence'))
  } catch (error) {
    if (error instanceof NotThere) return null
    throw error
  }
}

/** Of the case that is named, or of all that this token may see. */
export async function documentsOf(link: Link, name: string | null): Promise<string[]> {
  if (name !== null) return [panelOf((await findCase(link, name)).id)]
  const found: string[] = []
  for (const { id } of await link.call<Project[]>('GET', '/projects')) {
    const cases = await link.call<Case[]>('GET', `/projects/${id}/cases`)
    found.push(...cases.map((one) => panelOf(one.id)))
  }
  return found
}

/** Up to a head: rows that are written meanwhile are for the next time. */
export async function* journal(link: Link, document: string, head: number): AsyncGenerator<JournalRow> {
  const all = pages<JournalRow>(async (from) => {
    const { items } = await link.call<{ items: JournalRow[] }>('GET', at(document, `journal?from=${from}`))
    return { items, last: items.at(-1)?.seq ?? from }
  })
  for await (const row of all) if (row.seq <= head) yield row
}

/** As it is after a revision: a Yjs update, format 1. */
export async function stateAt(link: Link, document: string, seq: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of await link.stream(at(document, `at/${seq}`))) parts.push(part)
  return Buffer.concat(parts)
}

/** All there are, over all documents; a document is named because who may see its evidence may see them. */
export const checkpoints = (link: Link, document: string): AsyncGenerator<Logged> =>
  pages(async (from) => {
    const { items } = await link.call<CheckpointLog>('GET', at(document, `checkpoints?from=${from}`))
    return { items, last: items.at(-1)?.n ?? from }
  })

/** The same for whoever may see everything. */
export const allCheckpoints = (link: Link): AsyncGenerator<Logged> =>
  pages(async (from) => {
    const { items } = await link.call<CheckpointLog>('GET', `/checkpoints?from=${from}`)
    return { items, last: items.at(-1)?.n ?? from }
  })

/** With the entry that says that it is being read. */
export const auditLog = (link: Link): AsyncGenerator<AuditRow> =>
  pages(async (from) => {
    const { items } = await link.call<{ items: AuditRow[] }>('GET', `/audit/rows?from=${from}`)
    return { items, last: items.at(-1)?.n ?? from }
  })

async function* pages<T>(read: (from: number) => Promise<{ items: T[]; last: number }>): AsyncGenerator<T> {
  for (let from = 0; ; ) {
    const { items, last } = await read(from)
    if (items.length === 0) return
    yield* items
    // A database that was tampered with may not count upwards; then the rows that were read are fault enough.
    if (last <= from) return
    from = last
  }
}

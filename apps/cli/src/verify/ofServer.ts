/** Verifies the record of a running server: what it holds is fetched as it stands, and every hash is computed here. */
import type { Me } from '@consilium/contract/people'
import type { ChainReport } from '@consilium/contract/revisions'
import { Failure } from '../failure.ts'
import type { Link } from '../link.ts'
import {
  allCheckpoints,
  auditLog,
  checkpoints,
  documentsOf,
  evidence,
  journal,
  stateAt,
} from './overTheWire.ts'
import { verifyRecord } from './verify.mjs'

export type VerifyOptions = NonNullable<Parameters<typeof verifyRecord>[1]>
export type Report = Awaited<ReturnType<typeof verifyRecord>>

/** `only`: a case; null: all that the token may see. */
export async function verifyServer(
  link: Link,
  only: string | null,
  options: VerifyOptions,
  progress: (what: string) => void = () => undefined,
): Promise<Report> {
  const names = await documentsOf(link, only)
  const [first] = names
  // The audit log is of no case in particular, and for administrators.
  const mayAudit = only === null && (await link.call<Me>('GET', '/me')).person.admin
  if (first === undefined && !mayAudit) throw new Failure('There is no case here that this token may see.')

  // Each is asked for when its turn has come, after the checkpoints: what they sealed is there by then.
  async function* documents() {
    for (const name of names) {
      progress(name)
      const about = await evidence(link, name)
      if (!about) continue
      const { seq } = about.document
      yield { about, rows: journal(link, name, seq), state: () => stateAt(link, name, seq) }
    }
  }
  const report = await verifyRecord(
    {
      checkpoints: first === undefined ? allCheckpoints(link) : checkpoints(link, first),
      documents: documents(),
      audit: mayAudit ? auditLog(link) : null,
    },
    options,
  )
  if (report.documents.length === 0 && report.checkpoints.count === 0)
    throw new Failure('Nothing was ever written here: there is nothing to verify.')
  // Tables that no hash covers: the server holds them against the rows itself.
  for (const { name } of report.documents) {
    if (report.faults.some(({ document }) => document === name)) continue
    progress(name)
    const chain = `/documents/${encodeURIComponent(name)}/chain${options.deep ? '?deep=true' : ''}`
    const { fault } = await link.call<ChainReport>('GET', chain)
    if (fault)
      report.faults.push({
        layer: 'tables',
        document: name,
        revision: fault.seq,
        person: null,
        what: fault.what,
      })
  }
  return { ...report, ok: report.faults.length === 0 }
}

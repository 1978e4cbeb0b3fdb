/** Notes who read, took away and administered what. Resolves once the note is on the disk: what is not noted does not happen. */
import type { AuditAct } from '@consilium/contract/audit'
import type { Role } from '@consilium/crdt-schema/roles'
import type { Who } from '../people/whoIs.ts'

export interface Noted {
  readonly act: AuditAct
  /** Null: nobody known, as when a sign-in fails under an unknown name. */
  readonly by: Who | null
  /** Internal number of a person, where it is known who but nobody is signed in: a failed or a first sign-in. */
  readonly person?: number
  readonly role?: Role | null
  readonly project?: string | null
  readonly case?: string | null
  /** Internal number of whom it was done to. */
  readonly subject?: number
  /** Never names, never what somebody typed. */
  readonly detail?: Readonly<Record<string, string | number>>
  /** Address and browser; sealed under the person's key. */
  readonly from?: string
}

export interface Audit {
  note(noted: Noted): Promise<void>
}

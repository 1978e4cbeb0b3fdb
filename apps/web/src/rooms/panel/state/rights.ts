/**
 * What this person may do here and now, or the sentence why not. The same `judge` as the server's gate: the screen merely does not
 * offer what would be refused.
 */

import type { CaseDetail } from '@consilium/contract/projects'
import { REFUSALS } from '@consilium/contract/refusals'
import type { RootName } from '@consilium/crdt-schema/documents'
import { judge } from '@consilium/crdt-schema/policy'
import type { Accessor } from 'solid-js'
import type { LinkStatus } from '../../../session/saveState.ts'

export interface Rights {
  /** Null where it may be written to, else one sentence. */
  readonly denied: (root: RootName) => string | null
}

export function createRights(
  kase: CaseDetail,
  status: Accessor<LinkStatus>,
  isPast: Accessor<boolean>,
): Rights {
  return {
    denied: (root) => {
      if (isPast()) return 'You are looking at the past. Go back to now to change anything.'
      const denial = judge({ person: 0, role: kase.role }, kase.phase, {
        root,
        entry: '',
        op: 'create',
        field: null,
        owner: null,
        replaces: null,
      })
      if (denial !== null) return REFUSALS[denial].message
      if (!status().canWrite) return 'The document is not open for writing yet.'
      return null
    },
  }
}

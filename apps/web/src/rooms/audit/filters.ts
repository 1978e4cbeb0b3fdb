/**
 * What of the audit log is looked at, as it stands in the address: a link to a filtered view can be sent, and means the same to whoever
 * opens it, so days are days in UTC. What the address says that means nothing here is passed over.
 */
import type { AuditQuery } from '@consilium/contract/audit'
import { actsOf, isAct, isGroup } from './auditWords.ts'

export const FILTERS = ['text', 'act', 'by', 'case', 'since', 'until'] as const
export type FilterName = (typeof FILTERS)[number]

/** As in the address; what is not said is not filtered by. */
export type Filters = { readonly [Name in FilterName]?: string | undefined }

export type AuditConditions = Omit<AuditQuery, 'before' | 'limit'>

const DAY_MS = 86_400_000

/** "2026-11-21" -> its first millisecond in UTC; undefined where there is no such day. */
export function dayStart(day: string | undefined): number | undefined {
  if (!day || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined
  const at = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(at) ? undefined : at
}

/** In the words of the server. `act` may be one act, or a group of them. */
export function conditionsOf(filters: Filters): AuditConditions {
  const { text, act, by, case: caseId, since, until } = filters
  const acts = act === undefined ? [] : isGroup(act) ? actsOf(act) : isAct(act) ? [act] : []
  const from = dayStart(since)
  const last = dayStart(until)
  return {
    ...(text?.trim() ? { text: text.trim() } : {}),
    ...(acts.length > 0 ? { act: acts.join(',') } : {}),
    ...(by ? { by } : {}),
    ...(caseId ? { case: caseId } : {}),
    ...(from === undefined ? {} : { since: from }),
    ...(last === undefined ? {} : { until: last + DAY_MS - 1 }),
  }
}

export const isFiltered = (filters: Filters): boolean => Object.keys(conditionsOf(filters)).length > 0

/**
 * An entry of the audit log in words that a physician or a regulator understands without a manual, and the groups it is looked for in.
 * Pure; people, cases and times have columns of their own.
 */
import { AUDIT_ACTS, type AuditAct, type AuditEntry } from '@consilium/contract/audit'
import { capital, number } from '../../format.ts'

export const AUDIT_GROUPS = {
  'sign-ins': 'Sign-ins',
  reading: 'Reading',
  'taking-away': 'Taking away',
  record: 'The record',
  administration: 'Administration',
} as const
export type AuditGroup = keyof typeof AUDIT_GROUPS

const ACTS: Record<AuditAct, { readonly group: AuditGroup; readonly title: string }> = {
  'signed-in': { group: 'sign-ins', title: 'Signed in' },
  'sign-in-failed': { group: 'sign-ins', title: 'Sign-in failed' },
  'signed-out': { group: 'sign-ins', title: 'Signed out' },
  'session-ended': { group: 'sign-ins', title: 'Ended a session' },
  'opened-case': { group: 'reading', title: 'Opened the case' },
  'read-history': { group: 'reading', title: 'Looked into the history' },
  'looked-at-held': { group: 'reading', title: 'Looked at pictures that were held' },
  'exported-annotations': { group: 'taking-away', title: 'Exported the annotations' },
  'exported-history': { group: 'taking-away', title: 'Exported the history' },
  'exported-audit': { group: 'taking-away', title: 'Exported the audit log' },
  'made-backup': { group: 'taking-away', title: 'Made a backup of everything' },
  'named-revision': { group: 'record', title: 'Named a moment of the case' },
  'restored-revision': { group: 'record', title: 'Went back to an earlier revision' },
  redacted: { group: 'record', title: 'Took words out of the record' },
  'set-phase': { group: 'record', title: 'Moved the case to another phase' },
  'set-prior': { group: 'record', title: 'Said which case is its prior' },
  'imported-study': { group: 'administration', title: 'Imported a study' },
  'cancelled-import': { group: 'administration', title: 'Cancelled an import' },
  'cleared-pictures': { group: 'administration', title: 'Cleared pictures that were held' },
  'discarded-pictures': { group: 'administration', title: 'Discarded pictures that were held' },
  'made-person': { group: 'administration', title: 'Made an account' },
  'erased-person': { group: 'administration', title: 'Forgot a person' },
  'made-token': { group: 'administration', title: 'Made an access token' },
  'revoked-token': { group: 'administration', title: 'Revoked an access token' },
  'made-project': { group: 'administration', title: 'Began a project' },
  'set-role': { group: 'administration', title: 'Gave a role' },
  'set-hanging': { group: 'administration', title: 'Said how cases open' },
  'set-keymap': { group: 'administration', title: 'Said which keys people begin with' },
  'removed-member': { group: 'administration', title: 'Took somebody out of the project' },
}

export const actTitle = (act: AuditAct): string => ACTS[act].title
export const groupOf = (act: AuditAct): AuditGroup => ACTS[act].group

/** In the order they are offered to choose from. */
export const actsOf = (group: AuditGroup): readonly AuditAct[] =>
  (Object.keys(ACTS) as AuditAct[]).filter((act) => ACTS[act].group === group)

export const isAct = (word: string): word is AuditAct => word in AUDIT_ACTS
export const isGroup = (word: string): word is AuditGroup => word in AUDIT_GROUPS

/** What further says what was done, on one line: "Reader, before: observer". Ids are left to the opened row. */
export function detailWords({ detail }: Pick<AuditEntry, 'detail'>): string {
  const { before, ...rest } = detail
  const said = Object.entries(rest)
    .filter(([key, value]) => !ONLY_WHOLE.has(key) && !(key === 'admin' && value === 0))
    .map(([key, value]) => {
      if (key === 'admin') return 'Of an administrator'
      if (key === 'root') return ROOT_WORDS[String(value)] ?? String(value)
      // A role or a phase is a word that says itself.
      if (SAYS_ITSELF.has(key)) return capital(String(value))
      return `${capital(spaced(key))} ${typeof value === 'number' ? number(value) : value}`
    })
  const told = said.join(', ')
  if (before === undefined) return told
  return [told, `before: ${before}`].filter(Boolean).join(', ')
}

/** All of it, as it is kept. */
export const detailWhole = ({ detail }: Pick<AuditEntry, 'detail'>): string =>
  Object.entries(detail)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')

const ONLY_WHOLE: ReadonlySet<string> = new Set(['entry', 'field', 'held'])
const SAYS_ITSELF: ReadonlySet<string> = new Set(['role', 'phase', 'reason'])
const ROOT_WORDS: Readonly<Record<string, string>> = {
  annotations: 'An annotation',
  threads: 'A dispute',
  comments: 'A comment',
  decisions: 'A decision',
  dissents: 'A dissent',
}

/** `entriesRead`, `entries-read` -> "entries read". */
const spaced = (key: string): string =>
  key
    .replaceAll(/([a-z])([A-Z])/g, (_, end: string, begin: string) => `${end} ${begin.toLowerCase()}`)
    .replaceAll(/[-_]/g, ' ')

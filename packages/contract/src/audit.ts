/**
 * The audit log of an instance: who read, took away and administered what. Every change of a document is in its own journal; what changes
 * nothing there, or has no document, is here. Append-only and chained like a journal; sealed by the same checkpoints.
 * It names nobody: people are numbers whose names are looked up when it is read, so that a forgotten person is forgotten here too.
 */
import { z } from 'zod'
import { RoleIfAny } from './people.ts'
import { Author } from './revisions.ts'

/** What is noted. Codes are hashed: never renumber. */
export const AUDIT_ACTS = {
  'signed-in': 1,
  'sign-in-failed': 2,
  'signed-out': 3,
  'session-ended': 4,
  'opened-case': 10,
  'read-history': 11,
  'looked-at-held': 12,
  'exported-annotations': 20,
  'exported-history': 21,
  'exported-audit': 22,
  'made-backup': 23,
  'imported-study': 30,
  'cancelled-import': 31,
  'cleared-pictures': 32,
  'discarded-pictures': 33,
  'made-person': 40,
  'erased-person': 41,
  'made-token': 42,
  'revoked-token': 43,
  'made-project': 50,
  'set-role': 51,
  'removed-member': 52,
  'set-hanging': 53,
  'set-keymap': 54,
  'set-phase': 60,
  'named-revision': 61,
  'restored-revision': 62,
  redacted: 63,
  'set-prior': 64,
} as const
export type AuditAct = keyof typeof AUDIT_ACTS

export const AuditEntry = z
  .object({
    n: z.number().int().describe('Number in the log, from 1 without a gap'),
    at: z.number().describe('ms since 1970, server clock, never runs backwards'),
    act: z.enum(Object.keys(AUDIT_ACTS) as [AuditAct, ...AuditAct[]]),
    by: Author.nullable().describe('Null where nobody known did it: a sign-in under an unknown name'),
    role: RoleIfAny.describe('Theirs then'),
    project: z.object({ id: z.string(), title: z.string() }).nullable(),
    case: z.object({ id: z.string(), key: z.string() }).nullable(),
    subject: Author.nullable().describe('Whom it was done to: whose role, session, token or account'),
    detail: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .describe('What further says what was done, e.g. {"role":"reader","before":"observer"}; never a name'),
    from: z.string().nullable().describe('Address and browser, while its person is not erased'),
    hash: z.string().describe('Hex'),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = z.infer<typeof AuditEntry>

/** How to ask for a part of it; all conditions must hold. */
export const AuditQuery = z.object({
  before: z.coerce.number().int().positive().optional().describe('Only entries with a smaller number'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  act: z.string().optional().describe('Acts, separated by commas'),
  by: z.string().optional().describe('Public id of a person'),
  case: z.string().optional().describe('Id of a case'),
  since: z.coerce.number().optional().describe('ms since 1970'),
  until: z.coerce.number().optional(),
  text: z.string().max(100).optional().describe('Found in names, case keys, project titles or details'),
})
export type AuditQuery = z.infer<typeof AuditQuery>

export const AuditPage = z
  .object({
    items: z.array(AuditEntry).describe('Newest first'),
    next: z.number().int().nullable().describe('Pass as `before` for the next page'),
    head: z.number().int().describe('Entries there are'),
    searched: z
      .number()
      .int()
      .describe('Entries down to this number were looked at; further ones with `next`'),
    intact: z.boolean().describe('The chain of what is shown was checked and holds'),
  })
  .meta({ id: 'AuditPage' })
export type AuditPage = z.infer<typeof AuditPage>

/** An entry as it stands, for whoever computes every hash again. */
export const AuditRow = z
  .object({
    n: z.number().int(),
    at: z.number().int(),
    act: z.number().int(),
    role: z.number().int(),
    person: z.number().int().nullable(),
    subject: z.number().int().nullable(),
    project: z.string().nullable(),
    case: z.string().nullable(),
    detail: z.string(),
    sealed: z.string().nullable().describe('Hash of what is sealed'),
    hash: z.string(),
  })
  .meta({ id: 'AuditRow' })
export type AuditRow = z.infer<typeof AuditRow>

/** Rows in one answer. */
export const AUDIT_ROWS = 5_000

/** The record of a document: revisions, authors, leases, the state at a moment, the hash chain. */
import { ROOTS } from '@consilium/crdt-schema/documents'
import { z } from 'zod'
import { RoleIfAny } from './people.ts'

/** Parts of a document. */
export const Root = z.enum(ROOTS).meta({ id: 'Root' })

export const Touched = z
  .object({
    root: Root,
    entry: z.string(),
    op: z.enum(['create', 'change', 'remove']),
    fields: z.array(z.string()),
  })
  .meta({ id: 'Touched' })
export type Touched = z.infer<typeof Touched>

/** What a row of the journal records. Codes are hashed: never renumber. */
export const ACTS = { edit: 1, lease: 2, role: 3, phase: 4, name: 5, restore: 6, redact: 7 } as const
export type ActName = keyof typeof ACTS

export const Author = z
  .object({ id: z.string(), name: z.string(), initials: z.string() })
  .meta({ id: 'Author' })
export type Author = z.infer<typeof Author>

export const Revision = z
  .object({
    seq: z.number().int(),
    at: z.number().describe('ms since 1970, server clock, never runs backwards within a document'),
    saidAt: z
      .number()
      .nullable()
      .describe('When the oldest change in it was made, by the clock of the page; null where it did not say'),
    act: z.enum(['edit', 'lease', 'role', 'phase', 'name', 'restore', 'redact']),
    author: Author,
    role: RoleIfAny,
    session: z.string().describe('Public handle'),
    bytes: z.number().int(),
    touched: z.array(Touched),
    moment: z
      .number()
      .int()
      .optional()
      .describe('Of a name or a restore: the revision that was named or gone back to'),
    gave: z
      .object({ to: Author.nullable(), role: RoleIfAny })
      .optional()
      .describe(
        'Of a role: to whom, null where they never opened the document; a role of null ends a membership',
      ),
    reason: z
      .string()
      .optional()
      .describe('Of words that were taken out: why; absent where whoever said it was erased'),
    hash: z.string().describe('Hex'),
  })
  .meta({ id: 'Revision' })
export type Revision = z.infer<typeof Revision>

export const Revisions = z
  .object({
    head: z.number().int(),
    items: z.array(Revision),
    next: z.number().int().nullable().describe('Pass as `before` for the next page'),
  })
  .meta({ id: 'Revisions' })
export type Revisions = z.infer<typeof Revisions>

/** Who stands behind each clientID of a document. */
export const Authors = z
  .object({
    clients: z.array(z.object({ client: z.number(), author: Author, role: RoleIfAny })),
  })
  .meta({ id: 'Authors' })
export type Authors = z.infer<typeof Authors>

export const NewLease = z.object({
  count: z.number().int().min(1).max(4).default(2).describe('One to use, the rest for a page opened offline'),
})
export const Leases = z.object({ clients: z.array(z.number()) }).meta({ id: 'Leases' })
export type Leases = z.infer<typeof Leases>

export const ChainReport = z
  .object({
    ok: z.boolean(),
    rows: z.number().int(),
    head: z.string(),
    fault: z.object({ seq: z.number().int(), what: z.string() }).nullable(),
  })
  .meta({ id: 'ChainReport' })
export type ChainReport = z.infer<typeof ChainReport>

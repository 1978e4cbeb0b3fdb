/**
 * Table of the audit log. Its shape can never be changed later: entries are hashed and never rewritten. People are numbers, projects and
 * cases are ids; nothing in it is a name. Rights and the append-only trigger are in the migration.
 */
import { bigint, customType, index, integer, pgTable, smallint, text } from './drizzle.ts'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
const int64 = (name: string) => bigint(name, { mode: 'number' })

export const audit = pgTable(
  'audit',
  {
    /** From 1, without a hole. */
    n: int64('n').primaryKey(),
    at: int64('at').notNull(),
    /** Who did it; null: nobody known. */
    person: integer('person'),
    /** Whom it was done to. */
    subject: integer('subject'),
    /** See AUDIT_ACTS of the contract. */
    act: smallint('act').notNull(),
    /** See ROLE_CODES; 0 is none. */
    role: smallint('role').notNull(),
    project: text('project'),
    case: text('case'),
    /** JSON as it was hashed; '' where there is none. */
    detail: text('detail').notNull().default(''),
    /** Address and browser under the key of the person; see journal/sealing.ts. */
    sealed: bytea('sealed'),
    /** See audit/chain.ts. */
    hash: bytea('hash').notNull(),
  },
  (t) => [
    index('audit_person').on(t.person, t.n),
    index('audit_project').on(t.project, t.n),
    index('audit_case').on(t.case, t.n),
  ],
)

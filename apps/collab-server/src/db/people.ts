/** Tables: people, their sessions and access tokens. Times are ms since 1970. Secrets are kept as SHA-256 only. */
import { bigint, boolean, index, integer, pgTable, text } from './drizzle.ts'

const ms = (name: string) => bigint(name, { mode: 'number' })

export const people = pgTable('people', {
  /** What journal rows hold. */
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  /** Public id. */
  handle: text().notNull().unique(),
  /** Lower case. */
  login: text().notNull().unique(),
  name: text().notNull(),
  initials: text().notNull(),
  credential: text().notNull().default(''),
  admin: boolean().notNull().default(false),
  /** Argon2id in PHC format; null: cannot sign in with a password (this machine's own account). */
  passwordHash: text('password_hash'),
  createdAt: ms('created_at').notNull(),
})

export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of the cookie's value, hex. */
    hash: text().primaryKey(),
    /** Public handle. */
    handle: text().notNull().unique(),
    person: integer()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    createdAt: ms('created_at').notNull(),
    lastSeenAt: ms('last_seen_at').notNull(),
    expiresAt: ms('expires_at').notNull(),
    agent: text().notNull(),
  },
  (table) => [index('sessions_person').on(table.person), index('sessions_expires_at').on(table.expiresAt)],
)

export const tokens = pgTable(
  'tokens',
  {
    handle: text().primaryKey(),
    /** SHA-256 of the secret, hex. */
    hash: text().notNull().unique(),
    person: integer()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    title: text().notNull(),
    createdAt: ms('created_at').notNull(),
    lastUsedAt: ms('last_used_at'),
  },
  (table) => [index('tokens_person').on(table.person)],
)

/** Keys of one-time links for the first administrator; all are deleted once one was used. */
export const firstAdminKeys = pgTable('first_admin_keys', {
  hash: text().primaryKey(),
  createdAt: ms('created_at').notNull(),
})

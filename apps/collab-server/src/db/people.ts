/**
 * Tables: people, their sessions and access tokens. Times are ms since 1970. Secrets are kept as SHA-256 only. What tells who somebody is
 * is sealed under their own key (journal/sealing.ts, table `person_key`), so that it goes with the key; see people/identities.ts.
 */
import { bigint, boolean, bytea, index, integer, pgTable, text } from './drizzle.ts'

const ms = (name: string) => bigint(name, { mode: 'number' })

export const people = pgTable('people', {
  /** What journal rows hold. */
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  /** Public id. */
  handle: text().notNull().unique(),
  admin: boolean().notNull().default(false),
  /** Argon2id in PHC format; null: cannot sign in with a password (this machine's own account). */
  passwordHash: text('password_hash'),
  createdAt: ms('created_at').notNull(),
  /** HMAC of the login, by which it is found. Null once erased: the login may be somebody else's then. */
  loginMac: bytea('login_mac').unique(),
  /** Login, name, initials and credential. Null once erased. */
  sealed: bytea(),
  erasedAt: ms('erased_at'),
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
    /** What their browser says it is, sealed. */
    agent: bytea(),
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
    createdAt: ms('created_at').notNull(),
    lastUsedAt: ms('last_used_at'),
    /** Sealed. */
    title: bytea(),
  },
  (table) => [index('tokens_person').on(table.person)],
)

/** Keys of one-time links for the first administrator; all are deleted once one was used. */
export const firstAdminKeys = pgTable('first_admin_keys', {
  hash: text().primaryKey(),
  createdAt: ms('created_at').notNull(),
})

/** Whose erasing was begun and has not come to its end: people/erasing.ts goes on with it at the next start. */
export const erasing = pgTable('erasing', {
  /** 0: nobody; what once stood in clear must still leave the disk. */
  person: integer().primaryKey(),
  at: ms('at').notNull(),
})

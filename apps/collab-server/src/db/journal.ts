/**
 * Tables of the journal. What their rows say can never be changed later: it is hashed and never rewritten.
 * Rows hold integers only (no names, no text ids); identity is sealed inside `lease` rows.
 * Rights, triggers, storage and the INCLUDE columns live in the hand-written part of the migration: drizzle cannot say them.
 */
import {
  bigint,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  sql,
  text,
  uniqueIndex,
} from './drizzle.ts'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
const int64 = (name: string) => bigint(name, { mode: 'number' })

/** One per shared document. Only the head moves; the name never enters a row. */
export const document = pgTable('document', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  createdAt: int64('created_at').notNull(),
  headSeq: int64('head_seq').notNull().default(0),
  name: text('name').notNull().unique(),
  headHash: bytea('head_hash'),
})

/** Who may write under which Yjs clientID. A projection of the `lease` rows of the journal, which are hashed; rebuildable from them. */
export const lease = pgTable(
  'lease',
  {
    id: integer('id').primaryKey(),
    doc: integer('doc').notNull(),
    client: int64('client').notNull(),
    /** Sequence number of the hashed row that issued it. */
    seq: int64('seq').notNull(),
    person: integer('person').notNull(),
    role: smallint('role').notNull(),
    /** Public handle of the session or token it was issued to. */
    session: text('session').notNull(),
  },
  (t) => [uniqueIndex('lease_doc_client').on(t.doc, t.client)],
)

/**
 * The journal. `hash` is defined in journal/chain.ts, of the numbers and not of how they lie here. Columns are ordered without padding;
 * 24 bytes before each row and 4 beside it are PostgreSQL's own.
 */
export const revision = pgTable(
  'revision',
  {
    at: int64('at').notNull(),
    /** By the clock of the page, 0 where it did not say; hashed like the rest. */
    said: int64('said').notNull().default(0),
    /** Of four bytes: compare it only with what is known to be one, or with a bigint. */
    seq: integer('seq').notNull(),
    doc: integer('doc').notNull(),
    lease: integer('lease').notNull(),
    clock: integer('clock').notNull(),
    len: integer('len').notNull(),
    act: smallint('act').notNull(),
    role: smallint('role').notNull(),
    hash: bytea('hash').notNull(),
    /** Where words were taken out of the bytes: the hash of what they were, as it went into `hash`. */
    bytesHash: bytea('bytes_hash').notNull().default(Buffer.alloc(0)),
    bytes: bytea('bytes').notNull(),
  },
  (t) => [
    primaryKey({ name: 'revision_pkey', columns: [t.doc, t.seq] }),
    // Blame (item id -> row) and idempotency key in one: history.md's (lease, clock).
    uniqueIndex('revision_lease_clock').on(t.lease, t.clock).where(sql`len > 0`),
    // Names, phases, roles, restores among a million edits. Whoever means this index says the same words (act not in (1, 2)).
    index('revision_milestone').on(t.doc, t.seq).where(sql`act not in (1, 2)`),
    // What the index above leaves out: rows that only delete, and leases. For the rows of one person.
    index('revision_lease_seq').on(t.lease, t.seq).where(sql`len = 0`),
  ],
)

/** Words were taken out of rows, and the files of the database may still hold them. */
export const purgeDue = pgTable(
  'purge_due',
  {
    /** The revision that took them out. */
    seq: int64('seq').notNull(),
    doc: integer('doc').notNull(),
  },
  (t) => [primaryKey({ name: 'purge_due_pkey', columns: [t.doc, t.seq] })],
)

/** Further ranges of new clocks of one row: a page that held two leases and catches up in one update. */
export const span = pgTable(
  'span',
  {
    lease: integer('lease').notNull(),
    clock: integer('clock').notNull(),
    len: integer('len').notNull(),
    doc: integer('doc').notNull(),
    seq: int64('seq').notNull(),
  },
  (t) => [primaryKey({ name: 'span_pkey', columns: [t.lease, t.clock] })],
)

/** Which entries a row touched, and how; bits are defined in journal/touch.ts. */
export const touch = pgTable(
  'touch',
  {
    seq: int64('seq').notNull(),
    entry: integer('entry').notNull(),
    kind: smallint('kind').notNull(),
    fields: smallint('fields').notNull(),
  },
  (t) => [primaryKey({ name: 'touch_pkey', columns: [t.entry, t.seq] }), index('touch_seq').on(t.seq)],
)

/** Annotations, threads, comments, decisions, dissents: short numbers for their keys. */
export const entry = pgTable(
  'entry',
  {
    id: integer('id').primaryKey(),
    doc: integer('doc').notNull(),
    root: smallint('root').notNull(),
    key: text('key').notNull(),
  },
  (t) => [uniqueIndex('entry_doc_root_key').on(t.doc, t.root, t.key)],
)

/** States kept so that opening is fast. Never evidence: the journal is. Bytes are compressed already, hence stored external. */
export const snapshot = pgTable(
  'snapshot',
  {
    seq: int64('seq').notNull(),
    doc: integer('doc').notNull(),
    format: smallint('format').notNull(),
    sha256: bytea('sha256').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (t) => [primaryKey({ name: 'snapshot_pkey', columns: [t.doc, t.seq] })],
)

/** Signed tree heads over all documents (ledger/). */
export const checkpoint = pgTable('checkpoint', {
  n: int64('n').primaryKey(),
  at: int64('at').notNull(),
  rows: int64('rows').notNull(),
  docs: integer('docs').notNull(),
  root: bytea('root').notNull(),
  prev: bytea('prev').notNull(),
  sig: bytea('sig').notNull(),
  /** Public key that signed; the one that follows it, where it hands over. */
  key: bytea('key').notNull(),
  next: bytea('next'),
})

/** Heads that moved since the checkpoint before. */
export const checkpointHead = pgTable(
  'checkpoint_head',
  {
    n: int64('n').notNull(),
    seq: int64('seq').notNull(),
    doc: integer('doc').notNull(),
    hash: bytea('hash').notNull(),
  },
  (t) => [
    primaryKey({ name: 'checkpoint_head_pkey', columns: [t.n, t.doc] }),
    index('checkpoint_head_doc').on(t.doc, t.n),
  ],
)

/** The only place where a name in the journal can be unlocked. Destroying a row makes its person unreadable; the chain still verifies. */
export const personKey = pgTable('person_key', {
  person: integer('person').primaryKey(),
  wrapped: bytea('wrapped').notNull(),
})

/** Sixteen ways to change a record afterwards, and what is needed to find each. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  hashOf,
  hashOfRedacted,
  originOf,
  type RowHeader,
} from '../../../apps/collab-server/src/journal/chain.ts'
import { type SigningKey, signingKey } from '../../../apps/collab-server/src/ledger/keys.ts'
import {
  hashOf as checkpointHash,
  NOTHING_BEFORE,
  signed,
} from '../../../apps/collab-server/src/ledger/statement.ts'
import { type Head, Tree } from '../../../apps/collab-server/src/ledger/tree.ts'
import { ACTS } from '../../../packages/contract/src/revisions.ts'
import type { Random } from '../fault.ts'
import type { Archive, Archived, Sql } from './archive.ts'

/** Each finds what those before it find, and more. */
export const LAYERS = [
  'the record itself',
  'the key from elsewhere',
  'checkpoints kept elsewhere',
  'the pages',
] as const
export type Layer = (typeof LAYERS)[number]

export interface Target extends Archived {
  readonly archive: Archive
  readonly random: Random
}

export interface Kind {
  readonly name: string
  /** With less it cannot be found. */
  readonly foundBy: Layer
  /** As the verifier says it. */
  readonly says: 'chain' | 'leases' | 'acts' | 'checkpoints' | 'witness' | 'pages'
  /** Gives the revision that was changed, where one can be named. */
  apply(sql: Sql, target: Target): Promise<number | null>
}

/** A row of somebody, below the second checkpoint, with rows after it. */
const someRow = ({ sealed, random, typed }: Target): number =>
  random.pick(typed.filter((seq) => seq >= 4 && seq <= sealed[1] - 2))

const setHead = (sql: Sql, doc: number) => sql`
  update document set (head_seq, head_hash) = (
    select seq, hash from revision where doc = ${doc} order by seq desc limit 1) where id = ${doc}`

async function cut(sql: Sql, doc: number, last: number): Promise<void> {
  await sql`delete from revision where doc = ${doc} and seq > ${last}`
  await sql`delete from touch t using entry e where e.id = t.entry and e.doc = ${doc} and t.seq > ${last}`
  await setHead(sql, doc)
}

const flipBit = (sql: Sql, doc: number, seq: number, random: Random) => sql`
  update revision set bytes = set_bit(bytes, place, 1 - get_bit(bytes, place)) from (
    select (${random.whole(0, 100_000)}::int % (8 * octet_length(bytes)))::bigint as place
    from revision where doc = ${doc} and seq = ${seq}) as one
  where doc = ${doc} and seq = ${seq}`

/** The digit that was typed: the update stays one that Yjs reads. */
function anotherDigit(bytes: Buffer): void {
  const digit = bytes.findIndex((byte) => byte >= 0x30 && byte <= 0x39)
  bytes[digit] = 0x30 + (((bytes[digit] as number) - 0x30 + 1) % 10)
}

/** A row altered, and every hash from there on computed anew, as somebody would who knows the format. */
async function rewrite(sql: Sql, doc: number, from: number, alter = anotherDigit): Promise<void> {
  const [document] = await sql<{ name: string; created_at: number }[]>`
    select name, created_at from document where id = ${doc}`
  const rows = await sql<(RowHeader & { hash: Buffer; bytes: Buffer; bytes_hash: Buffer | null })[]>`
    select doc, seq, at, lease, clock, len, act, role, said, hash, bytes, nullif(bytes_hash, '') as bytes_hash from revision where doc = ${doc} order by seq`
  let before: Uint8Array = originOf({ doc, name: document?.name ?? '', createdAt: document?.created_at ?? 0 })
  for (const row of rows) {
    if (row.seq < from) {
      before = row.hash
      continue
    }
    const bytes = Buffer.from(row.bytes)
    if (row.seq === from) alter(bytes)
    before = row.bytes_hash ? hashOfRedacted(before, row, row.bytes_hash) : hashOf(before, row, bytes)
    await sql`update revision set bytes = ${bytes}, hash = ${Buffer.from(before)} where doc = ${doc} and seq = ${row.seq}`
  }
  await setHead(sql, doc)
}

/** All checkpoints again, over what the rows say now. */
async function resign(sql: Sql, key: SigningKey): Promise<void> {
  const tree = new Tree()
  let previous = NOTHING_BEFORE
  for (const { n, at } of await sql<{ n: number; at: number }[]>`select n, at from checkpoint order by n`) {
    await sql`update checkpoint_head h set hash = r.hash from revision r where h.n = ${n} and r.doc = h.doc and r.seq = h.seq`
    await tree.set(await sql<Head[]>`select doc, seq, hash from checkpoint_head where n = ${n}`)
    const root = Buffer.from(tree.root).toString('hex')
    const one = signed(
      { n, at, documents: tree.size, rows: tree.rows, root, previous, key: key.key, next: null },
      key.secret,
    )
    previous = checkpointHash(one)
    const bytes = (hex: string) => Buffer.from(hex, 'hex')
    await sql`update checkpoint set root = ${bytes(root)}, prev = ${bytes(one.previous)}, key = ${bytes(one.key)},
      sig = ${bytes(one.signature)} where n = ${n}`
  }
}

const stolenFrom = ({ archive }: Target): SigningKey =>
  signingKey(readFileSync(join(archive.server.data, 'checkpoint.key'), 'utf8').trim())

const column = (name: string, what: string): Pick<Kind, 'name' | 'apply'> => ({
  name: `the ${name} of a row is changed`,
  async apply(sql, target) {
    const seq = someRow(target)
    await sql.unsafe(`update revision set ${what} where doc = ${target.doc} and seq = ${seq}`)
    return seq
  },
})

const inTheActs = { foundBy: 'the record itself', says: 'acts' } as const
const inTheChain = { foundBy: 'the record itself', says: 'chain' } as const
const inTheCheckpoints = { foundBy: 'the record itself', says: 'checkpoints' } as const

export const KINDS: readonly Kind[] = [
  {
    name: 'a byte of a row is changed',
    ...inTheChain,
    async apply(sql, target) {
      const seq = someRow(target)
      await flipBit(sql, target.doc, seq, target.random)
      return seq
    },
  },
  {
    name: 'a row is given to somebody else',
    ...inTheChain,
    async apply(sql, { doc, sealed, random }) {
      // Where the other one has no row of those clocks.
      const free = await sql<{ seq: number; other: number }[]>`
        select r.seq, l.id as other from revision r join lease l on l.doc = r.doc and l.id <> r.lease
        where r.doc = ${doc} and r.act = ${ACTS.edit} and r.seq < ${sealed[1]}
          and not exists (select from revision o where o.lease = l.id and o.clock = r.clock and o.len > 0)`
      const { seq, other } = random.pick(free)
      await sql`update revision set lease = ${other} where doc = ${doc} and seq = ${seq}`
      return seq
    },
  },
  { ...column('role', 'role = 3'), ...inTheChain },
  { ...column('time', 'at = at + 1'), ...inTheChain },
  {
    name: 'a row is deleted',
    ...inTheChain,
    async apply(sql, target) {
      const seq = someRow(target)
      await sql`delete from revision where doc = ${target.doc} and seq = ${seq}`
      return seq
    },
  },
  {
    name: 'a row is put in between',
    ...inTheChain,
    async apply(sql, target) {
      const { doc } = target
      const seq = someRow(target)
      await sql`update revision set seq = seq + 100001 where doc = ${doc} and seq > ${seq}`
      await sql`update revision set seq = seq - 100000 where doc = ${doc} and seq > 100000`
      await sql`insert into revision (seq, at, doc, lease, clock, len, act, role, hash, bytes, said)
        select seq + 1, at, doc, lease, clock + 5000, len, act, role, hash, bytes, said from revision where doc = ${doc} and seq = ${seq}`
      await setHead(sql, doc)
      return seq + 1
    },
  },
  {
    name: 'two rows are swapped, with their numbers',
    ...inTheChain,
    async apply(sql, target) {
      const { doc } = target
      const seq = someRow(target)
      await sql`update revision set seq = 100000 where doc = ${doc} and seq = ${seq}`
      await sql`update revision set seq = ${seq} where doc = ${doc} and seq = ${seq + 1}`
      await sql`update revision set seq = ${seq + 1} where doc = ${doc} and seq = 100000`
      return seq
    },
  },
  {
    name: 'the tail is cut, below a checkpoint',
    ...inTheCheckpoints,
    async apply(sql, { doc, sealed, random }) {
      const last = random.whole(4, sealed[1] - 1)
      await cut(sql, doc, last)
      return last + 1
    },
  },
  {
    name: 'a row and all hashes after it are written anew',
    ...inTheCheckpoints,
    async apply(sql, target) {
      await rewrite(sql, target.doc, someRow(target))
      return null
    },
  },
  {
    name: 'a whole document is removed',
    ...inTheCheckpoints,
    async apply(sql, { doc }) {
      await sql`delete from touch t using entry e where e.id = t.entry and e.doc = ${doc}`
      for (const table of ['revision', 'lease', 'span', 'entry'])
        await sql.unsafe(`delete from ${table} where doc = ${doc}`)
      await sql`delete from document where id = ${doc}`
      return null
    },
  },
  {
    name: 'rows are written anew and all checkpoints signed with another key',
    foundBy: 'the key from elsewhere',
    says: 'checkpoints',
    async apply(sql, target) {
      await rewrite(sql, target.doc, someRow(target))
      await resign(sql, signingKey('ab'.repeat(32)))
      return null
    },
  },
  {
    name: 'the tail is cut, and the checkpoints above it are dropped',
    foundBy: 'checkpoints kept elsewhere',
    says: 'witness',
    async apply(sql, { doc, sealed, random, archive }) {
      await cut(sql, doc, random.whole(sealed[0], sealed[1] - 1))
      const last = archive.published.length
      await sql`delete from checkpoint where n >= ${last}`
      await sql`delete from checkpoint_head where n >= ${last}`
      return null
    },
  },
  {
    name: 'rows are written anew and all checkpoints signed with the stolen key',
    foundBy: 'checkpoints kept elsewhere',
    says: 'witness',
    async apply(sql, target) {
      await rewrite(sql, target.doc, someRow(target))
      await resign(sql, stolenFrom(target))
      return null
    },
  },
  {
    name: 'the tail after the last checkpoint is cut',
    foundBy: 'the pages',
    says: 'pages',
    async apply(sql, { doc, sealed, rows, random }) {
      await cut(sql, doc, random.whole(sealed[1], rows - 1))
      return null
    },
  },
  {
    name: 'the tail after the last checkpoint is written anew',
    foundBy: 'the pages',
    says: 'pages',
    async apply(sql, { doc, sealed, rows, random }) {
      await rewrite(sql, doc, random.whole(sealed[1] + 1, rows))
      return null
    },
  },
  {
    name: 'the table of leases gives a lease to somebody else',
    foundBy: 'the record itself',
    says: 'leases',
    async apply(sql, { doc, random }) {
      const leases = await sql<{ id: number; seq: number }[]>`select id, seq from lease where doc = ${doc}`
      const { id, seq } = random.pick(leases)
      const what = random.pick(['person = person + 1', 'role = 3', "session = 'tttttttttttttttt'"])
      await sql.unsafe(`update lease set ${what} where id = ${id}`)
      return seq
    },
  },
  {
    name: 'the bytes of a row are replaced, and the hash of what they were is put beside them',
    ...inTheActs,
    async apply(sql, target) {
      const seq = someRow(target)
      await sql`update revision set bytes_hash = sha256(bytes), bytes = '\\x0000' where doc = ${target.doc} and seq = ${seq}`
      return seq
    },
  },
  {
    name: 'what was left of a row out of which words were taken is altered',
    ...inTheActs,
    async apply(sql, { doc, redacted, random }) {
      await flipBit(sql, doc, redacted, random)
      return redacted
    },
  },
  {
    name: 'words that were taken out are put back',
    ...inTheActs,
    async apply(sql, { doc, redacted, words }) {
      await sql`update revision set bytes_hash = '', bytes = ${words} where doc = ${doc} and seq = ${redacted}`
      return redacted
    },
  },
  {
    name: 'the revision that says what words were taken out is removed',
    ...inTheChain,
    async apply(sql, { doc, redaction }) {
      await sql`delete from revision where doc = ${doc} and seq = ${redaction}`
      return redaction
    },
  },
  {
    name: 'a name is moved to another moment',
    ...inTheChain,
    async apply(sql, { doc, named }) {
      await sql`update revision set bytes = set_byte(bytes, 8, 5) where doc = ${doc} and seq = ${named}`
      return named
    },
  },
  {
    name: 'a name is moved to a later moment, and all hashes and checkpoints after it are made anew with the stolen key',
    ...inTheActs,
    async apply(sql, target) {
      const { doc, named, rows } = target
      await rewrite(sql, doc, named, (bytes) => bytes.writeBigInt64BE(BigInt(rows), 1))
      await resign(sql, stolenFrom(target))
      return named
    },
  },
]

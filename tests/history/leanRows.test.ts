/** Rows that an older server wrote lie otherwise on the disk after migration 0011, and are what they were. */
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { allMigrations, applyInside } from '../../apps/collab-server/src/db/migrations.ts'
import { openDatabase, type Sql } from '../../apps/collab-server/src/db/open.ts'
import { openLog } from '../../apps/collab-server/src/log.ts'
import { ForeignPostgres } from '../faults/postgres.ts'

const rowsIn = (sql: Sql) => sql`
  select seq::int8, at, said, doc, lease, clock, len, act, role, encode(hash, 'hex') as hash,
    encode(bytes_hash, 'hex') as words, encode(sha256(bytes), 'hex') as bytes
  from revision order by doc, seq`

test('[J12] rows of an older server stay what they were, and nobody may change them', async () => {
  const foreign = await ForeignPostgres.start()
  const silent = openLog({ logLevel: 'silent' })
  const start = async () => (await openDatabase({ data: '', databaseUrl: foreign.url }, silent)).close()
  // The roles are the cluster's: a first start makes them.
  await start()
  const sql = postgres(foreign.url, { max: 1, onnotice: () => undefined }) as unknown as Sql
  await sql.unsafe('drop schema public cascade; drop schema drizzle cascade; create schema public')
  const before = allMigrations().filter(({ tag }) => tag < '0011')
  await applyInside(sql, before)
  // Of three documents in turn, short and long; every seventh without its words, every fifth of a page that said when.
  await sql`
    insert into revision (seq, at, doc, lease, clock, len, act, role, hash, bytes, said, bytes_hash)
    select n / 3 + 1, 1790000000000 + n, n % 3 + 1, n % 3 + 1, n * 2, 2, 1, 2, sha256(int4send(n)), decode(repeat(md5(n::text), 1 + n % 400), 'hex'),
      case n % 5 when 0 then 1780000000000 + n else 0 end, case n % 7 when 0 then sha256(int4send(-n)) else '' end
    from generate_series(0, 2999) as n`
  const told = await rowsIn(sql)

  await start()

  expect(await rowsIn(sql)).toEqual(told)
  expect(told).toHaveLength(3_000)
  await expect(sql`update revision set role = 3 where doc = 1 and seq = 1`).rejects.toThrow('append-only')
  await expect(sql`truncate revision`).rejects.toThrow('append-only')
  expect(
    await sql`
      select privilege_type as may from information_schema.role_table_grants
      where table_name = 'revision' and grantee = 'consilium_app' order by 1`,
  ).toEqual([{ may: 'INSERT' }, { may: 'SELECT' }])
  await sql.end()
  await foreign.close()
})

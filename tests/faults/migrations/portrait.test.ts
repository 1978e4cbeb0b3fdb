/** What R13 looks with: a database that differs in the least has another portrait. */
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { allMigrations, applyInside } from '../../../apps/collab-server/src/db/migrations.ts'
import { openDatabase, type Sql } from '../../../apps/collab-server/src/db/open.ts'
import { openLog } from '../../../apps/collab-server/src/log.ts'
import { ForeignPostgres } from '../postgres.ts'
import { portraitOf } from './portrait.ts'

test('half a migration, a right that is missing, and a row that is another are seen', async () => {
  const foreign = await ForeignPostgres.start()
  await (await openDatabase({ data: '', databaseUrl: foreign.url }, openLog({ logLevel: 'silent' }))).close()
  const sql = postgres(foreign.url, { max: 1, onnotice: () => undefined }) as unknown as Sql
  await sql`insert into first_admin_keys (hash, created_at) values ('h', 1)`
  const whole = await portraitOf(sql)
  expect(await portraitOf(sql)).toEqual(whole)
  for (const change of [
    'alter table entry drop constraint entry_pkey',
    'drop trigger append_only on touch',
    'revoke insert on revision from consilium_app',
    'alter table revision alter column bytes set storage main',
    'update first_admin_keys set created_at = 2',
    'delete from drizzle.__drizzle_migrations where id = 1',
    `select nextval('lease_number')`,
  ]) {
    const other = await sql
      .begin(async (tx) => {
        await tx.unsafe(change)
        throw await portraitOf(tx as unknown as Sql)
      })
      .catch((portrait: unknown) => portrait)
    expect([change, other]).not.toEqual([change, whole])
    expect(Array.isArray(other), change).toBe(true)
  }
  // Half of the next one.
  await sql`drop schema public cascade`
  await sql`create schema public`
  const [roles, journal] = allMigrations()
  await applyInside(sql, roles ? [roles] : [])
  const before = await portraitOf(sql)
  await sql.unsafe(journal?.statements[0] ?? '')
  expect(await portraitOf(sql)).not.toEqual(before)
  await sql.end()
  await foreign.close()
})

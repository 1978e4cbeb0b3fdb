/**
 * Takes what stood in clear before people were sealed (migration 0008 put it aside), seals it, and leaves nothing of it behind.
 * Done at the start, before anybody is let in; cut off in the middle it is done again as a whole, or goes on where only the disk is left.
 */
import type { Database, Sql } from '../db/open.ts'
import { type Identities, placeOf, type Self } from './identities.ts'

interface InClear {
  readonly what: 'person' | 'session' | 'token'
  readonly handle: string
  readonly person: number
  readonly words: string
}

/** True where there was anything: it must still leave the disk. */
export const sealWhatIsInClear = (db: Pick<Database, 'upkeep'>, identities: Identities): Promise<boolean> =>
  db.upkeep(async (sql) => {
    const [known] = await sql`select to_regclass('public.in_clear') is not null as yes`
    if (!known?.yes) return false
    return sql.begin(async (tx) => {
      const all = await tx<InClear[]>`select what, handle, person, words from in_clear`
      for (const one of all) await seal(tx as unknown as Sql, identities, one)
      await tx`drop table in_clear`
      if (all.length > 0)
        await tx`insert into erasing (person, at) values (0, ${Date.now()}) on conflict do nothing`
      return all.length > 0
    })
  })

async function seal(
  sql: Sql,
  identities: Identities,
  { what, handle, person, words }: InClear,
): Promise<void> {
  // Outside of this transaction the person may get a key; an unused one does no harm where this is cut off.
  const sealed = await identities.seal(person, placeOf[what](handle), words)
  if (what === 'person') {
    const { login } = JSON.parse(words) as Self
    await sql`
      update people set sealed = ${sealed}, login_mac = ${identities.loginMac(login)} where handle = ${handle}`
  } else if (what === 'session') await sql`update sessions set agent = ${sealed} where handle = ${handle}`
  else await sql`update tokens set title = ${sealed} where handle = ${handle}`
}

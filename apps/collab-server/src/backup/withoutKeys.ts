/**
 * A record that was put back without its keys: no name in it can ever be read again, and nobody could sign in. People become what erased
 * people are; what they did stays theirs by number. The server then offers its link for the first administrator.
 */
import type { Sql } from '../db/open.ts'

export async function forgetPeople(tx: Sql): Promise<void> {
  await tx`
    update people set admin = false, password_hash = null, login_mac = null, sealed = null, erased_at = coalesce(erased_at, ${Date.now()})`
  await tx`delete from tokens`
  await tx`delete from members`
  // Of a backup from before names were sealed.
  await tx`delete from in_clear`
}

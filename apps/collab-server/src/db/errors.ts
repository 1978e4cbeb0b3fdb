/** What PostgreSQL said no to. drizzle wraps the driver's error; the SQLSTATE sits in it or in its cause. */
export function sqlState(error: unknown): string | null {
  return codesOf(error).find((code) => /^[0-9A-Z]{5}$/.test(code)) ?? null
}

/**
 * The connection went, or the database is stopping, starting, full, locked out or too busy: nothing is wrong with what was asked, and
 * asked again later it may succeed.
 */
export const isUnavailable = (error: unknown): boolean =>
  codesOf(error).some((code) => AWAY.has(code) || AWAY_CLASSES.test(code))

/** Of Node and of postgres.js; then of PostgreSQL. */
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  '25006', // it became a standby
  '3D000', // the database is being restored
  '40001', // somebody else's transaction was in the way
  '40P01',
  '55P03',
  '57014', // it took longer than a statement may
])
/** 08 connection, 28 signing in, 53 disk, memory or connections used up, 57P0 shutting down or starting up. */
const AWAY_CLASSES = /^(08...|28...|53...|57P0.)$/

/** The disk or the files under the database are at fault. What was not written then must not be called saved, nor tried again. */
export const isStorageFault = (error: unknown): boolean => codesOf(error).some((code) => STORAGE.has(code))

const STORAGE = new Set(['58030', '58P01', '58P02', 'XX000', 'XX001', 'XX002'])

export const isUniqueViolation = (error: unknown): boolean => sqlState(error) === '23505'

function codesOf(error: unknown): string[] {
  const codes: string[] = []
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown }
    if (typeof code === 'string') codes.push(code)
  }
  return codes
}

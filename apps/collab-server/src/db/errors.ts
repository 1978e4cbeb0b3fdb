/** What PostgreSQL said no to. drizzle wraps the driver's error; the SQLSTATE sits in it or in its cause. */
export function sqlState(error: unknown): string | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown }
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code
  }
  return null
}

/** The connection went, or the database is stopping or starting: nothing is wrong with what was asked. */
export function isUnavailable(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown }
    if (typeof code === 'string' && (AWAY.has(code) || /^(08|57P0)/.test(code))) return true
  }
  return false
}
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
])

export const isUniqueViolation = (error: unknown): boolean => sqlState(error) === '23505'

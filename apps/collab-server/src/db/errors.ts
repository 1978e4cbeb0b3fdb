/** What PostgreSQL said no to. drizzle wraps the driver's error; the SQLSTATE sits in it or in its cause. */
export function sqlState(error: unknown): string | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown }
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code
  }
  return null
}

export const isUniqueViolation = (error: unknown): boolean => sqlState(error) === '23505'

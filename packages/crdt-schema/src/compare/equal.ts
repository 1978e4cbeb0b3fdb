/** Equality of plain JSON values, whatever the order of their keys. */

export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  // Points above all, and of those there are many.
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((value, n) => isEqual(value, b[n]))
  if (Array.isArray(a) || Array.isArray(b)) return false
  const [before, after] = [Object.entries(a), Object.entries(b)]
  if (before.length !== after.length) return false
  return before.every(
    ([key, value]) => Object.hasOwn(b, key) && isEqual(value, (b as typeof a)[key as never]),
  )
}

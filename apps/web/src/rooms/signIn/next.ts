/** Where to go after signing in: only a path of this page, whatever the address says. */
export function safeNext(next: string | undefined): string {
  if (!next?.startsWith('/') || next.startsWith('//') || next.includes('\\')) return '/'
  return next.startsWith('/sign-in') ? '/' : next
}

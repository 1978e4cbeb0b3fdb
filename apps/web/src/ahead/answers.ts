/**
 * Answers of the server that were asked for before the page's own code was here. Each is taken once, by whoever would have asked; what the
 * server refuses is refused to them. What nobody takes soon would be old, and goes.
 */
const KEPT_MS = 10_000
const answers = new Map<string, Promise<Response>>()

/** `path`: below /api, as api.ts says it. Asked as the browser asks for what the page's head names, which is then this answer. */
export function askFor(path: string): Promise<Response> {
  const answer = fetch(`/api${path}`, { credentials: 'same-origin' })
  // Whoever takes it is told; while nobody does it is no fault of the page.
  answer.catch(() => undefined)
  answers.set(path, answer)
  setTimeout(() => answers.delete(path), KEPT_MS)
  return answer
}

export function takeAnswer(path: string): Promise<Response> | null {
  const answer = answers.get(path) ?? null
  answers.delete(path)
  return answer
}

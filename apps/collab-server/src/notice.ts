/** A thing that others can listen to. A listener that throws is our own mistake: it is logged and does not keep the others from hearing. */
import type { Log } from './log.ts'

export interface Notice<T> {
  tell(news: T): void
  /** Returns how to stop listening. */
  on(listener: (news: T) => void): () => void
}

export function notice<T>(log: Log): Notice<T> {
  const listeners = new Set<(news: T) => void>()
  return {
    tell(news) {
      for (const listener of listeners) {
        try {
          listener(news)
        } catch (error) {
          log.error({ err: error }, 'a listener failed')
        }
      }
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

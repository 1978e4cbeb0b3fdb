/** A thing that others can listen to. A listener that fails does not keep the others from hearing; it is logged, and whoever told learns of it. */
import type { Log } from './log.ts'

export interface Notice<T> {
  /** Everybody hears of it before this returns; resolves when all have done what they do about it, with the errors of those who could not. */
  tell(news: T): Promise<unknown[]>
  /** Returns how to stop listening. */
  on(listener: (news: T) => void | Promise<void>): () => void
}

export function notice<T>(log: Log): Notice<T> {
  const listeners = new Set<(news: T) => void | Promise<void>>()
  return {
    async tell(news) {
      const heard = [...listeners].map(async (listener) => listener(news))
      const failures = (await Promise.allSettled(heard)).flatMap((one) =>
        one.status === 'rejected' ? [one.reason as unknown] : [],
      )
      for (const error of failures) log.error({ err: error }, 'a listener failed')
      return failures
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

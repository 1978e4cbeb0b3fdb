/**
 * At most one call per interval: the first at once, the last of a burst at the interval's end, whatever lies between is dropped.
 * Presence goes through here (30 a second): only the newest cursor is worth sending.
 */
export interface Throttled<T> {
  (value: T): void
  /** Sends what waits, now. */
  flush(): void
  /** Forgets what waits. */
  cancel(): void
}

export function throttle<T>(
  intervalMs: number,
  send: (value: T) => void,
  now: () => number = () => performance.now(),
): Throttled<T> {
  let last = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | null = null
  let waiting: { value: T } | null = null

  const flush = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (waiting === null) return
    const { value } = waiting
    waiting = null
    last = now()
    send(value)
  }

  const throttled = (value: T): void => {
    waiting = { value }
    const wait = last + intervalMs - now()
    if (wait <= 0) flush()
    else timer ??= setTimeout(flush, wait)
  }

  return Object.assign(throttled, {
    flush,
    cancel() {
      if (timer !== null) clearTimeout(timer)
      timer = null
      waiting = null
    },
  })
}

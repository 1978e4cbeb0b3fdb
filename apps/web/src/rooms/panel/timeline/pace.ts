/** How often: values that come faster than anybody needs them. */
import { createEffect, createSignal, onCleanup } from 'solid-js'

/** The value, at most so often. */
export function settling<T>(source: () => T, everyMs: number): () => T {
  const [settled, set] = createSignal(source(), { equals: false })
  let timer: ReturnType<typeof setTimeout> | null = null
  let last = 0
  createEffect(() => {
    const value = source()
    if (timer !== null) return
    const wait = Math.max(0, last + everyMs - performance.now())
    timer = setTimeout(() => {
      timer = null
      last = performance.now()
      set(() => source())
    }, wait)
    if (last === 0) set(() => value)
  })
  onCleanup(() => timer !== null && clearTimeout(timer))
  return settled
}

/** Once per painting, with the newest value. */
export function perFrame<T>(call: (value: T) => void): (value: T) => void {
  let waiting: { value: T } | null = null
  return (value) => {
    if (waiting) {
      waiting.value = value
      return
    }
    waiting = { value }
    requestAnimationFrame(() => {
      const newest = waiting
      waiting = null
      if (newest) call(newest.value)
    })
  }
}

/** How often: values that come faster than anybody needs them. */
import { createEffect, createSignal, onCleanup, untrack } from 'solid-js'
import { afterPicture } from '../../../session/picture.ts'

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

/** The value a turn after the picture that came with it: what is seen comes before what is told of it. */
export function createPictured<T>(source: () => T): () => T {
  const [told, tell] = createSignal(untrack(source))
  let isWaiting = false
  createEffect(() => {
    source()
    if (isWaiting) return
    isWaiting = true
    afterPicture(() => {
      isWaiting = false
      tell(() => untrack(source))
    })
  })
  return told
}

/** At once, and while values come faster than pictures once per painting, with the newest. */
export function perFrame<T>(call: (value: T) => void): (value: T) => void {
  let waiting: { value: T } | null = null
  let painting = false
  const go = (value: T): void => {
    painting = true
    requestAnimationFrame(() => {
      painting = false
      const newest = waiting
      waiting = null
      if (newest) go(newest.value)
    })
    call(value)
  }
  return (value) => {
    if (painting) waiting = { value }
    else go(value)
  }
}

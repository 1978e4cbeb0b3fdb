/**
 * Rows of a list are made a few at a time, from the top: two hundred annotations that arrive in one message would otherwise keep the page
 * for as long as a screen of rows takes to make. What is there stays; what is not wanted any more goes at once.
 */
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'

/** Made in one task. */
const AT_ONCE = 4

/** The first of those wanted, and a few more with every task until all are there. `must`: there at once, whatever their place. */
export function createGradual<Key>(
  wanted: Accessor<readonly Key[]>,
  must: (key: Key) => boolean = () => false,
): Accessor<readonly Key[]> {
  const [turn, setTurn] = createSignal(0)
  let timer: ReturnType<typeof setTimeout> | null = null
  const made = createMemo((before: ReadonlySet<Key>) => {
    turn()
    const now = new Set<Key>()
    let fresh = 0
    for (const key of wanted()) if (before.has(key) || must(key) || fresh++ < AT_ONCE) now.add(key)
    return now
  }, new Set<Key>())
  createEffect(
    on(made, (there) => {
      if (timer !== null || there.size === wanted().length) return
      timer = setTimeout(() => {
        timer = null
        setTurn((now) => now + 1)
      })
    }),
  )
  onCleanup(() => timer !== null && clearTimeout(timer))
  return createMemo(() => wanted().filter((key) => made().has(key)))
}

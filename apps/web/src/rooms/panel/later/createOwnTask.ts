/**
 * Whether it is time to make what was wanted: first in a task after the one that wanted it, so that a hand is never held up by both; from
 * then on at once.
 */
import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'

export function createOwnTask(isWanted: Accessor<boolean>): Accessor<boolean> {
  const [isDue, setDue] = createSignal(false)
  createEffect(() => {
    if (isDue() || !isWanted()) return
    const timer = setTimeout(() => setDue(true))
    onCleanup(() => clearTimeout(timer))
  })
  return isDue
}

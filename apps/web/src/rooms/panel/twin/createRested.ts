/** What is told in words of something that moves with the hand: at once while somebody is there to watch, else once it stands still. */
import { type Accessor, createEffect, createSignal, onCleanup, untrack } from 'solid-js'
import { REST_MS } from '../state/twin.ts'

export function createRested<T>(now: Accessor<T>, isWatched: Accessor<boolean>): Accessor<T> {
  const [told, tell] = createSignal(untrack(now))
  createEffect(() => {
    const next = now()
    if (isWatched()) {
      tell(() => next)
      return
    }
    const timer = setTimeout(() => tell(() => next), REST_MS)
    onCleanup(() => clearTimeout(timer))
  })
  return told
}

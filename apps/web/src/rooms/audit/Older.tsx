/** The end of what is here: asks for older entries when it comes near; a button for whoever does not scroll. */
import { createEffect, type JSX, onCleanup, Show } from 'solid-js'
import { number } from '../../format.ts'
import { Button } from '../../parts/Button.tsx'

interface OlderProps {
  readonly busy: boolean
  /** Number of the entry down to which was looked: a page may hold few that match. */
  readonly searched: number | null
  readonly onNear: () => void
}

export function Older(props: OlderProps): JSX.Element {
  let place: HTMLDivElement | undefined
  createEffect(() => {
    // Looked at anew after each page: what is still in view then asks for the next one.
    if (props.busy || !place) return
    const seen = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) props.onNear()
      },
      { rootMargin: '600px' },
    )
    seen.observe(place)
    onCleanup(() => seen.disconnect())
  })
  return (
    <div
      ref={(element) => {
        place = element
      }}
      class="flex items-center justify-center gap-3"
    >
      <Show when={props.searched}>
        {(down) => <span class="text-12 text-t3">Looked down to entry {number(down())}</span>}
      </Show>
      <Button size="bar" busy={props.busy} onClick={() => props.onNear()}>
        Show older
      </Button>
    </div>
  )
}

/** The end of what is here: asks for older entries when it comes near; a button for whoever does not scroll. */
import { createEffect, type JSX, onCleanup } from 'solid-js'
import { Button } from '../../parts/Button.tsx'

export function Older(props: { readonly busy: boolean; readonly onNear: () => void }): JSX.Element {
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
      class="flex justify-center"
    >
      <Button size="bar" busy={props.busy} onClick={() => props.onNear()}>
        Show older
      </Button>
    </div>
  )
}

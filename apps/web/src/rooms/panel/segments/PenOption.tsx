/** Whether a pen paints by its pressure; offered only once a pen was near the page. */
import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js'
import { Button } from '../../../parts/Button.tsx'
import { useDesk } from '../state/desk.ts'

const [wasSeen, setSeen] = createSignal(false)

export function PenOption(): JSX.Element {
  const { brush } = useDesk().painting
  onMount(() => {
    const look = ({ pointerType }: PointerEvent): void => {
      if (pointerType === 'pen') setSeen(true)
    }
    window.addEventListener('pointerover', look)
    onCleanup(() => window.removeEventListener('pointerover', look))
  })
  return (
    <Show when={wasSeen()}>
      <Button
        size="bar"
        kind={brush.byPressure() ? 'primary' : 'quiet'}
        aria-pressed={brush.byPressure()}
        title="A pen paints the larger the harder it is pressed"
        onClick={() => brush.setByPressure(!brush.byPressure())}
      >
        Pressure
      </Button>
    </Show>
  )
}

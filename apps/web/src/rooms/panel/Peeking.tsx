/** Over the image: a frame in the colour of the person one follows, and how to leave. Takes no pointer but its button's. */
import X from 'lucide-solid/icons/x'
import { type JSX, Show } from 'solid-js'
import { ON_COLOUR, personColour } from '../../parts/colours.ts'
import { Kbd } from '../../parts/Kbd.tsx'
import { useDesk } from './state/desk.ts'

export function Peeking(): JSX.Element {
  const { people } = useDesk()
  const followed = () => people.here().find((person) => person.id === people.followed())
  return (
    <Show when={followed()}>
      {(person) => (
        <div
          class="pointer-events-none absolute inset-0 z-10 flex items-start justify-center border-2"
          style={{ 'border-color': personColour(person().colour) }}
        >
          <button
            type="button"
            onClick={() => people.leave()}
            class="pointer-events-auto mr-[40%] flex h-7 items-center gap-2 rounded-b-control px-3 text-12 font-medium"
            style={{ 'background-color': personColour(person().colour), color: ON_COLOUR }}
          >
            Following {person().name}
            <span class="[&_kbd]:border-black/40 [&_kbd]:text-dark">
              <Kbd>Esc</Kbd>
            </span>
            <X size={14} aria-hidden="true" />
            <span class="sr-only">Stop following</span>
          </button>
        </div>
      )}
    </Show>
  )
}

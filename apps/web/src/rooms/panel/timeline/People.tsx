/** Who has a lane; a click shows what this person did alone. */
import { For, type JSX } from 'solid-js'
import { Avatar } from '../../../parts/Avatar.tsx'
import { useDesk } from '../state/desk.ts'

export function People(props: {
  readonly lanes: readonly { readonly person: string; readonly name: string; readonly initials: string }[]
  readonly height: number
}): JSX.Element {
  const { timeline, document } = useDesk()
  return (
    <ul aria-label="People" class="mt-5 w-42 shrink-0 px-3">
      <For each={props.lanes}>
        {(lane) => {
          const chosen = () => timeline.filter().person === lane.person
          return (
            <li style={{ height: `${props.height}px` }} class="flex items-end">
              <button
                type="button"
                aria-pressed={chosen()}
                disabled={lane.person === ''}
                title={chosen() ? 'Show everybody' : `Only ${lane.name}`}
                onClick={() => timeline.setFilter({ person: chosen() ? null : lane.person })}
                class={`flex h-full w-full items-center gap-2 rounded-letter px-1 text-left text-12 transition-colors focus-visible:outline-offset-[-2px] ${chosen() ? 'bg-s4 text-t1' : `${timeline.filter().person === null ? 'text-t2' : 'text-t3'} enabled:hover:bg-s3`}`}
              >
                <Avatar
                  initials={lane.initials}
                  order={lane.person === '' ? 0 : document.colourOf(lane.person)}
                  size={18}
                  off={lane.person === ''}
                />
                <span class="truncate">{lane.name}</span>
              </button>
            </li>
          )
        }}
      </For>
    </ul>
  )
}

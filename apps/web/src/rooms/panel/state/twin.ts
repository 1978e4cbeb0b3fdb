/** What each pane shows by name, told by its stage; and whether it is shown in words beside the picture (twin/). */
import type { OnPicture } from '@consilium/viewer/scene'
import { type Accessor, createSignal, onCleanup, type Setter } from 'solid-js'

export interface TwinState {
  readonly meet: (pane: number, on: OnPicture) => void
  /** On the active pane. */
  readonly on: Accessor<OnPicture>
  /** Shown to everybody; else it is there for screen readers, and seen while it has the focus. */
  readonly isOpen: Accessor<boolean>
  readonly setOpen: Setter<boolean>
}

const NOTHING: OnPicture = { met: [], pins: [], peers: [] }
/** ms a picture stands before it is told in words: whoever scrolls waits for pictures, not for rows. */
export const REST_MS = 200

export function createTwin(active: Accessor<number>): TwinState {
  const [panes, setPanes] = createSignal<readonly OnPicture[]>([])
  const [isOpen, setOpen] = createSignal(false)
  const latest: OnPicture[] = []
  let timer: ReturnType<typeof setTimeout> | null = null
  const tell = (): void => {
    timer = null
    setPanes([...latest])
  }
  onCleanup(() => timer !== null && clearTimeout(timer))
  return {
    meet: (pane, next) => {
      const isAnother = latest[pane]?.met !== next.met
      latest[pane] = next
      // Others point without rest; of them it is told all the while.
      if (timer !== null && isAnother) clearTimeout(timer)
      if (timer === null || isAnother) timer = setTimeout(tell, REST_MS)
    },
    on: () => panes()[active()] ?? NOTHING,
    isOpen,
    setOpen,
  }
}

/** What each pane shows by name, told by its stage; and whether it is shown in words beside the picture (twin/). */
import type { OnPicture } from '@consilium/viewer/scene'
import { type Accessor, createMemo, createSignal, type Setter } from 'solid-js'

export interface TwinState {
  readonly meet: (pane: number, on: OnPicture) => void
  /** On the active pane. */
  readonly on: Accessor<OnPicture>
  /** Shown to everybody; else it is there for screen readers, and seen while it has the focus. */
  readonly isOpen: Accessor<boolean>
  readonly setOpen: Setter<boolean>
}

const NOTHING: OnPicture = { met: [], pins: [], peers: [] }

export function createTwin(active: Accessor<number>): TwinState {
  const [panes, setPanes] = createSignal<readonly OnPicture[]>([])
  const [isOpen, setOpen] = createSignal(false)
  const on = createMemo(() => panes()[active()] ?? NOTHING)
  return {
    meet: (pane, on) =>
      void setPanes((known) => {
        const next = [...known]
        next[pane] = on
        return next
      }),
    on,
    isOpen,
    setOpen,
  }
}

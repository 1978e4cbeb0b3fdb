/** What tells about commands and is open just now: the sheet of keys, where they are changed, or the list that is searched. */
import { type Accessor, createSignal } from 'solid-js'

export type HelpName = 'sheet' | 'keys' | 'palette'

export interface HelpState {
  readonly open: Accessor<HelpName | null>
  readonly show: (what: HelpName | null) => void
}

export function createHelp(): HelpState {
  const [open, setOpen] = createSignal<HelpName | null>(null)
  return { open, show: (what) => void setOpen(what) }
}

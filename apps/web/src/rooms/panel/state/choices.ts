/** What this reader has chosen: tool, label, selection, tab, what is hidden. Of the record nothing is here. */
import type { CaseDetail } from '@consilium/contract/projects'
import type { Certainty } from '@consilium/crdt-schema/annotation'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import type { Vec3 } from '@consilium/geometry/vec3'
import type { Tool } from '@consilium/viewer/scene'
import { type Accessor, createSignal, type Setter } from 'solid-js'
import type { People } from './people.ts'

export type TabName = 'annotations' | 'discussion' | 'history'

export type Asking = 'delete' | 'dispute'

/** Where a comment is about to be written. */
export interface Pin {
  readonly series: string
  readonly frame: number
  readonly point: Vec3
  readonly annotation: EntryKey | null
}

export interface Choices {
  readonly tool: Accessor<Tool>
  readonly setTool: (tool: Tool) => void
  readonly label: Accessor<string>
  readonly setLabel: Setter<string>
  readonly certainty: Accessor<Certainty | null>
  readonly setCertainty: Setter<Certainty | null>
  readonly selection: Accessor<EntryKey | null>
  readonly select: (id: EntryKey | null) => void
  /** A reason that is being asked for, about the selection. */
  readonly asking: Accessor<Asking | null>
  readonly ask: (what: Asking | null) => void
  readonly tab: Accessor<TabName>
  readonly setTab: (tab: TabName) => void
  readonly thread: Accessor<EntryKey | null>
  readonly openThread: (id: EntryKey | null) => void
  readonly pin: Accessor<Pin | null>
  readonly setPin: Setter<Pin | null>
  readonly isHidden: (id: EntryKey) => boolean
  readonly hidden: Accessor<ReadonlySet<EntryKey>>
  readonly toggleHidden: (ids: readonly EntryKey[]) => void
}

export function createChoices(
  kase: CaseDetail,
  people: People,
  /** What was said in it has been seen. */
  onRead: (thread: EntryKey) => void,
): Choices {
  const [tool, setTool] = createSignal<Tool>('select')
  const [label, setLabel] = createSignal(kase.labels[0]?.key ?? '')
  const [certainty, setCertainty] = createSignal<Certainty | null>(null)
  const [selection, setSelection] = createSignal<EntryKey | null>(null)
  const [asking, setAsking] = createSignal<Asking | null>(null)
  const [tab, setTab] = createSignal<TabName>('annotations')
  const [thread, setThread] = createSignal<EntryKey | null>(null)
  const [pin, setPin] = createSignal<Pin | null>(null)
  const [hidden, setHidden] = createSignal<ReadonlySet<EntryKey>>(new Set())
  return {
    tool,
    setTool: (next) => void setTool(next),
    label,
    setLabel,
    certainty,
    setCertainty,
    selection,
    select: (id) => {
      if (selection() === id) return
      setAsking(null)
      setSelection(id)
      people.say({ selection: id })
    },
    asking,
    ask: (what) => {
      setAsking(what)
      // It is asked in the list, below the annotation it is about.
      if (what !== null) setTab('annotations')
    },
    tab,
    setTab: (next) => {
      setTab(next)
      const open = thread()
      if (next === 'discussion' && open !== null) onRead(open)
    },
    thread,
    openThread: (id) => {
      setThread(id)
      if (id === null) return
      setTab('discussion')
      setPin(null)
      onRead(id)
    },
    pin,
    setPin,
    isHidden: (id) => hidden().has(id),
    hidden,
    toggleHidden: (ids) =>
      setHidden((known) => {
        const next = new Set(known)
        const hideAll = ids.some((id) => !known.has(id))
        for (const id of ids)
          if (hideAll) next.add(id)
          else next.delete(id)
        return next
      }),
  }
}

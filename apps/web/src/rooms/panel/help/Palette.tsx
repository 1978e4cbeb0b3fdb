/**
 * Everything that can be done, by its words: arrows choose, Enter does it. What is not possible just now stays in the list and says why.
 * The choice is the field's active descendant (ARIA, combobox with a list), so the focus never leaves what is typed.
 */
import { createEffect, createMemo, createSignal, createUniqueId, For, type JSX, on, Show } from 'solid-js'
import { Dialog } from '../../../parts/Dialog.tsx'
import { found } from '../commands/finding.ts'
import { useDesk } from '../state/desk.ts'
import { annotationsIn, commandsIn, type Entry, sliceIn } from './entries.ts'
import { Keys } from './Keys.tsx'

/** More are found by another word. */
const MOST = 60

export function Palette(): JSX.Element {
  const { help } = useDesk()
  return (
    <Dialog open={help.open() === 'palette'} onClose={() => help.show(null)} title="Commands" width="wide">
      <Search onDone={() => help.show(null)} />
    </Dialog>
  )
}

function Search(props: { readonly onDone: () => void }): JSX.Element {
  const desk = useDesk()
  const list = createUniqueId()
  const [query, setQuery] = createSignal('')
  const [at, setAt] = createSignal(0)
  const commands = createMemo(() => commandsIn(desk))
  const annotations = createMemo(() => annotationsIn(desk))
  /** Thousands of annotations are nothing to leaf through. */
  const all = () => (query().trim().length < 2 ? commands() : [...commands(), ...annotations()])
  const hits = createMemo((): readonly Entry[] =>
    [...sliceIn(desk, query()), ...found(all(), query())].slice(0, MOST),
  )
  createEffect(on(query, () => setAt(0)))
  const idOf = (index: number): string => `${list}-${index}`
  createEffect(() => document.getElementById(idOf(at()))?.scrollIntoView({ block: 'nearest' }))

  const run = (entry: Entry | undefined): void => {
    if (!entry || entry.denied !== null) return
    props.onDone()
    // Once the dialog has given the focus back: a command may take it elsewhere.
    setTimeout(entry.run)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    if (by !== undefined) {
      event.preventDefault()
      setAt((was) => Math.max(0, Math.min(was + by, hits().length - 1)))
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault()
      run(hits()[at()])
    }
  }
  return (
    <>
      <input
        type="text"
        role="combobox"
        aria-label="Search commands"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={list}
        aria-activedescendant={hits().length > 0 ? idOf(at()) : undefined}
        autocomplete="off"
        spellcheck={false}
        placeholder="A command, a key, “slice 84”, an annotation"
        value={query()}
        onInput={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        class="h-9 w-full rounded-control border border-ctl bg-s1 px-2.5 text-13 text-t1 placeholder:text-t3"
      />
      <ul id={list} role="listbox" aria-label="Commands" class="h-[46vh] overflow-y-auto">
        <For each={hits()}>
          {(entry, index) => (
            <Option
              id={idOf(index())}
              entry={entry}
              chosen={index() === at()}
              onPoint={() => setAt(index())}
              onRun={() => run(entry)}
            />
          )}
        </For>
      </ul>
      <p role="status" class="text-12 text-t3">
        {hits().length === 0 ? 'Nothing is called that.' : ''}
      </p>
    </>
  )
}

interface OptionProps {
  readonly id: string
  readonly entry: Entry
  readonly chosen: boolean
  readonly onPoint: () => void
  readonly onRun: () => void
}

function Option(props: OptionProps): JSX.Element {
  return (
    // The keys are those of the field above.
    <li
      id={props.id}
      role="option"
      aria-selected={props.chosen}
      aria-disabled={props.entry.denied === null ? undefined : 'true'}
      onPointerMove={() => props.onPoint()}
      onClick={() => props.onRun()}
      class={`flex min-h-8 cursor-default items-center gap-3 rounded-letter px-2 py-1 text-13 ${props.chosen ? 'bg-s4' : ''}`}
    >
      <span class="flex min-w-0 flex-1 flex-col">
        <span class={`truncate ${props.entry.denied === null ? 'text-t1' : 'text-t2'}`}>
          {props.entry.title}
        </span>
        <Show when={props.entry.denied}>{(why) => <span class="text-12 text-t2">{why()}</span>}</Show>
      </span>
      <span class="shrink-0 text-12 text-t2">{props.entry.group}</span>
      <Keys chords={props.entry.chords} />
    </li>
  )
}

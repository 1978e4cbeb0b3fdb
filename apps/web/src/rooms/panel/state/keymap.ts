/** The keys of this person, kept in this browser and the same in all its tabs; where it keeps nothing they last as long as the page. */
import { type Accessor, createMemo, createSignal, onCleanup } from 'solid-js'
import { COMMANDS } from '../commands/all.ts'
import { boundTo } from '../commands/bound.ts'
import type { Chord } from '../commands/chords.ts'
import type { Command } from '../commands/command.ts'
import { type Keymap, keysIn, USUAL } from '../commands/keymap.ts'
import { keymapText, readKeymap } from '../commands/keymapFile.ts'
import { chordText } from '../commands/keyWords.ts'

export interface KeymapState {
  readonly keymap: Accessor<Keymap>
  readonly setKeymap: (keymap: Keymap) => void
  readonly keysOf: (id: string) => readonly Chord[]
  /** The first key of a command as it is printed beside what does the same. */
  readonly hint: (id: string) => string | undefined
  readonly bound: Accessor<ReadonlyMap<Chord, readonly Command[]>>
}

export function createKeymap(person: string): KeymapState {
  const name = `consilium/keymap/${person}`
  const [keymap, show] = createSignal(kept(name))
  const keys = createMemo(() => keysIn(keymap(), COMMANDS))
  const keysOf = (id: string): readonly Chord[] => keys().get(id) ?? []
  const bound = createMemo(() => boundTo(COMMANDS, ({ id }) => keysOf(id)))
  const elsewhere = (event: StorageEvent): void => {
    if (event.key === name || event.key === null) show(kept(name))
  }
  window.addEventListener('storage', elsewhere)
  onCleanup(() => window.removeEventListener('storage', elsewhere))
  return {
    keymap,
    setKeymap: (next) => {
      show(next)
      try {
        localStorage.setItem(name, keymapText(next))
      } catch {
        // Refused or full: then only this page has them.
      }
    },
    keysOf,
    hint: (id) => {
      const first = keysOf(id)[0]
      return first === undefined ? undefined : chordText(first)
    },
    bound,
  }
}

/** What cannot be read any more is not what somebody would want to press. */
function kept(name: string): Keymap {
  try {
    const read = readKeymap(localStorage.getItem(name) ?? '', COMMANDS)
    return 'keymap' in read ? read.keymap : USUAL
  } catch {
    return USUAL
  }
}

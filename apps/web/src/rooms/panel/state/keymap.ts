/**
 * The keys of this person: those they chose, kept in this browser and the same in all its tabs, else those with which the project lets people
 * begin, else the usual ones. Where the browser keeps nothing, what was chosen lasts as long as the page.
 */
import type { KeymapFile } from '@consilium/contract/keymap'
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
  /** Null: as if nothing had ever been chosen. */
  readonly setKeymap: (keymap: Keymap | null) => void
  /** This person has chosen something. */
  readonly isOwn: Accessor<boolean>
  /** With which the project lets people begin; null where it says nothing, or what this version cannot read. */
  readonly first: Accessor<Keymap | null>
  readonly setFirst: (file: KeymapFile | null) => void
  readonly keysOf: (id: string) => readonly Chord[]
  /** The first key of a command as it is printed beside what does the same. */
  readonly hint: (id: string) => string | undefined
  readonly bound: Accessor<ReadonlyMap<Chord, readonly Command[]>>
}

export function createKeymap(person: string, project: KeymapFile | null): KeymapState {
  const name = `consilium/keymap/${person}`
  const [own, show] = createSignal(kept(name))
  const [file, setFirst] = createSignal(project)
  const first = createMemo(() => keymapIn(file() === null ? '' : JSON.stringify(file())))
  const keymap = createMemo(() => own() ?? first() ?? USUAL)
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
        if (next) localStorage.setItem(name, keymapText(next))
        else localStorage.removeItem(name)
      } catch {
        // Refused or full: then only this page has them.
      }
    },
    isOwn: () => own() !== null,
    first,
    setFirst: (next) => void setFirst(next),
    keysOf,
    hint: (id) => {
      const [chord] = keysOf(id)
      return chord === undefined ? undefined : chordText(chord)
    },
    bound,
  }
}

function kept(name: string): Keymap | null {
  try {
    return keymapIn(localStorage.getItem(name) ?? '')
  } catch {
    return null
  }
}

/** What cannot be read any more is not what somebody would want to press. */
function keymapIn(text: string): Keymap | null {
  const read = text === '' ? null : readKeymap(text, COMMANDS)
  return read && 'keymap' in read ? read.keymap : null
}

/** Undo and redo of one's own acts, as signals for two buttons. Follows the document when it is rebuilt after a refusal. */
import { type Group, OwnHistory, type Undoable } from '@consilium/crdt-schema/acts'
import { type Accessor, createSignal } from 'solid-js'
import type * as Y from 'yjs'

interface Titles {
  /** "Undo move of 1 vertex", or null where there is nothing. */
  readonly undo: string | null
  readonly redo: string | null
}

const NOTHING: Titles = { undo: null, redo: null }

export class Undo {
  readonly titles: Accessor<Titles>
  readonly #setTitles: (titles: Titles) => void
  #history: OwnHistory | null = null

  readonly #isOwn: (client: number) => boolean
  readonly #titleOf: (group: Group) => string

  /** `isOwn`: whether this person writes, or wrote, under a clientID; `titleOf`: what their painting on other pages is called. */
  constructor(isOwn: (client: number) => boolean, titleOf: (group: Group) => string) {
    this.#isOwn = isOwn
    this.#titleOf = titleOf
    const [titles, setTitles] = createSignal<Titles>(NOTHING)
    this.titles = titles
    this.#setTitles = setTitles
  }

  attach(doc: Y.Doc): void {
    this.#history?.destroy()
    const history = new OwnHistory(doc, this.#isOwn, this.#titleOf)
    this.#history = history
    const tell = (): void => this.#setTitles({ undo: history.nextUndo, redo: history.nextRedo })
    history.onChange(tell)
    tell()
  }

  /** More clientIDs are known to be one's own. */
  recall(): void {
    this.#history?.recall()
  }

  /** What can be undone, the newest first. */
  undoable(): readonly Undoable[] {
    return this.#history?.undoable ?? []
  }

  /** The newest, or one of those. */
  undo(one?: Undoable): boolean {
    return this.#history?.undo(one) ?? false
  }

  redo(): boolean {
    return this.#history?.redo() ?? false
  }

  destroy(): void {
    this.#history?.destroy()
    this.#history = null
  }
}

/**
 * Undo and redo of one's own acts on annotations and of one's own painting, in the order in which they were done, and of nobody else's. What was said (threads, comments, decisions, dissent) is
 * not undone. An undo is an ordinary edit: a new revision by whoever pressed the button.
 *
 * Why not Y.UndoManager: undoing a creation there deletes the entry, and deleteFilter cannot turn that into a retirement without
 * losing the fields; and it judges "overwritten by somebody else" by the items its own stack deleted. So after A sets a field,
 * B overwrites it and A sets it again, A's second undo puts A's first value in place of B's. Here each step knows the very item
 * that the act left, and is skipped for good once another lies there.
 */
import * as Y from 'yjs'
import type { ActId } from '../kinds/mask/act.ts'
import type { FoundAct } from '../kinds/mask/laneFeed.ts'
import { compareActs } from '../kinds/mask/order.ts'
import { recordOf } from '../kinds/mask/record.ts'
import { Act, type Entry, perform, rootOf } from './act.ts'
import { creationStep, fieldSteps } from './undo/field.ts'
import { type Group, groupSteps, groupsIn, paints } from './undo/painting.ts'
import { Identities, type Step } from './undo/step.ts'
import { textSteps } from './undo/text.ts'

/** Acts one can go back. The oldest are forgotten first; the journal keeps them all. */
const DEEPEST = 200

/** What can be undone. */
export interface Undoable {
  readonly title: string
  /** ms since 1970, by the clock of the page where it was done. */
  readonly at: number
  /** Where it is painting and nothing else: its acts, from which it can be told with figures. Else null. */
  readonly painted: Group | null
}

interface Done extends Undoable {
  readonly steps: readonly Step[]
  /** What the edit of this page was called; none where it was done on another. */
  readonly act?: Act
}

/** Painting that was done on another page, with the first of its acts. */
interface Recalled extends Done {
  readonly first: ActId
}

const keyOf = ([first]: Group): string => `${first?.id.client}/${first?.id.lamport}`

const live = (done: Done): boolean => done.steps.some((step) => step.live())

export class OwnHistory {
  readonly #doc: Y.Doc
  readonly #identities = new Identities()
  /** Painting of other pages, in the order of its acts: before all that was done on this one. */
  #earlier: Recalled[] = []
  readonly #undo: Done[] = []
  readonly #redo: Done[] = []
  readonly #listeners = new Set<() => void>()
  readonly #observer: (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) => void
  readonly #isOwn: (client: number) => boolean
  readonly #titleOf: (group: Group) => string
  /** First acts of the groups that were ever on the list, by client and number. */
  readonly #remembered = new Set<string>()
  #applying = false
  #shown = ''

  readonly #stopPainting: () => void

  /**
   * Remembers the acts done on this Y.Doc from now on, and what its lanes say that this person painted before: `isOwn` tells which
   * clientIDs are theirs, of this page and of earlier ones. `titleOf` says what painting is called that was done on another page.
   */
  constructor(
    doc: Y.Doc,
    isOwn: (client: number) => boolean = (client) => client === doc.clientID,
    titleOf: (group: Group) => string = () => 'painting',
  ) {
    this.#doc = doc
    this.#isOwn = isOwn
    this.#titleOf = titleOf
    const record = recordOf(doc)
    this.recall()
    this.#stopPainting = record.onActs((acts, origin) => {
      if (this.#applying) return
      if (origin instanceof Act)
        for (const group of this.#own(acts)) {
          this.#remembered.add(keyOf(group))
          this.#push(origin, groupSteps(doc, group), group)
        }
      else this.#recall(acts)
      this.#announce()
    })
    this.#observer = (events, { origin }) => {
      if (this.#applying) return
      if (origin instanceof Act) this.#remember(origin, events)
      this.#announce()
    }
    rootOf(doc, 'annotations').observeDeep(this.#observer)
  }

  get canUndo(): boolean {
    return this.nextUndo !== null
  }

  get canRedo(): boolean {
    return this.nextRedo !== null
  }

  /** As on the button, "Undo move of 1 vertex"; null where nothing of one's own is left to undo. */
  get nextUndo(): string | null {
    const done = this.#undo.findLast(live) ?? this.#earlier.findLast(live)
    return done ? `Undo ${done.title}` : null
  }

  get nextRedo(): string | null {
    const done = this.#redo.findLast(live)
    return done ? `Redo ${done.title}` : null
  }

  /** The newest first. */
  get undoable(): readonly Undoable[] {
    return [...this.#earlier, ...this.#undo].filter(live).toReversed()
  }

  /** The newest, or one of `undoable`. False where there was nothing to undo. */
  undo(one?: Undoable): boolean {
    return this.#step([this.#undo, this.#earlier], this.#redo, 'undo', one)
  }

  redo(): boolean {
    return this.#step([this.#redo], this.#undo, 'redo')
  }

  /** Looks again for what this person painted on other pages: once more of their clientIDs are known. It comes before what was done on this one. */
  recall(): void {
    this.#recall(recordOf(this.#doc).acts)
    this.#announce()
  }

  /** Calls back when a button's title or state is another. Returns how to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Stops remembering; for a page that lets go of the document. */
  destroy(): void {
    rootOf(this.#doc, 'annotations').unobserveDeep(this.#observer)
    this.#stopPainting()
    this.#listeners.clear()
  }

  #recall(acts: readonly FoundAct[]): void {
    // A switch of another page may have been an undo there, and would be undone here.
    const groups = this.#own(acts)
      .filter((group) => paints(group) && !this.#remembered.has(keyOf(group)))
      .slice(-DEEPEST)
    for (const group of groups) this.#remembered.add(keyOf(group))
    const done = groups.flatMap((group): Recalled[] => {
      const [first] = group
      if (!first) return []
      return [
        {
          title: this.#titleOf(group),
          at: first.at,
          painted: group,
          steps: groupSteps(this.#doc, group),
          first: first.id,
        },
      ]
    })
    if (done.length === 0) return
    // An archive comes after what was painted since.
    this.#earlier = [...this.#earlier, ...done].sort((a, b) => compareActs(a.first, b.first)).slice(-DEEPEST)
  }

  #own(acts: readonly FoundAct[]): Group[] {
    return groupsIn(
      acts
        .map(({ act }) => act)
        .filter(({ id }) => this.#isOwn(id.client))
        .sort((a, b) => compareActs(a.id, b.id)),
    )
  }

  #remember(act: Act, events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void {
    const steps = events.flatMap((event) => this.#stepsOf(event))
    if (steps.length > 0) this.#push(act, steps)
  }

  /** What both painted and wrote is told in two parts, and is one to whoever goes back. */
  #push(act: Act, steps: readonly Step[], painted: Group | null = null): void {
    this.#redo.length = 0
    const last = this.#undo.at(-1)
    if (last?.act === act) {
      this.#undo[this.#undo.length - 1] = { ...last, painted: null, steps: [...last.steps, ...steps] }
      return
    }
    this.#undo.push({ title: act.title, at: Date.now(), act, painted, steps })
    if (this.#earlier.length + this.#undo.length > DEEPEST && !this.#earlier.shift()) this.#undo.shift()
  }

  #stepsOf(event: Y.YEvent<Y.AbstractType<unknown>>): Step[] {
    const annotations: Y.Map<Entry> = rootOf(this.#doc, 'annotations')
    const [id, below, ...deeper] = event.path.map(String)
    if (event.target === annotations)
      return [...event.keys]
        .filter(([, { action }]) => action === 'add')
        .flatMap(([key]) => creationStep(this.#doc, this.#identities, key))
    if (id === undefined || deeper.length > 0) return []
    if (event instanceof Y.YTextEvent && below !== undefined)
      return textSteps(this.#doc, this.#identities, event, id, below)
    if (event instanceof Y.YMapEvent && (below === undefined || below === 'vertices'))
      return fieldSteps(this.#doc, this.#identities, event, id, below ?? null)
    return []
  }

  /** `from`: the lists to look in, one after the other. */
  #step(from: readonly Done[][], to: Done[], name: 'undo' | 'redo', one?: Undoable): boolean {
    // The newest that still can be: acts overwritten by somebody else are passed over, as `nextUndo` did for the button.
    const isMeant = (done: Done): boolean => live(done) && (one === undefined || done === one)
    const list = from.find((some) => some.some(isMeant)) ?? []
    const index = list.findLastIndex(isMeant)
    const done = list[index]
    if (done) {
      list.splice(index, 1)
      const opposite: Step[] = []
      this.#applying = true
      try {
        perform(this.#doc, new Act(name, done.title), () => {
          for (const step of done.steps.toReversed()) if (step.live()) opposite.push(step.apply())
        })
      } finally {
        this.#applying = false
      }
      to.push({ title: done.title, at: done.at, painted: done.painted, steps: opposite })
    }
    this.#announce()
    return done !== undefined
  }

  #announce(): void {
    const shown = JSON.stringify([this.nextUndo, this.nextRedo])
    if (shown === this.#shown) return
    this.#shown = shown
    for (const listener of this.#listeners) listener()
  }
}

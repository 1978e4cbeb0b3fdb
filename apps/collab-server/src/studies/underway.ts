/**
 * What is remembered of imports only while the server runs: what became of each file by its name (a name may hold a patient's, so it is
 * never written down), what discs' directories promised, and how far sorting is. An import that is not remembered has outlived a start of
 * the server, or many others; it goes on, without its list of files.
 */
import type { FileOutcome, Import } from '@consilium/contract/studies'
import { type CameDirectory, missingNotes } from './directory.ts'
import { Flushing } from './flushing.ts'

/** Imports that are remembered. */
const REMEMBERED = 50
/** Files of one import of which it is remembered that they were asked for. */
const AWAITED = 20_000

export class Underway {
  readonly project: string
  /** True where everything that came in it came while this was remembered. */
  readonly fromTheStart: boolean
  /** Null: on its way. */
  readonly #files: (FileOutcome | null)[] = []
  readonly flushing = new Flushing()
  readonly #directories: CameDirectory[] = []
  readonly #awaited = new Set<string>()
  /** Files that need not be sent have no names here. */
  #unnamed: boolean
  /** Takes nothing more: it is being finished, or ended. */
  closed = false
  progress: Import['progress'] = null

  constructor(project: string, fromTheStart: boolean) {
    this.project = project
    this.fromTheStart = fromTheStart
    this.#unnamed = !fromTheStart
  }

  /** Keeps a place in the list for a file: of those that follow one another the later may be read first. */
  place(): number {
    return this.#files.push(null) - 1
  }

  came(outcome: FileOutcome, place = this.place()): void {
    this.#files[place] = outcome
  }

  get files(): FileOutcome[] {
    return this.#files.filter((file) => file !== null)
  }

  /** Marks that somebody asked for in vain: the files that will be sent. */
  askedInVain(marks: readonly string[]): void {
    for (const mark of marks) if (this.#awaited.size < AWAITED) this.#awaited.add(mark)
  }

  /** Once for each: need it not be asked again whether this file is known? */
  awaits(mark: string): boolean {
    return this.#awaited.delete(mark)
  }

  cameUnsent(): void {
    this.#unnamed = true
  }

  cameDirectory(directory: CameDirectory): void {
    this.#directories.push(directory)
  }

  /** Nothing is said of what is missing where not all names are known. */
  get notes(): string[] {
    if (this.#unnamed) return []
    return missingNotes(
      this.#directories,
      this.files.map((file) => file.name),
    )
  }
}

export class UnderwayImports {
  readonly #known = new Map<string, Underway>()

  get(id: string): Underway | null {
    return this.#known.get(id) ?? null
  }

  add(id: string, underway: Underway): Underway {
    this.#known.set(id, underway)
    for (const [oldest, { closed }] of this.#known) {
      if (this.#known.size <= REMEMBERED) break
      // What is being sorted is still needed.
      if (!closed) this.#known.delete(oldest)
    }
    return underway
  }

  forget(id: string): void {
    this.#known.delete(id)
  }
}

/**
 * A server for an upload under test: keeps what came, whole or in parts, and answers as the real one does. Each act can be made to fail, or
 * to be held until the test lets it go; all that was asked is written down.
 */
import type { FileAnswer, FileOutcome, Import, PartAnswer } from '@consilium/contract/studies'
import { PART_BYTES } from '@consilium/contract/travel'
import type { Door, Hashed } from '../door.ts'
import type { Memory } from '../memory.ts'
import type { Picked } from '../picked.ts'

export const result = (more: Partial<Import> = {}): Import => ({
  id: 'i1',
  project: 'p',
  state: 'done',
  received: 0,
  stored: 0,
  alreadyHere: 0,
  held: 0,
  leftOut: 0,
  refused: 0,
  progress: null,
  notes: [],
  files: [],
  series: [],
  quarantine: [],
  ...more,
})

export const picked = (path: string, bytes = 8): Picked => ({
  path,
  file: new File([new Uint8Array(bytes)], path),
})

/** What a file's hash is, here: its path. */
export const hashOf = (file: File): string => file.name

export class Server implements Door {
  /** What a file comes to; stored where nothing is said. */
  readonly outcomes: Record<string, Partial<FileOutcome>> = {}
  /** Thrown, once each, before anything arrives (`lose`), or after it did (`loseAnswer`). */
  readonly lose: { act: string; error: Error }[] = []
  readonly loseAnswer: { act: string; error: Error }[] = []
  readonly asked: string[] = []
  readonly here = new Map<string, FileAnswer & { readonly import: string }>()
  readonly parts = new Map<string, number>()
  imports = 0
  /** Sends wait for this. */
  gate: Promise<void> = Promise.resolve()
  /** What is told of the import, one look after the other. */
  ends: Import[] = []
  unreadable = new Set<string>()
  /** What happens when something is lost. */
  onLoss: () => void = () => undefined

  async #act<T>(name: string, signal: AbortSignal | null, act: () => T): Promise<T> {
    this.asked.push(name)
    await this.gate
    signal?.throwIfAborted()
    fail(this.lose, name, this.onLoss)
    const answer = act()
    fail(this.loseAnswer, name, this.onLoss)
    return answer
  }

  open = () => this.#act('open', null, () => `i${++this.imports}`)
  hash = async (file: File) => {
    if (this.unreadable.has(file.name)) throw new Error('unreadable')
    return hashOf(file)
  }
  known = (id: string, hashes: readonly string[]) =>
    this.#act(`known ${hashes.join(' ')}`, null, () =>
      hashes.map((hash) => {
        const came = this.here.get(hash)
        // Of another import: what it brought is here already.
        const status = came === undefined ? null : came.import === id ? came.status : 'already-here'
        return { status, reason: came?.reason ?? null, received: this.parts.get(hash) ?? 0 }
      }),
    )
  isReadable = async (file: File) => !this.unreadable.has(file.name)
  send = (id: string, files: readonly Hashed[], _onSent: (bytes: number) => void, signal: AbortSignal) =>
    this.#act(`send ${files.map(({ file }) => file.path).join(' ')}`, signal, () =>
      files.map(({ file }) => this.bring(id, file.path)),
    )
  sendPart = (
    id: string,
    { file, offset }: { file: Picked; offset: number },
    _onSent: (bytes: number) => void,
    signal: AbortSignal,
  ): Promise<PartAnswer> =>
    this.#act(`part ${file.path} ${offset / PART_BYTES}`, signal, () => {
      const received = Math.min(file.file.size, offset + PART_BYTES)
      this.parts.set(file.path, received)
      return { received, answer: received === file.file.size ? this.bring(id, file.path) : null }
    })
  finish = () => this.#act('finish', null, () => this.ends.shift() ?? result())
  /** The last of `ends` stays. */
  look = () =>
    this.#act('look', null, () => (this.ends.length > 1 ? this.ends.shift() : this.ends[0]) ?? result())
  drop = () => this.#act('drop', null, () => this.here.clear())

  /** As if it had been sent. */
  bring(id: string, path: string): FileAnswer {
    const answer: FileAnswer = {
      name: path,
      status: 'stored',
      reason: null,
      inside: [],
      ...this.outcomes[path],
    }
    this.here.set(path, { ...answer, import: id })
    return answer
  }

  /** What of that kind was asked, e.g. `send`. */
  of(kind: string): string[] {
    return this.asked.filter((one) => one.startsWith(`${kind} `)).map((one) => one.slice(kind.length + 1))
  }
}

function fail(list: { act: string; error: Error }[], name: string, onLoss: () => void): void {
  const at = list.findIndex((one) => one.act === name)
  const [one] = at < 0 ? [] : list.splice(at, 1)
  if (!one) return
  onLoss()
  throw one.error
}

/** Survives a "reload" where the test hands it to a second upload. */
export function newMemory(): Memory & { id: string | null } {
  return {
    id: null,
    async recall() {
      return this.id
    },
    keep(id) {
      this.id = id
    },
    forget() {
      this.id = null
    },
  }
}

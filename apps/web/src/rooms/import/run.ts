/**
 * One go at sending what waits: files are hashed one after the other, the server is asked which of them it has, and what it has not is sent,
 * small files many together, over three connections. A run ends with its signal; whoever goes on later begins another.
 */
import type { FileAnswer } from '@consilium/contract/studies'
import { FILE_LIMIT_BYTES, fitting, KNOWN_AT_ONCE } from '@consilium/contract/travel'
import { explain, isRefusal } from '../../errors.ts'
import { answerOf, deliverInParts, deliverTogether, isLarge } from './delivery.ts'
import type { Door, Hashed } from './door.ts'
import { Unreadable } from './hashing.ts'
import type { List } from './list.ts'
import type { Patience } from './patience.ts'

export const CONCURRENCY = 3
/** With nothing to send, the server is asked about fewer than KNOWN_AT_ONCE: so many files, or so many bytes, are enough. */
const ENOUGH_FILES = 20
const ENOUGH_BYTES = 16_000_000

/** After one of these no file of this import can go on. */
const STOPS = [
  'not-signed-in',
  'wrong-origin',
  'not-allowed',
  'not-found',
  'not-a-member',
  'import-closed',
] as const

interface Needs {
  readonly door: Door
  readonly list: List
  readonly patience: Patience
  readonly signal: AbortSignal
  theImport(): Promise<string>
  isGoing(): boolean
  /** Resolves at once, or when a pause is over. */
  whenGoing(): Promise<void>
  /** Nothing waits and nothing is on its way. */
  onArrived(): void
  /** The import as a whole cannot go on. */
  onStopped(error: unknown): void
}

export interface Run {
  /** Does whatever there is to do; to be called after anything has changed. */
  go(): void
}

export function newRun(needs: Needs): Run {
  const { door, list, patience, signal } = needs
  let checking = false
  let next = 0
  let running = 0
  /** Files that the server has not, in order. */
  const queue: number[] = []
  const isOver = () => signal.aborted

  function go(): void {
    if (isOver() || !needs.isGoing()) return
    while (running < CONCURRENCY && queue.length > 0) {
      running += 1
      void send(together()).finally(() => {
        running -= 1
        go()
      })
    }
    if (checking) return
    if (next < list.rows.length) void check()
    else if (running === 0 && queue.length === 0) needs.onArrived()
  }

  async function check(): Promise<void> {
    checking = true
    try {
      while (needs.isGoing() && next < list.rows.length) {
        const some = await hashSome()
        if (isOver()) return
        if (some.length > 0) await ask(some)
        if (isOver()) return
        go()
      }
    } catch (error) {
      if (!isOver()) needs.onStopped(error)
    } finally {
      checking = false
    }
    go()
  }

  async function hashSome(): Promise<number[]> {
    const some: number[] = []
    let bytes = 0
    const isEnough = () =>
      some.length >= KNOWN_AT_ONCE ||
      (queue.length === 0 && running < CONCURRENCY && (some.length >= ENOUGH_FILES || bytes >= ENOUGH_BYTES))
    while (needs.isGoing() && next < list.rows.length && !isEnough()) {
      const row = list.at(next++)
      if (row.state !== 'waiting') continue
      if (row.size > FILE_LIMIT_BYTES) {
        list.patch(row.id, { state: 'refused', reason: TOO_LARGE })
        continue
      }
      const source = list.source(row.id)
      try {
        source.sha256 ??= await door.hash(source.picked.file)
        some.push(row.id)
        bytes += row.size
      } catch (error) {
        if (!isOver()) list.patch(row.id, { state: 'lost', reason: wordsFor(error) })
      }
      if (isOver()) return []
    }
    return some
  }

  async function ask(ids: readonly number[]): Promise<void> {
    const importId = await needs.theImport()
    const hashes = ids.map(hashOf)
    const known = await patience.with(() => door.known(importId, hashes, signal), signal)
    if (isOver()) return
    ids.forEach((id, index) => {
      const one = known[index]
      const source = list.source(id)
      source.received = one?.received ?? 0
      const answer = one && answerOf(source.picked, one)
      if (!answer) queue.push(id)
      else list.patch(id, { state: answer.status, reason: answer.reason })
    })
  }

  /** Takes the first of the queue: a large file, or as many small ones as travel together. */
  function together(): number[] {
    const large = queue.findIndex((id) => isLarge(list.source(id).picked))
    const small = queue.slice(0, large === -1 ? undefined : large).map((id) => list.at(id).size)
    return queue.splice(0, Math.max(1, fitting(small)))
  }

  async function send(ids: readonly number[]): Promise<void> {
    for (const id of ids) list.patch(id, { state: 'sending', sent: list.source(id).received, reason: null })
    try {
      const answers = await delivered(await needs.theImport(), ids)
      if (isOver()) return
      for (const [k, id] of ids.entries()) {
        const answer = answers[k]
        if (answer instanceof Error || !answer)
          list.patch(id, { state: 'lost', reason: wordsFor(answer ?? new Error('no answer')) })
        else list.patch(id, { state: answer.status, reason: answer.reason, inside: answer.inside })
      }
    } catch (error) {
      if (isOver()) return
      if (isRefusal(error, ...STOPS)) needs.onStopped(error)
      else for (const id of ids) list.patch(id, { state: 'lost', reason: wordsFor(error) })
    }
  }

  async function delivered(importId: string, ids: readonly number[]): Promise<(FileAnswer | Error)[]> {
    const errand = { importId, onSent: sentTo(ids), signal, whenGoing: needs.whenGoing }
    const files = ids.map((id): Hashed => ({ file: list.source(id).picked, sha256: hashOf(id) }))
    const [first] = files
    if (!first || !isLarge(first.file)) return deliverTogether(door, patience, errand, files)
    const { received } = list.source(ids[0] as number)
    return [await deliverInParts(door, patience, errand, { ...first, received })]
  }

  /** Bytes that were sent belong to one file after the other. */
  const sentTo = (ids: readonly number[]) => (bytes: number) => {
    if (isOver()) return
    let left = bytes
    for (const id of ids) {
      const { size, sent } = list.at(id)
      const own = Math.max(0, Math.min(left, size))
      if (own !== sent) list.patch(id, { sent: own })
      left -= size
    }
  }

  function hashOf(id: number): string {
    const { sha256 } = list.source(id)
    if (sha256 === null) throw new Error(`row ${id} has no hash`)
    return sha256
  }

  return { go }
}

const TOO_LARGE = `Too large: one file may have ${FILE_LIMIT_BYTES / 2 ** 30} GiB.`

function wordsFor(error: unknown): string {
  if (error instanceof Unreadable)
    return 'Not readable on this computer: it was changed, moved or deleted since it was chosen. Choose it again.'
  const told = explain(error)
  return `${told.message} ${told.next}`
}

/**
 * One import from this page: files are sent three at a time, then the server sorts them into series.
 * A file the server refuses is kept with its reason; one that the network lost can be sent again. Cancelled before the end,
 * an import makes no case. It outlives the room: who goes to the worklist meanwhile comes back to a running import.
 */
import type { FileOutcome, Import, Series } from '@consilium/contract/studies'
import { batch } from 'solid-js'
import { createStore, type Store, unwrap } from 'solid-js/store'
import { explain } from '../../errors.ts'
import { newPace } from './pace.ts'
import type { Gathered, Picked } from './picked.ts'

/** What the server does for an import; the tests bring their own. */
export interface Door {
  open(): Promise<{ readonly id: string }>
  send(
    importId: string,
    file: Picked,
    onSent: (bytes: number) => void,
    signal: AbortSignal,
  ): Promise<FileOutcome>
  finish(importId: string): Promise<Import>
  look(importId: string): Promise<Import>
}

export type FileState = 'waiting' | 'sending' | 'stored' | 'already-here' | 'refused' | 'lost'

export interface Sending {
  /** Place in the list. */
  readonly id: number
  readonly path: string
  readonly size: number
  readonly state: FileState
  /** Bytes handed to the network. */
  readonly sent: number
  /** Why, where refused or lost. */
  readonly reason: string | null
}

export type Stage = 'idle' | 'sending' | 'paused' | 'sorting' | 'done' | 'failed' | 'cancelled'

export interface Progress {
  stage: Stage
  files: Sending[]
  tally: Tally
  series: Series[]
  leftOut: number
  /** Why the import as a whole stopped. */
  fault: { message: string; next: string } | null
  /** Bytes per second, null while unknown. */
  pace: number | null
}

export interface Tally {
  readonly files: number
  readonly settled: number
  readonly stored: number
  readonly alreadyHere: number
  readonly refused: number
  readonly lost: number
  readonly bytes: number
  readonly sent: number
}

export const CONCURRENCY = 3
/** How often a sorting import is looked at, ms. */
const LOOK_MS = 700

const settled = (state: FileState): boolean => state !== 'waiting' && state !== 'sending'

const NONE: Tally = {
  files: 0,
  settled: 0,
  stored: 0,
  alreadyHere: 0,
  refused: 0,
  lost: 0,
  bytes: 0,
  sent: 0,
}

/** `sum` with one file's share added (`sign` 1) or taken out (-1). */
function counted(sum: Tally, file: Sending, sign: 1 | -1): Tally {
  const one = (is: boolean) => (is ? sign : 0)
  const done = settled(file.state)
  return {
    files: sum.files + sign,
    settled: sum.settled + one(done),
    stored: sum.stored + one(file.state === 'stored'),
    alreadyHere: sum.alreadyHere + one(file.state === 'already-here'),
    refused: sum.refused + one(file.state === 'refused'),
    lost: sum.lost + one(file.state === 'lost'),
    bytes: sum.bytes + sign * file.size,
    sent: sum.sent + sign * (done ? file.size : file.sent),
  }
}

/** Counted anew from all files. The store keeps its tally by difference, because there may be thousands of them. */
export const tally = (files: readonly Sending[]): Tally =>
  files.reduce((sum, file) => counted(sum, file, 1), NONE)

export interface Upload {
  readonly progress: Store<Progress>
  add(gathered: Gathered): void
  pause(): void
  resume(): void
  /** Sends once more what the network lost: all of it, or one file. */
  retry(id?: number): void
  cancel(): void
  /** Back to an empty page. */
  clear(): void
}

interface Clock {
  now(): number
  wait(ms: number): Promise<void>
}

const realClock: Clock = {
  now: () => performance.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}

const nothing = (): Progress => ({
  stage: 'idle',
  files: [],
  tally: { ...NONE },
  series: [],
  leftOut: 0,
  fault: null,
  pace: null,
})

export function newUpload(door: Door, onCases: () => void, clock: Clock = realClock): Upload {
  const [progress, set] = createStore<Progress>(nothing())
  let picked: Picked[] = []
  const pace = newPace()
  let importId: Promise<string> | null = null
  let running = 0
  let aborter = new AbortController()
  /** Counts imports, so that an answer to a cancelled one is not taken for the present one's. */
  let turn = 0

  const patch = (id: number, change: Partial<Sending>) => {
    const before = unwrap(progress).files[id]
    if (!before) throw new Error(`no row ${id}`)
    const after = { ...before, ...change }
    batch(() => {
      set('tally', (sum) => counted(counted(sum, before, -1), after, 1))
      set('files', id, after)
    })
  }
  /** Changes every file that `chosen` picks. */
  const patchAll = (chosen: (file: Sending) => boolean, change: Partial<Sending>) =>
    batch(() => {
      for (const file of unwrap(progress).files) if (chosen(file)) patch(file.id, change)
    })
  const note = () => {
    pace.note(clock.now(), progress.tally.sent)
    set('pace', pace.perSecond(clock.now()))
  }

  async function sendOne(file: Sending): Promise<void> {
    const mine = turn
    const { signal } = aborter
    const source = picked[file.id]
    if (!source) throw new Error(`no file behind row ${file.id}`)
    patch(file.id, { state: 'sending', sent: 0, reason: null })
    importId ??= door.open().then((opened) => opened.id)
    try {
      const outcome = await door.send(
        await importId,
        source,
        // oxlint-disable-next-line solid/reactivity -- an event of the network, not part of any view
        (sent) => {
          if (mine !== turn) return
          patch(file.id, { sent: Math.min(sent, file.size) })
          note()
        },
        signal,
      )
      if (mine === turn) patch(file.id, { state: outcome.status, reason: outcome.reason })
    } catch (error) {
      if (mine !== turn) return
      const told = explain(error)
      patch(file.id, { state: 'lost', reason: `${told.message} ${told.next}` })
    }
  }

  function next(): void {
    if (progress.stage !== 'sending') return
    while (running < CONCURRENCY) {
      const file = unwrap(progress).files.find((one) => one.state === 'waiting')
      if (!file) break
      running += 1
      const mine = turn
      // oxlint-disable-next-line solid/reactivity -- as above
      void sendOne(file).finally(() => {
        if (mine !== turn) return
        running -= 1
        note()
        next()
      })
    }
    if (running === 0 && progress.tally.settled === progress.tally.files) void sort()
  }

  /** All is sent: the server makes series of it. With files lost on the way, it waits for them to be sent again. */
  async function sort(): Promise<void> {
    const mine = turn
    const { lost, files } = progress.tally
    set('pace', null)
    if (lost > 0) {
      // An import that could not even be opened is opened anew.
      if (lost === files) importId = null
      set({ stage: 'failed', fault: lostFault(lost) })
      return
    }
    if (!importId) return
    set({ stage: 'sorting' })
    try {
      const id = await importId
      let result = await door.finish(id)
      while (result.state === 'receiving' || result.state === 'sorting') {
        await clock.wait(LOOK_MS)
        if (mine !== turn) return
        result = await door.look(id)
      }
      if (mine === turn) take(result)
    } catch (error) {
      if (mine === turn) set({ stage: 'failed', fault: explain(error) })
    }
  }

  function take(result: Import): void {
    batch(() => {
      // Sorting may turn down what looked well alone, e.g. a slice that fits no stack.
      for (const outcome of result.files.filter((one) => one.status === 'refused'))
        patchAll((file) => file.path === outcome.name, { state: 'refused', reason: outcome.reason })
      set('series', (before) => [...before, ...result.series])
      set(
        result.state === 'failed'
          ? {
              stage: 'failed',
              fault: { message: 'No series could be made of these files.', next: 'See the reasons below.' },
            }
          : { stage: 'done', fault: null },
      )
    })
    importId = null
    onCases()
  }

  return {
    progress,
    add(gathered) {
      if (gathered.files.length === 0) {
        set('leftOut', (before) => before + gathered.leftOut)
        return
      }
      const first = picked.length
      picked = [...picked, ...gathered.files]
      const rows = gathered.files.map(
        (one, index): Sending => ({
          id: first + index,
          path: one.path,
          size: one.file.size,
          state: 'waiting',
          sent: 0,
          reason: null,
        }),
      )
      batch(() => {
        set('files', (before) => [...before, ...rows])
        set('tally', (sum) => rows.reduce((so, file) => counted(so, file, 1), sum))
        set('leftOut', (before) => before + gathered.leftOut)
        if (progress.stage !== 'paused' && progress.stage !== 'sorting')
          set({ stage: 'sending', fault: null })
      })
      if (progress.stage === 'sorting') void afterSorting()
      else next()
    },
    pause() {
      if (progress.stage === 'sending') set({ stage: 'paused', pace: null })
      pace.reset()
    },
    resume() {
      if (progress.stage !== 'paused') return
      set('stage', 'sending')
      next()
    },
    retry(id) {
      batch(() => {
        patchAll((file) => file.state === 'lost' && (id === undefined || file.id === id), {
          state: 'waiting',
          sent: 0,
          reason: null,
        })
        if (progress.stage !== 'sorting') set({ stage: 'sending', fault: null })
      })
      if (progress.stage === 'sorting') void afterSorting()
      else next()
    },
    cancel() {
      stop()
      set({ stage: 'cancelled', pace: null })
      patchAll((file) => !settled(file.state), { state: 'lost', reason: 'Cancelled before it was sent.' })
    },
    clear() {
      stop()
      picked = []
      set(nothing())
    },
  }

  /** What was added while the server sorted begins an import of its own. */
  async function afterSorting(): Promise<void> {
    const mine = turn
    while (progress.stage === 'sorting') await clock.wait(LOOK_MS)
    if (mine !== turn || progress.tally.settled === progress.tally.files) return
    set({ stage: 'sending', fault: null })
    next()
  }

  function stop(): void {
    turn += 1
    running = 0
    importId = null
    aborter.abort(new DOMException('cancelled', 'AbortError'))
    aborter = new AbortController()
    pace.reset()
  }
}

function lostFault(lost: number): { message: string; next: string } {
  return {
    message: lost === 1 ? 'One file did not arrive.' : `${lost} files did not arrive.`,
    next: 'Send them again; nothing becomes a case before all are here.',
  }
}

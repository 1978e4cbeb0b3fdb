/**
 * One import from this page: what is chosen is sent (run.ts), then the server sorts it into series (sorted.ts). A refused file is kept with
 * its reason and stops nobody. A connection that breaks is waited for; after a reload the same files go on with the same import. Cancelled
 * before the end, an import leaves nothing. It outlives the room: who goes to the worklist meanwhile comes back to a running import.
 */
import type { Import } from '@consilium/contract/studies'
import { batch } from 'solid-js'
import { createStore, type Store } from 'solid-js/store'
import { explain, isRefusal } from '../../errors.ts'
import type { Door } from './door.ts'
import { newList } from './list.ts'
import type { Memory } from './memory.ts'
import { newPace } from './pace.ts'
import { newPatience } from './patience.ts'
import type { Gathered } from './picked.ts'
import { isSettled, nothing, type Progress, type Sending, type Stage } from './progress.ts'
import { newRun } from './run.ts'
import { sorted } from './sorted.ts'

/** After one of these there is no such import any more. */
const GONE = ['not-found', 'not-a-member', 'import-closed'] as const

/** Between an archive and what is in it, in the names that the server echoes. */
const INSIDE = ' › '

export interface Upload {
  readonly progress: Store<Progress>
  /** All files, in order; whoever shows them reads `changed` too. */
  files(): readonly Sending[]
  changed(): number
  add(gathered: Gathered): void
  pause(): void
  resume(): void
  /** Does not wait for the connection any longer, but tries. */
  hurry(): void
  /** Goes on after a fault, and sends once more what was lost: all of it, or one file. */
  retry(id?: number): void
  /** Sorts what arrived, without what was lost. */
  goOn(): void
  /** Ends the import, also one of before a reload; the server deletes what came. */
  cancel(): Promise<void>
  /** Back to an empty page. */
  clear(): void
  /** Looks whether an import of before a reload waits for its files. */
  recover(): Promise<void>
}

export interface Clock {
  now(): number
  wait(ms: number): Promise<void>
}

const realClock: Clock = {
  now: () => performance.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}

export function newUpload(door: Door, memory: Memory, onCases: () => void, clock: Clock = realClock): Upload {
  const [progress, set] = createStore<Progress>(nothing())
  const pace = { bytes: newPace(), files: newPace() }
  // oxlint-disable-next-line solid/reactivity -- called when files change, not part of any view
  const list = newList(clock.wait, (sum) =>
    batch(() => {
      set('tally', sum)
      if (progress.stage !== 'sending') return
      const now = clock.now()
      pace.bytes.note(now, sum.sent)
      pace.files.note(now, sum.settled)
      const [bytes, files] = [pace.bytes.perSecond(now), pace.files.perSecond(now)]
      set('pace', bytes === null || files === null ? null : { bytes, files })
    }),
  )
  const patience = newPatience(clock.wait, (waiting) => set('offline', waiting))
  let importId: Promise<string> | null = null
  let resumed = Promise.withResolvers<void>()
  let aborter = new AbortController()
  let run = begin()

  function begin() {
    const { signal } = aborter
    return newRun({
      door,
      list,
      patience,
      signal,
      theImport: () => theImport(signal),
      isGoing: () => progress.stage === 'sending',
      whenGoing: () => (progress.stage === 'paused' ? resumed.promise : Promise.resolve()),
      onArrived: arrived,
      onStopped: stopFor,
    })
  }

  function theImport(signal: AbortSignal): Promise<string> {
    if (importId) return importId
    const found = (async () => {
      const known = await memory.recall()
      if (known !== null) return known
      const opened = await patience.with(() => door.open(), signal)
      memory.keep(opened)
      return opened
    })()
    importId = found
    // One that could not even be opened is opened anew.
    found.catch(() => {
      if (importId === found) importId = null
    })
    return found
  }

  /** Sets the stage together with what no longer holds in it. */
  const enter = (stage: Stage, more: Partial<Progress> = {}) =>
    set({ stage, fault: null, pace: null, offline: false, frames: null, ...more })

  /** Nothing that is on its way counts any more. */
  function halt(): void {
    aborter.abort(new DOMException('stopped', 'AbortError'))
    aborter = new AbortController()
    run = begin()
    rest()
    resumed.resolve()
    resumed = Promise.withResolvers()
  }
  function rest(): void {
    pace.bytes.reset()
    pace.files.reset()
  }

  function send(): void {
    enter('sending', { interrupted: null, deleted: null })
    run.go()
  }

  /** All is sent. With files lost on the way, it waits for them to be sent again, or for the word to go on without them. */
  function arrived(): void {
    const { files, outcomes } = list.sum
    if (files === 0) return
    list.tell()
    if (outcomes.lost > 0) enter('failed', { fault: lostFault(outcomes.lost) })
    else void sort()
  }

  async function sort(): Promise<void> {
    const { signal } = aborter
    enter('sorting')
    try {
      const onFrames = (frames: Import['progress']) => set('frames', frames)
      const result = await sorted({
        door,
        patience,
        importId: await theImport(signal),
        signal,
        wait: clock.wait,
        onFrames,
      })
      if (!signal.aborted) take(result)
    } catch (error) {
      if (!signal.aborted) stopFor(error)
    }
  }

  function take(result: Import): void {
    // Sorting may turn down what looked well alone, e.g. a slice that fits no stack.
    const said = new Map(result.files.map((one) => [one.name, one]))
    // What came before a reload was told to that page: of an archive, each file in it.
    const inside = Map.groupBy(result.files, ({ name }) => name.split(INSIDE)[0] ?? name)
    for (const row of list.rows) {
      const one = said.get(row.path)
      if (row.inside.length > 0 || row.state !== 'stored') continue
      if (one && one.status !== 'stored') list.patch(row.id, { state: one.status, reason: one.reason })
      if (!one) list.patch(row.id, { inside: inside.get(row.path) ?? [] })
    }
    halt()
    forget()
    const isDone = result.state === 'done'
    batch(() => {
      list.tell()
      set('series', (before) => [...before, ...result.series])
      set('notes', (before) => [...new Set([...before, ...result.notes])])
      set('quarantine', (before) => [...new Set([...before, ...result.quarantine])])
      enter(isDone ? 'done' : 'failed', { fault: isDone ? null : NO_SERIES })
    })
    onCases()
    // What was added while the server sorted begins an import of its own.
    if (list.sum.settled < list.sum.files) send()
  }

  function forget(): void {
    memory.forget()
    importId = null
  }

  /** The import cannot go on as it is. What was on its way waits again. */
  function stopFor(error: unknown): void {
    halt()
    const isGone = isRefusal(error, ...GONE)
    if (isGone) forget()
    // A new import must be told of every file: what the old one had is gone with it. One that lacks files is asked which.
    const asksAnew = isGone || isRefusal(error, 'files-missing')
    const waitsAgain = ({ state }: Sending) =>
      state === 'sending' || (asksAnew && (state === 'stored' || state === 'held'))
    list.patchAll(waitsAgain, { state: 'waiting', sent: 0, inside: [] })
    list.tell()
    enter('failed', { fault: explain(error) })
  }

  return {
    progress,
    files: () => list.rows,
    changed: list.changed,
    add(gathered) {
      if (progress.stage === 'cancelled') this.clear()
      set('leftOut', (before) => before + gathered.leftOut)
      if (gathered.files.length === 0) return
      list.add(gathered.files)
      if (progress.stage === 'sending') run.go()
      else if (!['sorting', 'paused', 'cancelling'].includes(progress.stage)) send()
    },
    pause() {
      if (progress.stage !== 'sending') return
      enter('paused')
      rest()
    },
    resume() {
      if (progress.stage !== 'paused') return
      set('stage', 'sending')
      resumed.resolve()
      resumed = Promise.withResolvers()
      run.go()
    },
    hurry: () => patience.hurry(),
    retry(id) {
      if (progress.stage === 'sorting' || progress.stage === 'cancelling') return
      halt()
      const isMeant = (row: Sending) => row.state === 'lost' && (id === undefined || row.id === id)
      list.patchAll((row) => row.state === 'sending' || isMeant(row), {
        state: 'waiting',
        sent: 0,
        reason: null,
      })
      send()
    },
    goOn() {
      if (progress.stage === 'failed') void sort()
    },
    async cancel() {
      const { stored, held } = list.sum.outcomes
      const files = Math.max(stored + held, progress.interrupted?.received ?? 0)
      const began = importId ?? memory.recall()
      halt()
      enter('cancelling')
      try {
        const id = await began.catch(() => null)
        if (id !== null) await door.drop(id)
      } catch (error) {
        if (!isRefusal(error, 'not-found', 'not-a-member')) {
          enter('failed', { fault: explain(error) })
          return
        }
      }
      forget()
      list.patchAll(({ state }) => !isSettled(state) || state === 'stored' || state === 'held', {
        state: 'lost',
        sent: 0,
        reason: 'Cancelled; nothing of it is kept.',
        inside: [],
      })
      list.tell()
      enter('cancelled', { interrupted: null, deleted: { files } })
    },
    clear() {
      halt()
      set(nothing())
      list.clear()
    },
    async recover() {
      const id = await memory.recall()
      if (id === null || importId) return
      const found = await door.look(id).catch((error) => {
        // Silence says nothing: the next visit looks again.
        if (isRefusal(error)) memory.forget()
      })
      if (!found || importId) return
      if (found.state === 'receiving') set('interrupted', { received: found.received })
      else if (found.state === 'sorting') {
        importId = Promise.resolve(id)
        void sort()
      } else memory.forget()
    },
  }
}

const NO_SERIES = { message: 'No series could be made of these files.', next: 'See the reasons below.' }

const lostFault = (lost: number): { message: string; next: string } => ({
  message: lost === 1 ? 'One file did not arrive.' : `${lost} files did not arrive.`,
  next: 'Send them again, or go on without them; nothing becomes a case before.',
})

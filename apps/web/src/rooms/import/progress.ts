/** What is known of an import while it runs: each file's state, and sums that are kept by difference because there may be thousands of files. */
import type { FileOutcome, FileStatus, Series } from '@consilium/contract/studies'

/** lost: it did not arrive, or could not be read on this computer. */
export type FileState = 'waiting' | 'sending' | FileStatus | 'lost'

export interface Sending {
  /** Place in the list. */
  readonly id: number
  readonly path: string
  readonly size: number
  readonly state: FileState
  /** Bytes handed to the network. */
  readonly sent: number
  /** Why, where held, left out, refused or lost. */
  readonly reason: string | null
  /** Of an archive: what became of each file in it. */
  readonly inside: readonly FileOutcome[]
}

export type Stage = 'idle' | 'sending' | 'paused' | 'sorting' | 'done' | 'failed' | 'cancelling' | 'cancelled'

/** What a file has come to, as people filter by it. */
export const OUTCOMES = ['stored', 'already-here', 'held', 'left-out', 'refused', 'lost'] as const
export type Outcome = (typeof OUTCOMES)[number]

export interface Tally {
  readonly files: number
  readonly settled: number
  /** Files that have left this computer whole, or need not. */
  readonly bytes: number
  readonly sent: number
  /** Files by what became of them, those in archives one by one. */
  readonly outcomes: Readonly<Record<Outcome, number>>
}

export interface Fault {
  readonly message: string
  readonly next: string
}

export interface Progress {
  stage: Stage
  tally: Tally
  series: Series[]
  /** Files nobody means, e.g. .DS_Store: never sent. */
  leftOut: number
  /** Why the import as a whole stopped. */
  fault: Fault | null
  /** Per second; null while unknown. */
  pace: { readonly bytes: number; readonly files: number } | null
  /** The server does not answer; sending goes on by itself when it does. */
  offline: boolean
  /** While it is sorted: frames made ready. */
  frames: { readonly done: number; readonly total: number } | null
  notes: string[]
  /** Ids of what waits for a person. */
  quarantine: string[]
  /** An import of before a reload waits for its files: how many the server has. */
  interrupted: { readonly received: number } | null
  /** What a cancelled import had brought, all of it deleted. */
  deleted: { readonly files: number } | null
}

/** A new one for each who asks: the store writes into what it is given. */
export const none = (): Tally => ({
  files: 0,
  settled: 0,
  bytes: 0,
  sent: 0,
  outcomes: { stored: 0, 'already-here': 0, held: 0, 'left-out': 0, refused: 0, lost: 0 },
})

export const nothing = (): Progress => ({
  stage: 'idle',
  tally: none(),
  series: [],
  leftOut: 0,
  fault: null,
  pace: null,
  offline: false,
  frames: null,
  notes: [],
  quarantine: [],
  interrupted: null,
  deleted: null,
})

export const isSettled = (state: FileState): state is Outcome => state !== 'waiting' && state !== 'sending'

/** What a file counts as: itself, or each file in it. */
export function outcomesOf(file: Sending): readonly Outcome[] {
  if (file.inside.length > 0) return file.inside.map((one) => one.status)
  return isSettled(file.state) ? [file.state] : []
}

/** `sum` with one file's share added (`sign` 1) or taken out (-1). */
export function counted(sum: Tally, file: Sending, sign: 1 | -1): Tally {
  const outcomes = { ...sum.outcomes }
  for (const outcome of outcomesOf(file)) outcomes[outcome] += sign
  const settled = isSettled(file.state)
  return {
    files: sum.files + sign,
    settled: sum.settled + (settled ? sign : 0),
    bytes: sum.bytes + sign * file.size,
    sent: sum.sent + sign * (settled && file.state !== 'lost' ? file.size : file.sent),
    outcomes,
  }
}

/** Counted anew from all files. */
export const tally = (files: readonly Sending[]): Tally =>
  files.reduce((sum, file) => counted(sum, file, 1), none())

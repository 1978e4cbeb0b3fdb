/** The four steps of a file, and of all of them: sent, read, de-identified, ready. Pure. */
import { count, bytes as inBytes, number } from '../../format.ts'
import type { FileState, Progress, Stage } from './progress.ts'

export interface Step {
  /** Done, 0 to 1. */
  readonly share: number
  readonly tone: 'on' | 'ok' | 'bad' | 'warn' | 'quiet'
}

const step = (share: number, tone: Step['tone']): Step => ({ share, tone })
const none = step(0, 'quiet')

interface Row {
  readonly state: FileState
  readonly sent: number
  readonly size: number | null
}

export function stepsOf(row: Row, stage: Stage): readonly Step[] {
  const all = step(1, 'ok')
  switch (row.state) {
    case 'waiting':
      return [none, none, none, none]
    case 'sending':
      return [step(row.size ? row.sent / row.size : 0, 'on'), none, none, none]
    case 'stored':
      return [all, all, all, step(stage === 'done' ? 1 : 0, 'ok')]
    case 'already-here':
      return [step(1, 'quiet'), step(1, 'quiet'), step(1, 'quiet'), step(1, 'quiet')]
    case 'held':
      return [all, all, step(1, 'warn'), none]
    case 'left-out':
      return [all, step(1, 'quiet'), none, none]
    case 'refused':
      return [all, step(1, 'bad'), none, none]
    case 'lost':
      return [step(1, 'warn'), none, none, none]
  }
}

export interface Total {
  readonly title: string
  readonly said: string
  readonly share: number
}

const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : Math.min(1, part / whole))

/** The same four steps of the whole import, in figures. */
export function totalsOf(progress: Progress): readonly Total[] {
  const { files, settled, bytes, sent, outcomes } = progress.tally
  const { lost } = outcomes
  const read = Math.max(0, settled - lost)
  // Of files in archives each counts, of files that wait only the archive: never fewer than are through.
  const clean = outcomes.stored + outcomes['already-here'] + outcomes.held
  const expected = Math.max(clean, clean + files - settled)
  const { frames, stage, series } = progress
  return [
    { title: 'Sent', said: `${inBytes(sent)} of ${inBytes(bytes)}`, share: shareOf(sent, bytes) },
    { title: 'Read', said: `${number(read)} of ${count(files, 'file')}`, share: shareOf(read, files) },
    { title: 'De-identified', said: count(clean, 'file'), share: shareOf(clean, expected) },
    {
      title: 'Ready',
      said: frames
        ? `${number(frames.done)} of ${count(frames.total, 'picture')}`
        : stage === 'done'
          ? count(series.length, 'new series', 'new series')
          : 'when all is here',
      share: frames ? shareOf(frames.done, frames.total) : stage === 'done' ? 1 : 0,
    },
  ]
}

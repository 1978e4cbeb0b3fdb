/**
 * Plays the record like a film, forwards or backwards: so many revisions a second, past those that the filter leaves out. Where the film
 * is not here yet it waits; at either end it stops. Only time makes it move, the moment itself is the past's.
 */
import { type Accessor, createSignal, onCleanup } from 'solid-js'
import type { Chronicle } from '../../../session/film/chronicle.ts'
import type { PastState } from './past.ts'
import { countOf, type Matches, nextRow, previousRow } from './steps.ts'

/** Times as fast as one can follow change by change; or all of it in half a minute, however much there is. */
export const SPEEDS = [1, 2, 4, 8, 'all'] as const
export type Speed = (typeof SPEEDS)[number]
/** Towards now, or towards the beginning. */
export type Direction = 1 | -1
/** Revisions a second at speed 1. */
export const BASE_PER_S = 8
const ALL_IN_S = 30
/** After a pause of the page no more than this is made up for, s. */
const LONGEST_STRIDE_S = 0.25

export interface Player {
  /** Null while it stands. */
  readonly playing: Accessor<Direction | null>
  readonly play: (direction: Direction) => void
  readonly pause: () => void
  readonly speed: Accessor<Speed>
  readonly setSpeed: (speed: Speed) => void
}

interface PlayerParts {
  readonly rows: Accessor<Chronicle>
  readonly matches: Accessor<Matches>
  readonly past: PastState
  /** After each picture. */
  readonly onShown: () => void
  /** Played to one of its ends. */
  readonly onEnd: () => void
}

export function createPlayer({ rows, matches, past, onShown, onEnd }: PlayerParts): Player {
  const [playing, setPlaying] = createSignal<Direction | null>(null)
  const [speed, setSpeed] = createSignal<Speed>(1)
  let request = 0
  let last = 0
  /** Revisions that are due, and how many become so in a second. */
  let due = 0
  let perSecond = BASE_PER_S

  const pause = (): void => {
    cancelAnimationFrame(request)
    setPlaying(null)
  }
  const hasten = (): void => {
    const chosen = speed()
    perSecond =
      chosen === 'all' ? Math.max(BASE_PER_S, countOf(rows(), matches()) / ALL_IN_S) : BASE_PER_S * chosen
  }

  /** The furthest of those that are due; null where there is none in this direction. */
  const furthest = (next: typeof nextRow): number | null => {
    let found: number | null = null
    for (; due >= 1; due -= 1) {
      const row = next(rows(), found ?? past.past()?.seq ?? 0, matches())
      if (row === null) return found
      found = row
    }
    return found
  }
  /** Whether rows may still come that are not here. */
  const mayCome = (direction: Direction): boolean =>
    direction === 1 && !rows().isWhole && (past.past()?.seq ?? 0) < rows().head

  const tick = async (now: number): Promise<void> => {
    const direction = playing()
    if (direction === null) return
    due = Math.min(due + ((now - last) / 1000) * perSecond, 1 + LONGEST_STRIDE_S * perSecond)
    last = now
    if (due >= 1) {
      const target = furthest(direction === 1 ? nextRow : previousRow)
      if (target !== null) {
        const asked = performance.now()
        await past.lookAt(target)
        onShown()
        if (past.fault() !== null || past.past() === null) return pause()
        // What had to be waited for is not made up for.
        if (performance.now() - asked > LONGEST_STRIDE_S * 1000) last = performance.now()
      } else if (!mayCome(direction)) {
        pause()
        return onEnd()
      }
    }
    if (playing() !== null) request = requestAnimationFrame((time) => void tick(time))
  }

  onCleanup(pause)
  return {
    playing,
    pause,
    speed,
    setSpeed: (chosen) => {
      setSpeed(chosen)
      hasten()
    },
    play(direction) {
      if (playing() === direction) return
      cancelAnimationFrame(request)
      hasten()
      due = 1
      last = performance.now()
      setPlaying(direction)
      request = requestAnimationFrame((time) => void tick(time))
    },
  }
}

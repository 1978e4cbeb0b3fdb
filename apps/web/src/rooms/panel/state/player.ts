/**
 * Plays the record like a film: so many revisions a second, past those that the filter leaves out. Where the film is not here yet it
 * waits; at the end it stops. Only time makes it move, the moment itself is the past's.
 */
import { type Accessor, createSignal, onCleanup } from 'solid-js'
import type { Chronicle } from '../../../session/film/chronicle.ts'
import type { PastState } from './past.ts'
import { type Matches, nextRow } from './steps.ts'

/** Revisions a second. */
export const SPEEDS = [2, 8, 30, 120] as const
export type Speed = (typeof SPEEDS)[number]
/** After a pause of the page no more than this is made up for, s. */
const LONGEST_STRIDE_S = 0.25

export interface Player {
  readonly playing: Accessor<boolean>
  readonly play: () => void
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
  /** Played to the end. */
  readonly onEnd: () => void
}

export function createPlayer({ rows, matches, past, onShown, onEnd }: PlayerParts): Player {
  const [playing, setPlaying] = createSignal(false)
  const [speed, setSpeed] = createSignal<Speed>(8)
  let request = 0
  let last = 0
  /** Revisions that are due. */
  let due = 0

  const pause = (): void => {
    cancelAnimationFrame(request)
    setPlaying(false)
  }

  /** The furthest of those that are due, and how many are left over; null at the end. */
  const furthest = (): number | null => {
    let at = past.past()?.seq ?? 0
    let found: number | null = null
    while (due >= 1) {
      const next = nextRow(rows(), at, matches())
      if (next === null) return found
      found = next
      at = next
      due -= 1
    }
    return found
  }

  const tick = async (now: number): Promise<void> => {
    const { head, isWhole } = rows()
    due = Math.min(due + ((now - last) / 1000) * speed(), 1 + LONGEST_STRIDE_S * speed())
    last = now
    if (due >= 1) {
      const target = furthest()
      if (target !== null) {
        await past.lookAt(target)
        onShown()
        if (past.fault() !== null || past.past() === null) return pause()
      } else if (isWhole || (past.past()?.seq ?? 0) >= head) {
        pause()
        return onEnd()
      }
      last = Math.max(last, performance.now() - 1000 / speed())
    }
    if (playing()) request = requestAnimationFrame((time) => void tick(time))
  }

  onCleanup(pause)
  return {
    playing,
    pause,
    speed,
    setSpeed,
    play() {
      if (playing()) return
      due = 1
      last = performance.now()
      setPlaying(true)
      request = requestAnimationFrame((time) => void tick(time))
    },
  }
}

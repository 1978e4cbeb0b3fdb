/**
 * The moments shown are in the page's address (`?at=812`, and `&from=640` while that one is compared with), so that a link leads to them.
 * Written when they have stopped moving.
 */
import { useSearchParams } from '@solidjs/router'
import { createEffect, on, onCleanup } from 'solid-js'
import type { Desk } from '../state/desk.ts'

/** Browsers take only so many changes of an address in a while. */
const STILL_MS = 300

export interface Moments {
  /** Null: now. */
  readonly at: number | null
  /** Null: nothing is compared. */
  readonly from: number | null
}

export function bindAddress({ past, timeline, comparison }: Desk): void {
  const [params, setParams] = useSearchParams<{ at: string; from: string }>()
  const asked = (name: keyof Moments): number | null => {
    const text = params[name]
    return typeof text === 'string' && /^\d{1,12}$/.test(text) && Number(text) > 0 ? Number(text) : null
  }
  // What is on its way counts: the address that asked for it stays.
  const shown = (): number | null => past.opening() ?? past.past()?.seq ?? null

  createEffect(
    on(
      () => asked('at'),
      (seq) => {
        if (seq === shown()) return
        if (seq !== null) void timeline.lookAt(seq)
        else if (shown() !== null) timeline.toNow()
      },
    ),
  )
  createEffect(
    on(
      () => asked('from'),
      (seq) => {
        if (seq === comparison.from()) return
        if (seq === null) return comparison.stop()
        timeline.open()
        comparison.start(seq)
      },
    ),
  )
  createEffect(
    on(
      [shown, comparison.from],
      ([at, from]) => {
        const still = setTimeout(() => {
          if (at !== asked('at') || from !== asked('from'))
            setParams({ at: textOf(at), from: textOf(from) }, { replace: true, scroll: false })
        }, STILL_MS)
        onCleanup(() => clearTimeout(still))
      },
      { defer: true },
    ),
  )
}

const textOf = (seq: number | null): string | null => (seq === null ? null : String(seq))

/** What leads here, and to these moments. */
export function linkTo({ at, from }: Moments): string {
  const query = [at !== null && `at=${at}`, from !== null && `from=${from}`].filter(Boolean).join('&')
  return `${location.origin}${location.pathname}${query === '' ? '' : `?${query}`}`
}

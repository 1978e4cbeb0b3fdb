/** The moment shown is in the page's address (`?at=812`), so that a link leads to it. Written when one has stopped moving. */
import { useSearchParams } from '@solidjs/router'
import { createEffect, on, onCleanup } from 'solid-js'
import type { Desk } from '../state/desk.ts'

/** Browsers take only so many changes of an address in a while. */
const STILL_MS = 300

export function bindAddress({ past, timeline }: Desk): void {
  const [params, setParams] = useSearchParams<{ at: string }>()
  const asked = (): number | null => {
    const text = typeof params.at === 'string' ? params.at : ''
    return /^\d{1,12}$/.test(text) && Number(text) > 0 ? Number(text) : null
  }
  const shown = (): number | null => past.past()?.seq ?? null

  createEffect(
    on(asked, (seq) => {
      if (seq === shown()) return
      if (seq !== null) void timeline.lookAt(seq)
      else if (shown() !== null) timeline.toNow()
    }),
  )
  createEffect(
    on(
      shown,
      (seq) => {
        const still = setTimeout(() => {
          if (seq !== asked())
            setParams({ at: seq === null ? null : String(seq) }, { replace: true, scroll: false })
        }, STILL_MS)
        onCleanup(() => clearTimeout(still))
      },
      { defer: true },
    ),
  )
}

/** What leads here, and to this moment. */
export const linkTo = (seq: number): string => `${location.origin}${location.pathname}?at=${seq}`

/**
 * The files that a case opens without come while nobody waits for pictures, so that what is clicked is there and whoever loses the connection
 * goes on: once the slices of the series in view are here and have rested, or after a while where these are many. What could not be fetched
 * is asked for again with the next connection.
 */
import { createEffect, createMemo, on, onCleanup } from 'solid-js'
import type { LateFile } from '../../../parts/lateFile.ts'
import type { Desk } from '../state/desk.ts'

/** After the last slice. */
const REST_MS = 1_000
/** After the room was opened, however many slices are still to come. */
const LATEST_MS = 10_000

/** One after the other, each when the page has nothing else to do. */
async function fetchAll(files: readonly LateFile<unknown>[]): Promise<void> {
  for (const file of files) {
    await idle()
    await file.fetch()
  }
}

const idle = (): Promise<void> =>
  new Promise((go) => {
    // Safari has none.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => go(), { timeout: REST_MS })
    else setTimeout(go)
  })

export function createFetchedSoon(
  { series, document }: Pick<Desk, 'series' | 'document'>,
  files: readonly LateFile<unknown>[],
): void {
  let isBegun = false
  const begin = (): void => {
    if (isBegun) return
    isBegun = true
    void fetchAll(files)
  }
  const areAllHere = createMemo(() => {
    const { here, total, fault } = series.progress()
    return (total > 0 && here >= total) || fault !== null || series.fault() !== null
  })
  const latest = setTimeout(begin, LATEST_MS)
  onCleanup(() => clearTimeout(latest))
  createEffect(() => {
    if (!areAllHere()) return
    const rested = setTimeout(begin, REST_MS)
    onCleanup(() => clearTimeout(rested))
  })
  const state = createMemo(() => document.status().state)
  createEffect(
    on(
      state,
      (now) => {
        if (now === 'live' && files.some((file) => file.hasFailed())) void fetchAll(files)
      },
      { defer: true },
    ),
  )
}

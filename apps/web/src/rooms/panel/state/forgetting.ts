/**
 * Where words were taken out of the record, this browser's own copy of the document forgets them too: at once while the case is open, and
 * when it is opened again where that happened in between.
 */
import { onCleanup } from 'solid-js'
import { api } from '../../../api.ts'
import type { Link } from '../../../session/link.ts'

/** The row that says so and the change of the document come one after the other, in whichever order, ms. */
const TOGETHER_MS = 3_000

export function forgetTakenOut(document: string, link: Link): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isLive = false
  const forgetSoon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => link.forgetDeleted(), TOGETHER_MS)
  }
  const ask = async (): Promise<void> => {
    // What cannot be asked now is asked when the connection is back.
    const taken = await api.revisions(document, { kind: 'redact', limit: 1 }).catch(() => null)
    if (taken && taken.items.length > 0) forgetSoon()
  }
  onCleanup(
    link.journal.on((rows) => {
      if (rows.some(({ revision }) => revision.act === 'redact')) forgetSoon()
    }),
  )
  onCleanup(
    link.statuses.on(({ state }) => {
      if (state === 'live' && !isLive) void ask()
      isLive = state === 'live'
    }),
  )
  onCleanup(() => clearTimeout(timer))
}

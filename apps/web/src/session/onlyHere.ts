/**
 * Whether this tab holds work that is nowhere else: not in the record, and not in a browser that keeps nothing. Then the tab asks before it
 * is closed, and no page leaves by itself.
 */
import { createSignal } from 'solid-js'

const [changes, setChanges] = createSignal(0)

/** Number of changes that would be lost with this tab. */
export const onlyHere = changes

const warn = (event: BeforeUnloadEvent): void => event.preventDefault()

export function noteOnlyHere(count: number): void {
  setChanges(count)
  if (count > 0) window.addEventListener('beforeunload', warn)
  else window.removeEventListener('beforeunload', warn)
}

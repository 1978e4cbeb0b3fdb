/**
 * Part of the page that is in a file of its own: shown as soon as that file is here, and until then what stands in its place. The file comes
 * when something of it is first shown, if it has not come before. That it could not be fetched is said once for all that waits for it.
 */
import { type JSX, Show, untrack } from 'solid-js'
import type { LateFile } from './lateFile.ts'

interface LateProps<T> {
  readonly of: LateFile<T>
  readonly waiting?: JSX.Element
  /** Made once, with what the file holds. */
  readonly children: (file: T) => JSX.Element
}

export function Late<T>(props: LateProps<T>): JSX.Element {
  const file = untrack(() => props.of)
  if (untrack(file.here) === null) void file.fetch()
  return (
    <Show when={file.here()} keyed fallback={props.waiting}>
      {(made) => props.children(made as T)}
    </Show>
  )
}

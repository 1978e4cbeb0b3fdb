/** A file of the page that comes later, as signals. Whatever shows something of it goes through Late.tsx. */
import { Arriving } from '@consilium/viewer/arriving'
import { type Accessor, createSignal } from 'solid-js'

export interface LateFile<T> {
  readonly here: Accessor<T | null>
  /** It could not be fetched, and nobody tries again just now. */
  readonly hasFailed: Accessor<boolean>
  /** Ends when it is here or could not be fetched; tries again after that. */
  readonly fetch: () => Promise<void>
}

/** For as long as the page is open: a file that came is not let go. */
export function late<T>(arriving: Arriving<T>): LateFile<T> {
  const [here, setHere] = createSignal(arriving.here)
  const [hasFailed, setFailed] = createSignal(arriving.hasFailed)
  arriving.on(() => {
    setHere(() => arriving.here)
    setFailed(arriving.hasFailed)
  })
  return { here, hasFailed, fetch: () => arriving.fetch() }
}

export const lateFile = <T>(load: () => Promise<T>): LateFile<T> => late(new Arriving(load))

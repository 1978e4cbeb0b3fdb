/** A file of the page that comes later, as signals. Whatever shows something of it goes through Late.tsx. */
import { LateCode } from '@consilium/viewer/late-code'
import { type Accessor, createSignal } from 'solid-js'

export interface LateFile<T> {
  readonly here: Accessor<T | null>
  /** It could not be fetched, and nobody tries again just now. */
  readonly hasFailed: Accessor<boolean>
  /** Ends when it is here or could not be fetched; tries again after that. */
  readonly fetch: () => Promise<void>
}

/** For as long as the page is open: a file that came is not let go. */
export function late<T>(code: LateCode<T>): LateFile<T> {
  const [here, setHere] = createSignal(code.here)
  const [hasFailed, setFailed] = createSignal(code.hasFailed)
  code.on(() => {
    setHere(() => code.here)
    setFailed(code.hasFailed)
  })
  return { here, hasFailed, fetch: () => code.fetch() }
}

export const lateFile = <T>(load: () => Promise<T>): LateFile<T> => late(new LateCode(load))
